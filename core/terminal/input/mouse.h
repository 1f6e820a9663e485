// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the mouse sends to the program (XTerm Control Sequences, "Mouse Tracking"). A pure function.
#pragma once

#include "terminal/input/keys.h"
#include "terminal/input/modes.h"

#include <string>

namespace quarry::terminal {

enum class MouseButton : std::uint8_t {
    None, // motion without a button
    Left,
    Middle,
    Right,
    WheelUp,
    WheelDown,
    WheelLeft,
    WheelRight,
};

enum class MouseAction : std::uint8_t { Press, Release, Move };

struct MouseEvent {
    MouseAction action = MouseAction::Press;
    MouseButton button = MouseButton::Left; // of a move: the one held
    int row = 0; // cells, from 0
    int column = 0;
    KeyModifiers modifiers;
};

// Empty when the program did not ask for such events, or the place has no encoding.
std::string encodeMouse(const MouseEvent &event, const InputModes &modes);

} // namespace quarry::terminal
