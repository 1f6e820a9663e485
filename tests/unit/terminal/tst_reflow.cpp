// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Another width: lines are wrapped anew, and what was on the screen comes back with the old width.
#include "terminal/text/lines.h"

#include <QRandomGenerator>
#include <QTest>

using namespace quarry::terminal;

namespace {

QStringList rowsOf(const Emulator &emulator)
{
    QStringList rows;
    for (int i = 0; i < emulator.screen().rows(); ++i) {
        const RowView row = emulator.screen().row(i);
        std::string text;
        row.appendUtf8(0, row.usedColumns(), text);
        rows.append(QString::fromStdString(text));
    }
    return rows;
}

// Soft wraps undone: history and screen.
QString textOf(const Emulator &emulator)
{
    Lines lines(emulator);
    std::string text;
    for (std::uint64_t line = lines.begin(); line < lines.end(); ++line) {
        if (!lines.appendUtf8(line, text))
            text += '\n';
    }
    return QString::fromStdString(text).trimmed();
}

} // namespace

class TestReflow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void wrapsAndJoins();
    void wideCharactersAreNotCut();
    void cursorStaysInItsText();
    void roundTripKeepsText_data();
    void roundTripKeepsText();
    void stylesGoAlong();
    void clearedScreenStaysClear();
    void heightTakesFromHistory();
    void alternateIsNotWrapped();
    void marksFollowTheirLine();
};

void TestReflow::wrapsAndJoins()
{
    Emulator emulator(10, 4);
    emulator.feed("abcdefghij\r\nxyz");
    emulator.resize(5, 4);
    QCOMPARE(rowsOf(emulator),
             QStringList({QStringLiteral("abcde"), QStringLiteral("fghij"), QStringLiteral("xyz"),
                          QStringLiteral("")}));
    QVERIFY(emulator.screen().row(0).wrapped);
    QVERIFY(!emulator.screen().row(1).wrapped);
    emulator.resize(20, 4);
    QCOMPARE(rowsOf(emulator).first(), QStringLiteral("abcdefghij"));
    QCOMPARE(rowsOf(emulator)[1], QStringLiteral("xyz"));
}

void TestReflow::wideCharactersAreNotCut()
{
    Emulator emulator(10, 4);
    emulator.feed("a\xe6\xbc\xa2\xe5\xad\x97z");
    emulator.resize(4, 4);
    QCOMPARE(rowsOf(emulator),
             QStringList({QStringLiteral("a漢"), QStringLiteral("字z"), QStringLiteral(""),
                          QStringLiteral("")}));
    emulator.resize(10, 4);
    QCOMPARE(rowsOf(emulator).first(), QStringLiteral("a漢字z"));
}

void TestReflow::cursorStaysInItsText()
{
    Emulator emulator(10, 4);
    emulator.feed("abcdefghijkl\x1b[1;8H"); // on the h
    emulator.resize(5, 4);
    QCOMPARE(emulator.screen().cursor().row, 1);
    QCOMPARE(emulator.screen().cursor().column, 2);
    emulator.resize(20, 4);
    emulator.feed("X");
    QCOMPARE(rowsOf(emulator).first(), QStringLiteral("abcdefgXijkl"));
}

void TestReflow::roundTripKeepsText_data()
{
    QTest::addColumn<int>("columns");
    QTest::addColumn<int>("rows");
    for (const auto &[columns, rows] :
         {std::pair(1, 24), {2, 3}, {7, 24}, {39, 50}, {79, 1}, {200, 60}})
        QTest::addRow("%d by %d", columns, rows) << columns << rows;
}

void TestReflow::roundTripKeepsText()
{
    QFETCH(int, columns);
    QFETCH(int, rows);
    QRandomGenerator random(3);
    Emulator emulator(80, 24);
    for (int line = 0; line < 300; ++line) {
        std::string text = std::to_string(line);
        for (int i = random.bounded(200); i > 0; --i)
            text += columns > 1 && i % 13 == 0 ? "\xe6\xbc\xa2" : i % 7 == 0 ? "e\xcc\x81" : "x";
        emulator.feed(text + "\r\n");
    }
    emulator.feed("$ ");
    const QString text = textOf(emulator);
    const QStringList screen = rowsOf(emulator);
    emulator.resize(columns, rows);
    QCOMPARE(textOf(emulator), text);
    emulator.resize(80, 24);
    QCOMPARE(textOf(emulator), text);
    QCOMPARE(rowsOf(emulator), screen);
    QCOMPARE(emulator.screen().cursor().column, 2);
    QCOMPARE(emulator.screen().cursor().row, 23);
}

void TestReflow::stylesGoAlong()
{
    Emulator emulator(10, 2);
    emulator.feed("ab\x1b[1;31mcdef\x1b[m\x1b]8;;http://a/\x1b\\gh\x1b]8;;\x1b\\\r\n1\r\n2\r\n3");
    emulator.resize(3, 2);
    emulator.resize(10, 6);
    const RowView row = emulator.screen().row(0);
    std::string text;
    row.appendUtf8(0, 10, text);
    QCOMPARE(text, std::string("abcdefgh"));
    QVERIFY(row.cells[1].style.isDefault());
    QVERIFY(row.cells[2].style.has(Bold) && row.cells[5].style.foreground == Colour::indexed(1));
    QCOMPARE(row.extra(row.cells[6]).link, std::string("http://a/"));
    QVERIFY(row.extra(row.cells[5]).link.empty());
}

void TestReflow::clearedScreenStaysClear()
{
    Emulator emulator(20, 4);
    emulator.feed("1\r\n2\r\n3\r\n4\r\n5\r\n6\x1b[H\x1b[2J$ ");
    emulator.resize(30, 4);
    QCOMPARE(rowsOf(emulator),
             QStringList({QStringLiteral("$"), QStringLiteral(""), QStringLiteral(""),
                          QStringLiteral("")}));
}

void TestReflow::heightTakesFromHistory()
{
    Emulator emulator(20, 3);
    emulator.feed("1\r\n2\r\n3\r\n4\r\n5");
    emulator.resize(20, 5);
    QCOMPARE(rowsOf(emulator),
             QStringList({QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3"),
                          QStringLiteral("4"), QStringLiteral("5")}));
    QCOMPARE(emulator.screen().cursor().row, 4);
    emulator.resize(20, 2);
    QCOMPARE(rowsOf(emulator), QStringList({QStringLiteral("4"), QStringLiteral("5")}));
    QCOMPARE(emulator.history().end(), 3U);
}

void TestReflow::alternateIsNotWrapped()
{
    Emulator emulator(10, 3);
    emulator.feed("main text!\x1b[?1049h\x1b[Habcdefghij");
    emulator.resize(5, 3);
    QCOMPARE(rowsOf(emulator),
             QStringList({QStringLiteral("abcde"), QStringLiteral(""), QStringLiteral("")}));
    emulator.feed("\x1b[?1049l");
    QCOMPARE(rowsOf(emulator),
             QStringList({QStringLiteral("main"), QStringLiteral("text!"), QStringLiteral("")}));
}

void TestReflow::marksFollowTheirLine()
{
    Emulator emulator(10, 4);
    emulator.feed("abcdefghijklmno\r\n\x1b]133;A\a$ ls\r\n\x1b]133;D;3\a");
    emulator.resize(5, 4);
    const auto &marks = emulator.marks().all();
    QCOMPARE(marks.size(), std::size_t(2));
    QCOMPARE(marks[0].line, 3U);
    QCOMPARE(marks[1].line, 4U);
    QCOMPARE(marks[1].exitCode, 3);
    emulator.resize(10, 4);
    QCOMPARE(marks[0].line, 2U);
}

QTEST_APPLESS_MAIN(TestReflow)
#include "tst_reflow.moc"
