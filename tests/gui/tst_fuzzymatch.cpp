// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/fuzzymatch.h"

#include <QTest>

using namespace quarry::widgets;

class TestFuzzyMatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void matches_data();
    void matches();
    void positions();
    void ranks_data();
    void ranks();
    void emptyKeepsTheOrder();
    void isBounded();
};

void TestFuzzyMatch::matches_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("found");
    const auto row = [](const char *pattern, const char *text, bool found) {
        QTest::newRow(qPrintable(
            QStringLiteral("%1 in %2").arg(QString::fromUtf8(pattern), QString::fromUtf8(text))))
            << QString::fromUtf8(pattern) << QString::fromUtf8(text) << found;
    };
    row("", "anything", true);
    row("stop", "Stop sandbox", true);
    row("STOP", "Stop sandbox", true);
    row("ss", "Stop sandbox", true);
    row("stop sandbox", "Stop sandbox", true);
    row("stopsandbox", "Stop sandbox", true);
    row("pots", "Stop sandbox", false);
    row("stopq", "Stop sandbox", false);
    row("x", "", false);
    row("18b9", "sb-18b9c2d4", true);
    row("ÄB", "Größe äb", true);
}

void TestFuzzyMatch::matches()
{
    QFETCH(QString, pattern);
    QFETCH(QString, text);
    QFETCH(bool, found);
    QCOMPARE(fuzzyMatch(pattern, text).has_value(), found);
}

void TestFuzzyMatch::positions()
{
    using Positions = QList<qsizetype>;
    QCOMPARE(fuzzyMatch(u"ns", u"New sandbox")->positions, (Positions{0, 4}));
    QCOMPARE(fuzzyMatch(u"box", u"book sandbox")->positions, (Positions{9, 10, 11}));
    QCOMPARE(fuzzyMatch(u"sand", u"Stop sandbox")->positions, (Positions{5, 6, 7, 8}));
    QCOMPARE(fuzzyMatch(u"stop sand", u"Stop sandbox")->positions.size(), 8);
}

void TestFuzzyMatch::ranks_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QStringList>("texts");
    QTest::addColumn<QString>("best");
    const QStringList actions{QStringLiteral("New sandbox"),     QStringLiteral("Open shell"),
                              QStringLiteral("Copy id"),         QStringLiteral("Stop sandbox"),
                              QStringLiteral("Restart sandbox"), QStringLiteral("Delete sandbox"),
                              QStringLiteral("Start server"),    QStringLiteral("Stop server"),
                              QStringLiteral("Dark theme"),      QStringLiteral("Light theme"),
                              QStringLiteral("Take over"),       QStringLiteral("Give back"),
                              QStringLiteral("Filter"),          QStringLiteral("Quit"),
                              QStringLiteral("Overview"),        QStringLiteral("Sandboxes"),
                              QStringLiteral("Server"),          QStringLiteral("Settings")};
    const auto row = [&](const char *pattern, const char *best) {
        QTest::newRow(pattern) << QString::fromLatin1(pattern) << actions
                               << QString::fromLatin1(best);
    };
    row("new", "New sandbox");
    row("open", "Open shell");
    row("shell", "Open shell");
    row("stop sa", "Stop sandbox");
    row("stop se", "Stop server");
    row("start", "Start server");
    row("restart", "Restart sandbox");
    row("sandboxes", "Sandboxes");
    row("server", "Server");
    row("dark", "Dark theme");
    row("dt", "Dark theme");
    row("quit", "Quit");
    row("over", "Overview");
    row("take", "Take over");
    row("set", "Settings");
    row("fil", "Filter");
    row("ds", "Delete sandbox");
}

void TestFuzzyMatch::ranks()
{
    QFETCH(QString, pattern);
    QFETCH(QStringList, texts);
    QFETCH(QString, best);
    const auto ranked = rank(pattern, texts, 5);
    QVERIFY(!ranked.isEmpty());
    QCOMPARE(texts[ranked.first().index], best);
}

void TestFuzzyMatch::emptyKeepsTheOrder()
{
    const QStringList texts{QStringLiteral("long name"), QStringLiteral("b"), QStringLiteral("a")};
    const auto ranked = rank({}, texts, 2);
    QCOMPARE(ranked.size(), 2);
    QCOMPARE(ranked[0].index, 0);
    QCOMPARE(ranked[1].index, 1);
    QVERIFY(rank(QStringLiteral("z"), texts, 2).isEmpty());
    QVERIFY(rank(QStringLiteral("a"), {}, 2).isEmpty());
}

void TestFuzzyMatch::isBounded()
{
    const QString longName(100'000, u'a');
    const auto match = fuzzyMatch(QString(1000, u'a'), longName);
    QVERIFY(match);
    QCOMPARE(match->positions.size(), FuzzyPatternLimit);
    QVERIFY(!fuzzyMatch(u"b", longName + u'b'));
}

QTEST_APPLESS_MAIN(TestFuzzyMatch)
#include "tst_fuzzymatch.moc"
