// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of a call's output: bounds, and what is looked for in it.
#include "sandbox/commands/boundedoutput.h"
#include "sandbox/commands/expectmatcher.h"

#include <QTest>

using namespace quarry;
using namespace quarry::sandbox;

class TestSessionOutput : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsAllUpToTheLimit();
    void cutsTheMiddle_data();
    void cutsTheMiddle();
    void cutsNoCharacter();
    void lastBytes();
    void strips();
    void matches();
    void badExpressions();
    void endlessExpressionsGiveUp();
    void echo_data();
    void echo();
};

void TestSessionOutput::keepsAllUpToTheLimit()
{
    BoundedOutput output(1000);
    QByteArray all;
    for (int i = 0; i < 100; ++i) {
        all += "0123456789";
        output.append("0123456789");
    }
    QCOMPARE(output.total(), 1000);
    QCOMPARE(output.take().join(), all);
    QCOMPARE(output.total(), 0);
}

void TestSessionOutput::cutsTheMiddle_data()
{
    QTest::addColumn<int>("piece");
    for (const int piece : {1, 7, 999, 300'000, 3'000'000})
        QTest::addRow("%d", piece) << piece;
}

void TestSessionOutput::cutsTheMiddle()
{
    QFETCH(int, piece);
    QByteArray all;
    for (int i = 0; i < 300'000; ++i)
        all += QByteArray::number(1'000'000 + i) + '\n';
    constexpr qint64 limit = 1'000'000;
    BoundedOutput output(limit);
    for (qsizetype at = 0; at < all.size(); at += piece)
        output.append(QByteArrayView(all).sliced(at, std::min<qsizetype>(piece, all.size() - at)));
    const QByteArray text = output.take().join();
    const QByteArray mark = "\n[\xe2\x80\xa6 " + QByteArray::number(all.size() - limit)
        + " bytes cut \xe2\x80\xa6]\n";
    QCOMPARE(text.size(), limit + mark.size());
    QCOMPARE(text, all.left(limit / 2) + mark + all.right(limit / 2));
}

void TestSessionOutput::cutsNoCharacter()
{
    for (int shift = 0; shift < 40; ++shift) {
        BoundedOutput output(40);
        output.append(QByteArray(shift, 'a'));
        for (int i = 0; i < 50; ++i)
            output.append("\xf0\x9f\x9a\x80");
        const QByteArray text = output.take().join();
        QVERIFY(text.isValidUtf8());
        const qsizetype open = text.indexOf("\xe2\x80\xa6 ") + 4;
        const qint64 cut = text.mid(open, text.indexOf(' ', open) - open).toLongLong();
        const QByteArray mark
            = "\n[\xe2\x80\xa6 " + QByteArray::number(cut) + " bytes cut \xe2\x80\xa6]\n";
        QCOMPARE(text.size() - mark.size() + cut, qint64(200 + shift));
    }
}

void TestSessionOutput::lastBytes()
{
    BoundedOutput output(1000);
    output.append("abcdef");
    QCOMPARE(output.last(3), QByteArray("def"));
    QCOMPARE(output.last(100), QByteArray("abcdef"));
    output.append(QByteArray(10000, 'x') + "end");
    QCOMPARE(output.last(4), QByteArray("xend"));
    QCOMPARE(output.last(2000), QByteArray(497, 'x') + "end");
    for (int i = 0; i < 700; ++i) {
        output.append(QByteArray::number(i % 10));
        QCOMPARE(output.last(1), QByteArray::number(i % 10));
    }
    QCOMPARE(output.last(12), QByteArray("890123456789"));
}

void TestSessionOutput::strips()
{
    QCOMPARE(stripped({" \t\r\n\v\fa b\n\n"}), QByteArrayList({"a b"}));
    QCOMPARE(stripped({" \n", "\t a", " ", "b ", "\n"}), QByteArrayList({"a", " ", "b"}));
    QCOMPARE(stripped({"\n \n", " "}), QByteArrayList());
    QCOMPARE(stripped({}), QByteArrayList());
}

void TestSessionOutput::matches()
{
    const auto found = [](const QStringList &expressions, const char *text) {
        const auto matcher = ExpectMatcher::create(expressions);
        return matcher ? matcher->match(QByteArrayView(text)).value_or(QStringLiteral("-"))
                       : QStringLiteral("broken");
    };
    QCOMPARE(found({}, "abc"), QStringLiteral("-"));
    QCOMPARE(found({QStringLiteral("x")}, "abc"), QStringLiteral("-"));
    QCOMPARE(found({QStringLiteral("c"), QStringLiteral("b.")}, "abc"), QStringLiteral("bc"));
    QCOMPARE(found({QStringLiteral("bc"), QStringLiteral("b")}, "abc"), QStringLiteral("bc"));
    QCOMPARE(found({QStringLiteral(">>> $")}, "1\n>>> "), QStringLiteral(">>> "));
    QCOMPARE(found({QStringLiteral("(?i)PASSWORD: ?")}, "password:"), QStringLiteral("password:"));
    QCOMPARE(found({QStringLiteral("x*")}, "abc"), QStringLiteral("-"));
    const QByteArray far = QByteArray(100'000, 'z') + "the end";
    QCOMPARE(found({QStringLiteral("end")}, far.constData()), QStringLiteral("end"));
}

void TestSessionOutput::badExpressions()
{
    const auto matcher = ExpectMatcher::create({QStringLiteral("fine"), QStringLiteral("[a")});
    QVERIFY(!matcher.ok());
    QVERIFY(matcher.error().code == ErrorCode::InvalidArgument);
    QVERIFY(matcher.error().message.contains(QStringLiteral("[a")));
}

void TestSessionOutput::endlessExpressionsGiveUp()
{
    const auto matcher = ExpectMatcher::create({QStringLiteral("(a+)+$")});
    QVERIFY(matcher.ok());
    QVERIFY(!matcher->match(QByteArray(5000, 'a') + '!'));
}

void TestSessionOutput::echo_data()
{
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<QByteArray>("rest");
    QTest::newRow("echoed") << QByteArray("print(1)\n1\n>>> ") << QByteArray("1\n>>> ");
    QTest::newRow("with a return") << QByteArray("print(1)\r\n1") << QByteArray("1");
    QTest::newRow("wrapped") << QByteArray("prin \rt(1)\n1") << QByteArray("1");
    QTest::newRow("not echoed") << QByteArray("1\n>>> ") << QByteArray("1\n>>> ");
    QTest::newRow("a part so far") << QByteArray("pri") << QByteArray();
    QTest::newRow("begins alike") << QByteArray("prime") << QByteArray("prime");
    QTest::newRow("nothing") << QByteArray() << QByteArray();
}

void TestSessionOutput::echo()
{
    QFETCH(QByteArray, output);
    QFETCH(QByteArray, rest);
    QCOMPARE(withoutEcho(output, "print(1)").toByteArray(), rest);
}

QTEST_APPLESS_MAIN(TestSessionOutput)
#include "tst_sessionoutput.moc"
