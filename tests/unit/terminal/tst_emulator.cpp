// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What an owner of a terminal sees beside the cells: damage, events, modes, links, and what tests
// may ask.
#include "terminal/emulator/emulator.h"

#include <QTest>

using namespace quarry::terminal;

namespace {

struct Events : Listener {
    void rang() override { ++bells; }
    void titleChanged(const std::string &title) override { titles.push_back(title); }
    void folderChanged(const std::string &host, const std::string &path) override
    {
        folders.push_back(host + ':' + path);
    }
    void clipboardRequested(const std::string &bytes) override { clipboard.push_back(bytes); }
    void marked(MarkKind kind, std::uint64_t line, int exitCode) override
    {
        marks.push_back({kind, line, exitCode});
    }

    int bells = 0;
    std::vector<std::string> titles;
    std::vector<std::string> folders;
    std::vector<std::string> clipboard;
    std::vector<Mark> marks;
};

Emulator::Options with(Listener &listener)
{
    Emulator::Options options;
    options.listener = &listener;
    return options;
}

} // namespace

class TestEmulator : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void damageIsWhatChanged();
    void scrollingIsDamageOfOneRow();
    void otherScreenIsAllDamage();
    void titles();
    void titleStackIsBounded();
    void bellsAreCounted();
    void folders();
    void clipboardIsOnlyAsked();
    void marks();
    void links();
    void modesForInput();
    void cursorLook();
    void synchronizedOutput();
    void testReportsAreOptIn();
    void cellsOfStyledText();
    void tablesAreReused();
};

void TestEmulator::damageIsWhatChanged()
{
    Emulator emulator(20, 5);
    QCOMPARE(emulator.takeDamage().spans.size(), std::size_t(5));
    QVERIFY(emulator.takeDamage().spans.empty());
    emulator.feed("\x1b[2;3Hab\x1b[4;1Hx");
    Damage damage = emulator.takeDamage();
    QCOMPARE(damage.scrolled, 0);
    QCOMPARE(damage.spans.size(), std::size_t(2));
    QVERIFY((damage.spans[0] == Damage::Span{1, 2, 4}));
    QVERIFY((damage.spans[1] == Damage::Span{3, 0, 1}));
    emulator.feed("\x1b[5;5H\x1b[1m\x1b[6n");
    QVERIFY(emulator.takeDamage().spans.empty());
    emulator.feed("\x1b[2;4r\x1b[4;1H\n");
    damage = emulator.takeDamage();
    QCOMPARE(damage.scrolled, 0);
    QCOMPARE(damage.spans.size(), std::size_t(3));
}

void TestEmulator::scrollingIsDamageOfOneRow()
{
    Emulator emulator(20, 5);
    emulator.takeDamage();
    emulator.feed("\x1b[5;1H\n\nlast");
    Damage damage = emulator.takeDamage();
    QCOMPARE(damage.scrolled, 2);
    QCOMPARE(damage.spans.size(), std::size_t(2));
    QCOMPARE(damage.spans[0].row, 3);
    for (int i = 0; i < 100; ++i)
        emulator.feed("\n");
    damage = emulator.takeDamage();
    QCOMPARE(damage.scrolled, 5);
    QCOMPARE(damage.spans.size(), std::size_t(5));
}

void TestEmulator::otherScreenIsAllDamage()
{
    Emulator emulator(20, 5);
    emulator.takeDamage();
    emulator.feed("\x1b[?1049h");
    QCOMPARE(emulator.takeDamage().spans.size(), std::size_t(5));
    emulator.feed("\x1b[?1049l");
    QCOMPARE(emulator.takeDamage().spans.size(), std::size_t(5));
}

void TestEmulator::titles()
{
    Events events;
    Emulator emulator(20, 5, with(events));
    emulator.feed("\x1b]2;one\a\x1b]0;two \xc3\xa9\x1b\\\x1b]1;icon\a");
    QCOMPARE(events.titles.size(), std::size_t(2));
    QCOMPARE(emulator.title(), std::string("two \xc3\xa9"));
    emulator.feed("\x1b]2;a\r\n\x01\x7f\xff\xc2\x9b"
                  "b\a");
    QCOMPARE(emulator.title(),
             std::string("a\xef\xbf\xbd"
                         "b"));
    emulator.feed("\x1b]2;" + std::string(100'000, 'x') + "\a");
    QVERIFY(emulator.title().size() <= 1024);
    emulator.feed("\x1b]2;kept\a\x1b[22;0t\x1b]2;other\a\x1b[23;0t");
    QCOMPARE(emulator.title(), std::string("kept"));
}

void TestEmulator::titleStackIsBounded()
{
    Emulator emulator(20, 5);
    for (int i = 0; i < 1000; ++i)
        emulator.feed("\x1b]2;" + std::to_string(i) + "\a\x1b[22t");
    for (int i = 0; i < 1000; ++i)
        emulator.feed("\x1b[23t");
    QCOMPARE(emulator.title(), std::string("0"));
}

void TestEmulator::bellsAreCounted()
{
    Events events;
    Emulator emulator(20, 5, with(events));
    emulator.feed("\a\a\a");
    QCOMPARE(events.bells, 1);
    emulator.feed("x");
    emulator.feed("\x1b]2;t\a"); // ends the title, rings nothing
    QCOMPARE(events.bells, 1);
}

void TestEmulator::folders()
{
    Events events;
    Emulator emulator(20, 5, with(events));
    emulator.feed("\x1b]7;file://host/a%20b/%C3%A9\a\x1b]7;file:///c\a");
    QCOMPARE(events.folders.size(), std::size_t(2));
    QCOMPARE(events.folders[0], std::string("host:/a b/\xc3\xa9"));
    QCOMPARE(events.folders[1], std::string(":/c"));
    emulator.feed(
        "\x1b]7;http://host/x\a\x1b]7;file://host\a\x1b]7;file:///a%0Ab\a\x1b]7;file:///a%FF\a");
    QCOMPARE(events.folders.size(), std::size_t(2));
}

void TestEmulator::clipboardIsOnlyAsked()
{
    Events events;
    Emulator emulator(20, 5, with(events));
    emulator.feed("\x1b]52;c;aGVsbG8=\a\x1b]52;c;?\a\x1b]52;c;!!!\a");
    QCOMPARE(events.clipboard.size(), std::size_t(1));
    QCOMPARE(events.clipboard[0], std::string("hello"));
    emulator.feed("\x1b]52;c;" + std::string(1 << 20, 'A') + "\a");
    QCOMPARE(events.clipboard.size(), std::size_t(1));
    QCOMPARE(emulator.takeReplies(), std::string());
}

void TestEmulator::marks()
{
    Events events;
    Emulator emulator(20, 3, with(events));
    emulator.feed("\x1b]133;A\a$ "
                  "\x1b]133;B\als\r\n\x1b]133;C;x=1\aa\r\nb\r\nc\r\n\x1b]133;D;2\a\x1b]133;D\a\x1b]"
                  "133;D;-7\a\x1b]133;Q\a");
    QCOMPARE(events.marks.size(), std::size_t(6));
    QVERIFY(events.marks[0].kind == MarkKind::Prompt && events.marks[0].line == 0);
    QVERIFY(events.marks[2].kind == MarkKind::Output && events.marks[2].line == 1);
    QVERIFY(events.marks[3].kind == MarkKind::End && events.marks[3].line == 4);
    QCOMPARE(events.marks[3].exitCode, 2);
    QCOMPARE(events.marks[4].exitCode, -1);
    QCOMPARE(events.marks[5].exitCode, -1);
    QCOMPARE(emulator.marks().all().size(), std::size_t(6));
    emulator.feed("\x1b[H\x1b[2J"); // what was marked on the screen is gone
    QCOMPARE(emulator.marks().all().size(), std::size_t(3));
    QVERIFY(emulator.marks().all().back().line < emulator.screen().history().end());
}

void TestEmulator::links()
{
    Emulator emulator(20, 3);
    emulator.feed("\x1b]8;id=a:x=y;https://h/;p\x1b\\ab\x1b]8;;\x1b\\c\x1b]8;;bad link\x1b\\d");
    const RowView row = emulator.screen().row(0);
    QCOMPARE(row.extra(row.cells[1]).link, std::string("https://h/;p"));
    QCOMPARE(row.extra(row.cells[1]).linkId, std::string("a"));
    QCOMPARE(row.extra(row.cells[2]).link, std::string());
    QCOMPARE(row.extra(row.cells[3]).link, std::string());
}

void TestEmulator::modesForInput()
{
    Emulator emulator(20, 3);
    emulator.feed("\x1b[?1;66;1002;1004;1006;2004h\x1b[20h");
    InputModes wanted;
    wanted.cursorKeys = wanted.keypad = wanted.focusEvents = wanted.bracketedPaste = wanted.newline
        = true;
    wanted.mouse = MouseTracking::Drag;
    wanted.mouseEncoding = MouseEncoding::Sgr;
    QVERIFY(emulator.inputModes() == wanted);
    emulator.feed("\x1b>\x1b[?1002l\x1b[?1006l");
    QVERIFY(emulator.inputModes().mouse == MouseTracking::Off);
    QVERIFY(emulator.inputModes().mouseEncoding == MouseEncoding::Bytes);
    QVERIFY(!emulator.inputModes().keypad);
    emulator.feed("\x1b"
                  "c");
    QVERIFY(emulator.inputModes() == InputModes());
}

void TestEmulator::cursorLook()
{
    Emulator emulator(20, 3);
    emulator.feed("\x1b[4 q\x1b[?25l");
    QVERIFY(emulator.cursorLook().shape == CursorShape::Underline);
    QVERIFY(!emulator.cursorLook().blinks);
    QVERIFY(!emulator.cursorLook().visible);
    emulator.feed("\x1b[5 q\x1b[?25h\x1b[99 q");
    QVERIFY(emulator.cursorLook().shape == CursorShape::Bar);
    QVERIFY(emulator.cursorLook().blinks);
    QVERIFY(emulator.cursorLook().visible);
}

void TestEmulator::synchronizedOutput()
{
    Emulator emulator(20, 3);
    emulator.feed("\x1b[?2026hx");
    QVERIFY(emulator.isSynchronized());
    emulator.feed("\x1b[?2026l");
    QVERIFY(!emulator.isSynchronized());
}

void TestEmulator::testReportsAreOptIn()
{
    Emulator::Options options;
    options.testReports = true;
    Emulator emulator(20, 3, options);
    emulator.feed("AB\x1b[7;1;1;1;1;3*y");
    QCOMPARE(emulator.takeReplies(), std::string("\x1bP7!~00A3\x1b\\"));
    emulator.feed("\x1b[8;10;40t");
    QCOMPARE(emulator.screen().columns(), 40);
    QCOMPARE(emulator.screen().rows(), 10);
}

void TestEmulator::cellsOfStyledText()
{
    Emulator emulator(20, 3);
    emulator.feed("\x1b[1;3;4:3;38;2;1;2;3;48;5;200mx\x1b[m\x1b[41m\x1b[K");
    const RowView row = emulator.screen().row(0);
    const Style &style = row.cells[0].style;
    QVERIFY(style.has(Bold) && style.has(Italic) && !style.has(Faint));
    QVERIFY(style.underline() == Underline::Curly);
    QVERIFY(style.foreground == Colour::rgb(1, 2, 3));
    QVERIFY(style.background == Colour::indexed(200));
    // Erased cells have the background, and nothing else.
    QCOMPARE(row.cells.size(), std::size_t(20));
    QVERIFY(row.cells[19].style.background == Colour::indexed(1));
    QCOMPARE(row.cells[19].text, 0U);
}

void TestEmulator::tablesAreReused()
{
    Emulator emulator(80, 24);
    for (int i = 0; i < 100'000; ++i)
        emulator.feed("\x1b]8;;http://h/" + std::to_string(i) + "\ax");
    emulator.feed("\r\n\x1b]8;;http://h/newest\ay");
    const RowView row = emulator.screen().row(emulator.screen().cursor().row);
    QCOMPARE(row.extra(row.cells[0]).link, std::string("http://h/newest"));
    const RowView above = emulator.screen().row(emulator.screen().cursor().row - 1);
    QCOMPARE(above.extra(above.cells[0]).link.rfind("http://h/99", 0), std::size_t(0));
}

QTEST_APPLESS_MAIN(TestEmulator)
#include "tst_emulator.moc"
