// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a push button is to a person, beside what it does.
#pragma once

class QAbstractButton;
class QWidget;

namespace quarry::widgets {

enum class ButtonKind {
    Normal,
    Primary, // the one thing to do here; at most one on a page
    Danger, // destroys something
    Flat, // no face until the pointer or the focus is on it
};

void setButtonKind(QAbstractButton *button, ButtonKind kind);
ButtonKind buttonKind(const QWidget *button);

// 22 pixels high, with small text: in heads, notices and strips.
void setSmallButton(QAbstractButton *button);
bool isSmallButton(const QWidget *button);

} // namespace quarry::widgets
