// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Turns what a terminal was sent into plain text, piece by piece.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace quarry::terminal {

// Removes the control sequences of ECMA-48 and xterm: CSI, OSC, DCS, SOS, PM, APC, and the short
// ones of ESC (charsets, modes, save and restore). Undoes the terminal's newline translation once:
// "\r\n" becomes "\n", "\r\r\n" becomes "\r\n". Every other byte stays as it is, whether it is
// UTF-8 or not.
//
// A string (OSC and its kin) that was never closed ends at the end of its line, so that an unclosed
// title cannot swallow all that follows. Input may be split anywhere.
class ControlCleaner
{
public:
    // Appends the text in BYTES to TEXT.
    void feed(QByteArrayView bytes, QByteArray &text);
    // The end: a sequence that is incomplete is dropped, a carriage return that waited is given.
    // Afterwards the cleaner is as new.
    void finish(QByteArray &text);

private:
    enum class State : quint8 { Ground, Escape, EscapeIntermediate, Csi, String, StringEscape };

    void ground(char byte, QByteArray &text);
    void step(char byte, QByteArray &text);
    void escape(char byte, QByteArray &text);
    void csi(char byte, QByteArray &text);

    State m_state = State::Ground;
    bool m_return = false; // a carriage return waits for what follows it
    bool m_swallowReturn = false; // the one that belongs to the sequence before
    quint8 m_csiMatched = 0; // how much of "?2004l" was seen; 0xff: it is another one
};

} // namespace quarry::terminal
