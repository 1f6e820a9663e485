// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What keys send to the program, as xterm does by default (XTerm Control Sequences, "PC-Style
// Function Keys" and "VT220-Style Function Keys"). Pure functions.
#pragma once

#include "terminal/input/modes.h"

#include <string>
#include <string_view>

namespace quarry::terminal {

enum class Key : std::uint8_t {
    Up,
    Down,
    Right,
    Left,
    Home,
    End,
    Insert,
    Delete,
    PageUp,
    PageDown,
    Return,
    Tab,
    Backspace,
    Escape,
    F1,
    F20 = F1 + 19, // the ones between are F1 + n
    Keypad0,
    Keypad9 = Keypad0 + 9,
    KeypadDecimal,
    KeypadDivide,
    KeypadMultiply,
    KeypadSubtract,
    KeypadAdd,
    KeypadEnter,
    KeypadEqual,
};

struct KeyModifiers {
    bool shift = false;
    bool alt = false;
    bool control = false;
    bool meta = false;

    bool any() const { return shift || alt || control || meta; }
};

std::string encodeKey(Key key, KeyModifiers modifiers, const InputModes &modes);

// Text that was typed (UTF-8): with control, a letter or one of @[\]^_? and blank becomes a control
// character; with alt, ESC goes before.
std::string encodeText(std::string_view text, KeyModifiers modifiers);

// Text that was pasted: line ends become CR. What could end a bracketed paste, and every control
// character but tab and line ends, is taken out, so that the program can tell it from what is
// typed.
std::string encodePaste(std::string_view text, const InputModes &modes);

// The window has the keyboard, or lost it. Nothing unless the program asked.
std::string encodeFocus(bool focused, const InputModes &modes);

} // namespace quarry::terminal
