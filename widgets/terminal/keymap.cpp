// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/terminal/keymap.h"

#include <QKeyEvent>

#include <optional>

namespace quarry::widgets {

namespace {

using terminal::Key;

Key offset(Key first, int by)
{
    return Key(int(first) + by);
}

std::optional<Key> keypadKey(int key)
{
    if (key >= Qt::Key_0 && key <= Qt::Key_9)
        return offset(Key::Keypad0, key - Qt::Key_0);
    switch (key) {
    case Qt::Key_Period:
    case Qt::Key_Comma:
        return Key::KeypadDecimal;
    case Qt::Key_Slash:
        return Key::KeypadDivide;
    case Qt::Key_Asterisk:
        return Key::KeypadMultiply;
    case Qt::Key_Minus:
        return Key::KeypadSubtract;
    case Qt::Key_Plus:
        return Key::KeypadAdd;
    case Qt::Key_Enter:
        return Key::KeypadEnter;
    case Qt::Key_Equal:
        return Key::KeypadEqual;
    default:
        return {};
    }
}

std::optional<Key> namedKey(int key)
{
    if (key >= Qt::Key_F1 && key <= Qt::Key_F20)
        return offset(Key::F1, key - Qt::Key_F1);
    switch (key) {
    case Qt::Key_Up:
        return Key::Up;
    case Qt::Key_Down:
        return Key::Down;
    case Qt::Key_Right:
        return Key::Right;
    case Qt::Key_Left:
        return Key::Left;
    case Qt::Key_Home:
        return Key::Home;
    case Qt::Key_End:
        return Key::End;
    case Qt::Key_Insert:
        return Key::Insert;
    case Qt::Key_Delete:
        return Key::Delete;
    case Qt::Key_PageUp:
        return Key::PageUp;
    case Qt::Key_PageDown:
        return Key::PageDown;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return Key::Return;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return Key::Tab;
    case Qt::Key_Backspace:
        return Key::Backspace;
    case Qt::Key_Escape:
        return Key::Escape;
    default:
        return {};
    }
}

// With Ctrl or Alt the text may be a control character or nothing: the key says what is meant.
QString plainText(const QKeyEvent &event)
{
    const bool changed = event.modifiers() & (Qt::ControlModifier | Qt::AltModifier);
    const bool composed = event.modifiers() & Qt::GroupSwitchModifier; // AltGr
    if (!changed || composed)
        return event.text();
    const int key = event.key();
    if (key < Qt::Key_Space || key > Qt::Key_AsciiTilde) {
        const QString text = event.text();
        return text.size() == 1 && text.front() < QLatin1Char(' ') ? QString() : text;
    }
    const QChar letter = QChar(ushort(key));
    return event.modifiers() & Qt::ShiftModifier ? QString(letter) : QString(letter.toLower());
}

} // namespace

terminal::KeyModifiers keyModifiers(Qt::KeyboardModifiers modifiers)
{
    return {modifiers.testFlag(Qt::ShiftModifier), modifiers.testFlag(Qt::AltModifier),
            modifiers.testFlag(Qt::ControlModifier), modifiers.testFlag(Qt::MetaModifier)};
}

terminal::MouseButton mouseButton(Qt::MouseButton button)
{
    switch (button) {
    case Qt::LeftButton:
        return terminal::MouseButton::Left;
    case Qt::MiddleButton:
        return terminal::MouseButton::Middle;
    case Qt::RightButton:
        return terminal::MouseButton::Right;
    default:
        return terminal::MouseButton::None;
    }
}

QByteArray bytesOf(const QKeyEvent &event, const terminal::InputModes &modes)
{
    const terminal::KeyModifiers modifiers = keyModifiers(event.modifiers());
    if (event.modifiers() & Qt::KeypadModifier) {
        if (const auto key = keypadKey(event.key()))
            return QByteArray::fromStdString(terminal::encodeKey(*key, modifiers, modes));
    }
    if (const auto key = namedKey(event.key()))
        return QByteArray::fromStdString(terminal::encodeKey(*key, modifiers, modes));
    const std::string text = plainText(event).toStdString();
    if (text.empty())
        return {};
    // What Shift does to a character is in it already.
    return QByteArray::fromStdString(
        terminal::encodeText(text, {false, modifiers.alt, modifiers.control, false}));
}

bool isTerminalKey(const QKeyEvent &event)
{
    const Qt::KeyboardModifiers modifiers
        = event.modifiers() & ~(Qt::KeypadModifier | Qt::GroupSwitchModifier);
    const int key = event.key();
    if (key == Qt::Key_F6)
        return false;
    if (modifiers & Qt::MetaModifier)
        return false;
    if (!(modifiers & Qt::ControlModifier))
        return !(modifiers == Qt::ShiftModifier
                 && (key == Qt::Key_PageUp || key == Qt::Key_PageDown));
    if (modifiers & Qt::ShiftModifier)
        return false;
    const bool zoom = key == Qt::Key_Plus || key == Qt::Key_Minus || key == Qt::Key_Equal;
    return !(key == Qt::Key_K || (key >= Qt::Key_0 && key <= Qt::Key_9) || zoom);
}

} // namespace quarry::widgets
