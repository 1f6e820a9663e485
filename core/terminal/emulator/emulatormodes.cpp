// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Modes: ECMA-48 SM and RM, DEC's and xterm's private ones.
#include "terminal/emulator/emulator.h"

namespace quarry::terminal {

namespace {

// DECRPM's values.
constexpr int Unknown = 0;
constexpr int Set = 1;
constexpr int Reset = 2;
constexpr int AlwaysSet = 3;
constexpr int AlwaysReset = 4;

int state(bool on)
{
    return on ? Set : Reset;
}

} // namespace

void Emulator::setAnsiModes(const Parameters &parameters, bool on)
{
    for (int i = 0; i < parameters.count(); ++i) {
        if (parameters.value(i) == 4)
            m_screen.setInsert(on);
        if (parameters.value(i) == 20) {
            m_screen.setNewline(on);
            m_input.newline = on;
        }
    }
}

void Emulator::setDecModes(const Parameters &parameters, bool on)
{
    for (int i = 0; i < parameters.count(); ++i)
        setDecMode(parameters.value(i), on);
}

void Emulator::setDecMode(int mode, bool on)
{
    switch (mode) {
    case 1:
        m_input.cursorKeys = on;
        break;
    case 3:
        if (m_allowsColumnMode) { // the size is the owner's; what else DECCOLM does is done
            m_screen.setMargins(0, m_screen.rows());
            m_screen.enableSideMargins(false);
            m_screen.eraseInDisplay(Screen::Extent::All, false);
            m_screen.moveTo(0, 0);
        }
        break;
    case 5:
        m_reverseVideo = on;
        break;
    case 6:
        m_screen.setOrigin(on);
        break;
    case 7:
        m_screen.setAutowrap(on);
        break;
    case 9:
        setMouse(MouseTracking::Press, on);
        break;
    case 12:
        m_look.blinks = on;
        break;
    case 25:
        m_look.visible = on;
        break;
    case 40:
        m_allowsColumnMode = on;
        break;
    case 45:
        m_screen.setReverseWrap(on);
        break;
    case 47:
    case 1047:
    case 1049:
        useAlternate(mode, on);
        break;
    case 66:
        m_input.keypad = on;
        break;
    case 67:
        m_input.backarrow = on;
        break;
    case 69:
        m_screen.enableSideMargins(on);
        break;
    case 1000:
        setMouse(MouseTracking::Button, on);
        break;
    case 1002:
        setMouse(MouseTracking::Drag, on);
        break;
    case 1003:
        setMouse(MouseTracking::Motion, on);
        break;
    case 1004:
        m_input.focusEvents = on;
        break;
    case 1005:
        setMouseEncoding(MouseEncoding::Utf8, on);
        break;
    case 1006:
        setMouseEncoding(MouseEncoding::Sgr, on);
        break;
    case 1007:
        m_input.alternateScroll = on;
        break;
    case 1015:
        setMouseEncoding(MouseEncoding::Urxvt, on);
        break;
    case 1048:
        if (on)
            m_screen.saveCursor();
        else
            m_screen.restoreCursor();
        break;
    case 2004:
        m_input.bracketedPaste = on;
        break;
    case 2026:
        m_synchronized = on;
        break;
    default:
        break;
    }
}

// 47 shows the other screen, 1047 clears the alternate one when it is left, 1049 clears it when it
// is entered and keeps the cursor of the main one.
void Emulator::useAlternate(int mode, bool on)
{
    if (on && !m_screen.isAlternate()) {
        if (mode == 1049)
            m_screen.saveCursor();
        m_screen.useAlternate(true);
        if (mode == 1049)
            m_screen.clearAlternate();
    } else if (!on) {
        if (mode == 1047 && m_screen.isAlternate())
            m_screen.clearAlternate();
        m_screen.useAlternate(false);
        if (mode == 1049) // of the main screen, also when it was shown already
            m_screen.restoreCursor();
    }
}

void Emulator::setMouse(MouseTracking tracking, bool on)
{
    m_input.mouse = on ? tracking : MouseTracking::Off;
}

void Emulator::setMouseEncoding(MouseEncoding encoding, bool on)
{
    if (on)
        m_input.mouseEncoding = encoding;
    else if (m_input.mouseEncoding == encoding)
        m_input.mouseEncoding = MouseEncoding::Bytes;
}

int Emulator::ansiMode(int mode) const
{
    switch (mode) {
    case 4:
        return state(m_screen.insert());
    case 20:
        return state(m_screen.newline());
    case 12: // SRM: nothing is echoed here
        return AlwaysSet;
    case 1:
    case 2:
    case 5:
    case 7:
    case 10:
    case 11:
    case 13:
    case 14:
    case 15:
    case 16:
    case 17:
    case 18:
    case 19:
        return AlwaysReset;
    default:
        return Unknown;
    }
}

int Emulator::decMode(int mode) const
{
    switch (mode) {
    case 1:
        return state(m_input.cursorKeys);
    case 3:
        return Reset;
    case 5:
        return state(m_reverseVideo);
    case 6:
        return state(m_screen.cursor().origin);
    case 7:
        return state(m_screen.autowrap());
    case 9:
        return state(m_input.mouse == MouseTracking::Press);
    case 12:
        return state(m_look.blinks);
    case 25:
        return state(m_look.visible);
    case 40:
        return state(m_allowsColumnMode);
    case 45:
        return state(m_screen.reverseWrap());
    case 47:
    case 1047:
    case 1049:
        return state(m_screen.isAlternate());
    case 66:
        return state(m_input.keypad);
    case 67:
        return state(m_input.backarrow);
    case 69:
        return state(m_screen.hasSideMargins());
    case 1000:
        return state(m_input.mouse == MouseTracking::Button);
    case 1002:
        return state(m_input.mouse == MouseTracking::Drag);
    case 1003:
        return state(m_input.mouse == MouseTracking::Motion);
    case 1004:
        return state(m_input.focusEvents);
    case 1005:
        return state(m_input.mouseEncoding == MouseEncoding::Utf8);
    case 1006:
        return state(m_input.mouseEncoding == MouseEncoding::Sgr);
    case 1007:
        return state(m_input.alternateScroll);
    case 1015:
        return state(m_input.mouseEncoding == MouseEncoding::Urxvt);
    case 1048:
        return Set;
    case 2004:
        return state(m_input.bracketedPaste);
    case 2026:
        return state(m_synchronized);
    case 2027: // characters are clusters, always
        return AlwaysSet;
    default:
        return Unknown;
    }
}

void Emulator::saveModes(const Parameters &parameters)
{
    for (int i = 0; i < parameters.count(); ++i) {
        const int mode = parameters.value(i);
        if (const int now = decMode(mode); now == Set || now == Reset)
            m_savedModes[mode] = now == Set;
    }
}

void Emulator::restoreModes(const Parameters &parameters)
{
    for (int i = 0; i < parameters.count(); ++i) {
        const auto saved = m_savedModes.find(parameters.value(i));
        if (saved != m_savedModes.end())
            setDecMode(saved->first, saved->second);
    }
}

} // namespace quarry::terminal
