// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A decision that only a person can take. For all else there are notices.
#pragma once

#include <QList>
#include <QString>

#include <functional>

class QWidget;

namespace quarry::widgets {

struct Choice {
    QString text; // of the button
    bool destroys = false; // something that cannot be brought back
    std::function<void()> run;
};

struct Question {
    QString title;
    QString text; // shown as it is, whatever names are in it
    QString detail; // may be empty
    QList<Choice> choices; // Cancel comes by itself, and is Escape
};

// Does not wait: the choice runs when it is made. The question goes with CONTEXT. Return takes the
// first choice when that destroys nothing, else Cancel. CANCELLED may be empty.
void ask(QWidget *parent, QObject *context, const Question &question,
         std::function<void()> cancelled = {});

} // namespace quarry::widgets
