// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The actions of the page, and when they are on.
#pragma once

#include <QObject>

#include <functional>

class QWidget;

namespace quarry::widgets {

class ActionRegistry;
class OpenEpisode;

// What each action does; all are set.
struct GemCommands {
    std::function<void()> begin, play, takeOver, giveBack, sameSeed, fork, verify, exportLines,
        importLines, compare, close, previous, playback, next;
};

// gem.new, .play, .takeOver, .giveBack, .sameSeed, .fork, .verify, .export, .import, .compare,
// .close, .previous, .playback and .next.
class GemActions : public QObject
{
    Q_OBJECT
public:
    // The shortcuts of moving through steps work within SCOPE.
    GemActions(ActionRegistry &actions, const GemCommands &commands, QWidget *scope);

    // After the episode, the choice or who plays has changed.
    void refresh(const OpenEpisode &episode, bool twoChosen, bool hasKind);

private:
    void set(const char *id, bool on, const QString &reason);

    ActionRegistry &m_actions;
};

} // namespace quarry::widgets
