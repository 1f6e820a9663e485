// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// From Qt's keys and buttons to what a terminal sends. Pure.
#pragma once

#include "terminal/input/keys.h"
#include "terminal/input/mouse.h"

#include <QByteArray>
#include <Qt>

class QKeyEvent;

namespace quarry::widgets {

terminal::KeyModifiers keyModifiers(Qt::KeyboardModifiers modifiers);
terminal::MouseButton mouseButton(Qt::MouseButton button);

// What the key sends to the program; empty: nothing.
QByteArray bytesOf(const QKeyEvent &event, const terminal::InputModes &modes);

// Whether a terminal takes the key from the window's shortcuts. It leaves alone Ctrl+K, Ctrl+1…9,
// F6, zooming, and what has Ctrl and Shift together.
bool isTerminalKey(const QKeyEvent &event);

} // namespace quarry::widgets
