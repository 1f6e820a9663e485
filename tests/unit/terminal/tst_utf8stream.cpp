// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal/utf8stream.h"

#include <QRandomGenerator>
#include <QTest>

using quarry::terminal::Utf8Stream;

class TestUtf8Stream : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void validates_data();
    void validates();
    void anyBytesBecomeValid();
};

void TestUtf8Stream::validates_data()
{
    QTest::addColumn<QByteArray>("raw");
    QTest::addColumn<QString>("text");
    const QChar bad = QChar::ReplacementCharacter;
    QTest::newRow("ascii") << QByteArray("abc") << QStringLiteral("abc");
    QTest::newRow("all lengths") << QByteArray("\xc3\xa9\xe4\xb8\x96\xf0\x9f\x9a\x80")
                                 << QString::fromUtf8("\xc3\xa9\xe4\xb8\x96\xf0\x9f\x9a\x80");
    QTest::newRow("lone continuation")
        << QByteArray("a\x80z") << QString(u'a' + QString(bad) + u'z');
    QTest::newRow("cut, then text") << QByteArray("\xe4\xb8z") << QString(QString(bad) + u'z');
    QTest::newRow("cut at the end") << QByteArray("x\xf0\x9f\x9a") << QString(u'x' + QString(bad));
    QTest::newRow("overlong") << QByteArray("\xc0\xaf") << QString(2, bad);
    QTest::newRow("overlong of three") << QByteArray("\xe0\x80\xaf") << QString(3, bad);
    QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << QString(3, bad);
    QTest::newRow("too large") << QByteArray("\xf4\x90\x80\x80") << QString(4, bad);
    QTest::newRow("never bytes") << QByteArray("\xfe\xff") << QString(2, bad);
    QTest::newRow("largest") << QByteArray("\xf4\x8f\xbf\xbf")
                             << QString::fromUtf8("\xf4\x8f\xbf\xbf");
}

void TestUtf8Stream::validates()
{
    QFETCH(QByteArray, raw);
    QFETCH(QString, text);
    for (qsizetype split = 0; split <= raw.size(); ++split) {
        Utf8Stream stream;
        QByteArray out;
        stream.feed(QByteArrayView(raw).first(split), out);
        stream.feed(QByteArrayView(raw).sliced(split), out);
        stream.finish(out);
        QCOMPARE(QString::fromUtf8(out), text);
    }
}

void TestUtf8Stream::anyBytesBecomeValid()
{
    QRandomGenerator random(42);
    for (int round = 0; round < 200; ++round) {
        QByteArray raw;
        for (int i = 0; i < 64; ++i)
            raw.append(char(random.bounded(256)));
        Utf8Stream whole;
        QByteArray expected;
        whole.feed(raw, expected);
        whole.finish(expected);
        QVERIFY(expected.isValidUtf8());
        Utf8Stream split;
        QByteArray out;
        for (const char byte : raw)
            split.feed(QByteArrayView(&byte, 1), out);
        split.finish(out);
        QCOMPARE(out, expected);
    }
}

QTEST_APPLESS_MAIN(TestUtf8Stream)
#include "tst_utf8stream.moc"
