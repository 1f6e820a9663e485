// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal/input/mouse.h"

#include <algorithm>

namespace quarry::terminal {

namespace {

constexpr int MotionFlag = 32;
constexpr int Released = 3;
constexpr int LargestByte = 223;  // 255 - 32
constexpr int LargestUtf8 = 2015; // U+07FF - 32

bool isWheel(MouseButton button)
{
    return button >= MouseButton::WheelUp;
}

bool isWanted(const MouseEvent &event, MouseTracking tracking)
{
    switch (event.action) {
    case MouseAction::Press:
        return tracking != MouseTracking::Off && event.button != MouseButton::None;
    case MouseAction::Release:
        return tracking > MouseTracking::Press && !isWheel(event.button);
    case MouseAction::Move:
        return tracking == MouseTracking::Motion
            || (tracking == MouseTracking::Drag && event.button != MouseButton::None);
    }
    return false;
}

int codeOf(const MouseEvent &event, const InputModes &modes)
{
    int code = Released;
    if (isWheel(event.button))
        code = 64 + int(event.button) - int(MouseButton::WheelUp);
    else if (event.button != MouseButton::None)
        code = int(event.button) - int(MouseButton::Left);
    if (event.action == MouseAction::Release && modes.mouseEncoding != MouseEncoding::Sgr)
        code = Released;
    if (event.action == MouseAction::Move)
        code += MotionFlag;
    if (modes.mouse == MouseTracking::Press)
        return code;
    const KeyModifiers &held = event.modifiers;
    return code + (held.shift ? 4 : 0) + (held.alt || held.meta ? 8 : 0) + (held.control ? 16 : 0);
}

std::string numbers(int code, int column, int row)
{
    return std::to_string(code) + ';' + std::to_string(column) + ';' + std::to_string(row);
}

void addUtf8(std::string &out, int value)
{
    if (value < 0x80) {
        out += char(value);
    } else {
        out += char(0xc0 | value >> 6);
        out += char(0x80 | (value & 0x3f));
    }
}

} // namespace

std::string encodeMouse(const MouseEvent &event, const InputModes &modes)
{
    if (!isWanted(event, modes.mouse))
        return {};
    const int code = codeOf(event, modes);
    const int row = std::max(event.row, 0) + 1;
    const int column = std::max(event.column, 0) + 1;
    std::string out = "\x1b[M";
    switch (modes.mouseEncoding) {
    case MouseEncoding::Sgr:
        return "\x1b[<" + numbers(code, column, row)
            + (event.action == MouseAction::Release ? 'm' : 'M');
    case MouseEncoding::Urxvt:
        return "\x1b[" + numbers(code + 32, column, row) + 'M';
    case MouseEncoding::Utf8:
        if (std::max(row, column) > LargestUtf8)
            return {};
        for (const int value : {code, column, row})
            addUtf8(out, value + 32);
        return out;
    case MouseEncoding::Bytes:
        if (std::max(row, column) > LargestByte)
            return {};
        for (const int value : {code, column, row})
            out += char(value + 32);
        return out;
    }
    return {};
}

} // namespace quarry::terminal
