// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Names of files as text, and back.
#include "base/escapedname.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

using namespace quarry;
using namespace Qt::StringLiterals;

class EscapedNameTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void shows_data();
    void shows();
    void comesBack();
    void typedBackslashes();
    void shellReadsTheSame();
};

void EscapedNameTest::shows_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << QByteArray("run 1.txt") << u"run 1.txt"_s;
    QTest::newRow("letters") << QByteArray("grün 走.txt") << u"grün 走.txt"_s;
    QTest::newRow("line end") << QByteArray("a\nb") << u"a\\nb"_s;
    QTest::newRow("escape") << QByteArray("\x1b[31m") << u"\\x1b[31m"_s;
    QTest::newRow("backslash") << QByteArray("a\\nb") << u"a\\\\nb"_s;
    QTest::newRow("not UTF-8") << QByteArray("a\xff\xfe.txt") << u"a\\xff\\xfe.txt"_s;
    QTest::newRow("cut UTF-8") << QByteArray("a\xe2\x82") << u"a\\xe2\\x82"_s;
    QTest::newRow("too long UTF-8") << QByteArray("\xc0\xaf") << u"\\xc0\\xaf"_s;
    QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << u"\\xed\\xa0\\x80"_s;
    QTest::newRow("direction") << QByteArray("\u202egpj.exe") << u"\\u202egpj.exe"_s;
    QTest::newRow("unseen") << QByteArray("a\u200b\u2028b") << u"a\\u200b\\u2028b"_s;
    QTest::newRow("tag") << QByteArray("\U000e0001") << u"\\U000e0001"_s;
    QTest::newRow("markup") << QByteArray("<b>&amp;") << u"<b>&amp;"_s;
}

void EscapedNameTest::shows()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, text);
    QCOMPARE(escapedName(name), text);
    QCOMPARE(fromEscapedName(text), name);
}

void EscapedNameTest::comesBack()
{
    QRandomGenerator random(20261130);
    static constexpr QByteArrayView awkward("\\nxuU0af\xff\xe2\x80\xae\x01 '\"$");
    for (int i = 0; i < 20'000; ++i) {
        QByteArray name;
        for (int length = random.bounded(12); length >= 0; --length)
            name += random.bounded(2) ? char(random.bounded(1, 256))
                                      : awkward[random.bounded(int(awkward.size()))];
        const QString text = escapedName(name);
        QVERIFY2(fromEscapedName(text) == name, name.toHex().constData());
        QVERIFY2(!text.contains(u'\n') && !text.contains(QChar(0x202e)), name.toHex().constData());
    }
}

void EscapedNameTest::typedBackslashes()
{
    QCOMPARE(fromEscapedName(u"a\\q"), QByteArray("a\\q"));
    QCOMPARE(fromEscapedName(u"a\\"), QByteArray("a\\"));
    QCOMPARE(fromEscapedName(u"\\xg0\\x1"), QByteArray("\\xg0\\x1"));
    QCOMPARE(fromEscapedName(u"\\ud800"), QByteArray("\\ud800"));
}

void EscapedNameTest::shellReadsTheSame()
{
    const QList<QByteArray> names{"plain",       "with space", "it's",  "a\nb",  "$(touch x)",
                                  "back\\slash", "\xff'\n\\",  "~root", "-rf",   "",
                                  "*",           "\u202e",     "a;b&c", "\"q\"", "!h"};
    for (const QByteArray &name : names) {
        QProcess bash;
        bash.start(u"bash"_s, {u"-c"_s, u"printf %s "_s + shellWord(name)});
        QVERIFY(bash.waitForFinished());
        QCOMPARE(bash.readAllStandardOutput(), name);
    }
}

QTEST_GUILESS_MAIN(EscapedNameTest)
#include "tst_escapedname.moc"
