// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What keys, mouse, paste and focus send.
#include "terminal/input/keys.h"
#include "terminal/input/mouse.h"

#include <QTest>

using namespace quarry::terminal;

namespace {

constexpr KeyModifiers Plain{};
constexpr KeyModifiers Shift{true, false, false, false};
constexpr KeyModifiers Alt{false, true, false, false};
constexpr KeyModifiers Control{false, false, true, false};
constexpr KeyModifiers ShiftControl{true, false, true, false};

Key functionKey(int number)
{
    return Key(int(Key::F1) + number - 1);
}

} // namespace

class TestKeys : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keys();
    void modesChangeKeys();
    void typedText();
    void paste();
    void focus();
    void mouseIsSilentUnlessAsked();
    void mouseEncodings();
    void mouseTracking();
    void mouseBeyondTheEncoding();
};

void TestKeys::keys()
{
    const InputModes modes;
    const auto is = [&modes](Key key, KeyModifiers modifiers, const char *bytes) {
        QCOMPARE(encodeKey(key, modifiers, modes), std::string(bytes));
    };
    is(Key::Up, Plain, "\x1b[A");
    is(Key::Left, Plain, "\x1b[D");
    is(Key::Right, Control, "\x1b[1;5C");
    is(Key::Down, ShiftControl, "\x1b[1;6B");
    is(Key::Home, Plain, "\x1b[H");
    is(Key::End, Shift, "\x1b[1;2F");
    is(Key::Insert, Plain, "\x1b[2~");
    is(Key::Delete, Control, "\x1b[3;5~");
    is(Key::PageUp, Plain, "\x1b[5~");
    is(Key::PageDown, Alt, "\x1b[6;3~");
    is(functionKey(1), Plain, "\x1bOP");
    is(functionKey(4), Shift, "\x1b[1;2S");
    is(functionKey(5), Plain, "\x1b[15~");
    is(functionKey(6), Plain, "\x1b[17~");
    is(functionKey(10), Plain, "\x1b[21~");
    is(functionKey(11), Plain, "\x1b[23~");
    is(functionKey(12), Control, "\x1b[24;5~");
    is(functionKey(20), Plain, "\x1b[34~");
    is(Key::Return, Plain, "\r");
    is(Key::Return, Alt, "\x1b\r");
    is(Key::Tab, Plain, "\t");
    is(Key::Tab, Shift, "\x1b[Z");
    is(Key::Backspace, Plain, "\x7f");
    is(Key::Backspace, Control, "\b");
    is(Key::Backspace, Alt, "\x1b\x7f");
    is(Key::Escape, Plain, "\x1b");
    is(Key(int(Key::Keypad0) + 7), Plain, "7");
    is(Key::KeypadEnter, Plain, "\r");
}

void TestKeys::modesChangeKeys()
{
    InputModes modes;
    modes.cursorKeys = true;
    QCOMPARE(encodeKey(Key::Up, Plain, modes), std::string("\x1bOA"));
    QCOMPARE(encodeKey(Key::Home, Plain, modes), std::string("\x1bOH"));
    QCOMPARE(encodeKey(Key::Up, Shift, modes), std::string("\x1b[1;2A"));
    modes.keypad = true;
    QCOMPARE(encodeKey(Key::Keypad0, Plain, modes), std::string("\x1bOp"));
    QCOMPARE(encodeKey(Key::Keypad9, Plain, modes), std::string("\x1bOy"));
    QCOMPARE(encodeKey(Key::KeypadEnter, Plain, modes), std::string("\x1bOM"));
    QCOMPARE(encodeKey(Key::KeypadAdd, Plain, modes), std::string("\x1bOk"));
    QCOMPARE(encodeKey(Key::KeypadDivide, Plain, modes), std::string("\x1bOo"));
    modes.backarrow = true;
    QCOMPARE(encodeKey(Key::Backspace, Plain, modes), std::string("\b"));
    modes.newline = true;
    QCOMPARE(encodeKey(Key::Return, Plain, modes), std::string("\r\n"));
}

void TestKeys::typedText()
{
    QCOMPARE(encodeText("a", Plain), std::string("a"));
    QCOMPARE(encodeText("\xc3\xa9", Alt), std::string("\x1b\xc3\xa9"));
    QCOMPARE(encodeText("c", Control), std::string("\x03"));
    QCOMPARE(encodeText("C", ShiftControl), std::string("\x03"));
    QCOMPARE(encodeText("[", Control), std::string("\x1b"));
    QCOMPARE(encodeText(" ", Control), std::string(1, '\0'));
    QCOMPARE(encodeText("@", Control), std::string(1, '\0'));
    QCOMPARE(encodeText("?", Control), std::string("\x7f"));
    QCOMPARE(encodeText("_", Control), std::string("\x1f"));
    QCOMPARE(encodeText("5", Control), std::string("\x1d"));
    QCOMPARE(encodeText("1", Control), std::string("1"));
    QCOMPARE(encodeText("x", {false, true, true, false}), std::string("\x1b\x18"));
}

void TestKeys::paste()
{
    InputModes modes;
    QCOMPARE(encodePaste("a\nb\r\nc\rd", modes), std::string("a\rb\rc\rd"));
    modes.bracketedPaste = true;
    QCOMPARE(encodePaste("ls\n", modes), std::string("\x1b[200~ls\r\x1b[201~"));
    // Pasted text cannot end the paste and type a command.
    QCOMPARE(encodePaste("a\x1b[201~rm\n", modes), std::string("\x1b[200~a[201~rm\r\x1b[201~"));
    QCOMPARE(encodePaste("a\xc2\x9b"
                         "201~b",
                         modes),
             std::string("\x1b[200~a201~b\x1b[201~"));
    QCOMPARE(encodePaste("\x03\x04\x7f\tx\xc3\xa9", modes),
             std::string("\x1b[200~\tx\xc3\xa9\x1b[201~"));
}

void TestKeys::focus()
{
    InputModes modes;
    QCOMPARE(encodeFocus(true, modes), std::string());
    modes.focusEvents = true;
    QCOMPARE(encodeFocus(true, modes), std::string("\x1b[I"));
    QCOMPARE(encodeFocus(false, modes), std::string("\x1b[O"));
}

void TestKeys::mouseIsSilentUnlessAsked()
{
    for (const MouseAction action : {MouseAction::Press, MouseAction::Release, MouseAction::Move})
        QCOMPARE(encodeMouse({action, MouseButton::Left, 1, 1, {}}, InputModes()), std::string());
}

void TestKeys::mouseEncodings()
{
    InputModes modes;
    modes.mouse = MouseTracking::Button;
    const MouseEvent press{MouseAction::Press, MouseButton::Right, 4, 9, {}};
    const MouseEvent release{MouseAction::Release, MouseButton::Right, 4, 9, {}};
    QCOMPARE(encodeMouse(press, modes), std::string("\x1b[M\"*%"));
    QCOMPARE(encodeMouse(release, modes), std::string("\x1b[M#*%"));
    modes.mouseEncoding = MouseEncoding::Sgr;
    QCOMPARE(encodeMouse(press, modes), std::string("\x1b[<2;10;5M"));
    QCOMPARE(encodeMouse(release, modes), std::string("\x1b[<2;10;5m"));
    modes.mouseEncoding = MouseEncoding::Urxvt;
    QCOMPARE(encodeMouse(press, modes), std::string("\x1b[34;10;5M"));
    modes.mouseEncoding = MouseEncoding::Utf8;
    QCOMPARE(encodeMouse({MouseAction::Press, MouseButton::Left, 4, 299, {}}, modes),
             std::string("\x1b[M \xc5\x8c%"));
}

void TestKeys::mouseTracking()
{
    InputModes modes;
    modes.mouseEncoding = MouseEncoding::Sgr;
    const MouseEvent drag{MouseAction::Move, MouseButton::Left, 0, 0, {}};
    const MouseEvent hover{MouseAction::Move, MouseButton::None, 0, 0, {}};
    const MouseEvent wheel{MouseAction::Press, MouseButton::WheelDown, 0, 0, Control};
    modes.mouse = MouseTracking::Press;
    QCOMPARE(encodeMouse({MouseAction::Press, MouseButton::Left, 0, 0, Shift}, modes),
             std::string("\x1b[<0;1;1M"));
    QCOMPARE(encodeMouse({MouseAction::Release, MouseButton::Left, 0, 0, {}}, modes),
             std::string());
    modes.mouse = MouseTracking::Button;
    QCOMPARE(encodeMouse(drag, modes), std::string());
    QCOMPARE(encodeMouse(wheel, modes), std::string("\x1b[<81;1;1M"));
    QCOMPARE(encodeMouse({MouseAction::Release, MouseButton::WheelUp, 0, 0, {}}, modes),
             std::string());
    modes.mouse = MouseTracking::Drag;
    QCOMPARE(encodeMouse(drag, modes), std::string("\x1b[<32;1;1M"));
    QCOMPARE(encodeMouse(hover, modes), std::string());
    modes.mouse = MouseTracking::Motion;
    QCOMPARE(encodeMouse(hover, modes), std::string("\x1b[<35;1;1M"));
}

void TestKeys::mouseBeyondTheEncoding()
{
    InputModes modes;
    modes.mouse = MouseTracking::Button;
    QVERIFY(!encodeMouse({MouseAction::Press, MouseButton::Left, 0, 222, {}}, modes).empty());
    QVERIFY(encodeMouse({MouseAction::Press, MouseButton::Left, 0, 223, {}}, modes).empty());
    modes.mouseEncoding = MouseEncoding::Sgr;
    QCOMPARE(encodeMouse({MouseAction::Press, MouseButton::Left, 999, 1999, {}}, modes),
             std::string("\x1b[<0;2000;1000M"));
}

QTEST_APPLESS_MAIN(TestKeys)
#include "tst_keys.moc"
