// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The modes a program sets that change what keys, mouse and paste send (xterm's control sequences).
#pragma once

#include <cstdint>

namespace quarry::terminal {

enum class MouseTracking : std::uint8_t {
    Off,
    Press, // 9: presses only, no modifiers
    Button, // 1000: presses and releases
    Drag, // 1002: and motion with a button held
    Motion, // 1003: and all motion
};

enum class MouseEncoding : std::uint8_t {
    Bytes, // one byte a coordinate, up to column 223
    Utf8, // 1005
    Sgr, // 1006
    Urxvt, // 1015
};

struct InputModes {
    bool cursorKeys = false; // DECCKM: arrows send SS3
    bool keypad = false; // DECNKM, DECKPAM: the keypad sends SS3
    bool newline = false; // LNM: Return sends CR LF
    bool backarrow = false; // DECBKM: Backspace sends BS
    bool bracketedPaste = false;
    bool focusEvents = false;
    bool alternateScroll = true; // the wheel sends arrows on the alternate screen
    MouseTracking mouse = MouseTracking::Off;
    MouseEncoding mouseEncoding = MouseEncoding::Bytes;

    bool operator==(const InputModes &) const = default;
};

} // namespace quarry::terminal
