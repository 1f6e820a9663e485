// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The middle of the page: the board, who plays, and how one moves through the steps.
#pragma once

#include "widgets/pages/gem/openepisode.h"

#include <QTimer>
#include <QWidget>

class QLineEdit;
class QStackedWidget;

namespace quarry::widgets {

class ActionButton;
class ActionRegistry;
class BoardView;
class ElidedLabel;
class EmptyState;
class Segments;
class StateLabel;
class Strip;

// Says which step is to be shown; what shows it calls setStep().
class EpisodeStage : public QWidget
{
    Q_OBJECT
public:
    EpisodeStage(const OpenEpisode &episode, ActionRegistry &actions, QWidget *parent = nullptr);

    // The episode is another one, or stands otherwise.
    void refresh();
    void showView(qsizetype step, const StepView &view);
    // In place of the board.
    void showText(const QString &text);
    void showEmpty(const QString &title, const QString &sentence);

    bool isPlaying() const { return m_clock.isActive(); }
    void setPlaying(bool playing);
    BoardView *board() const { return m_board; }
    // The board, or what stands in its place.
    QWidget *middle() const;

Q_SIGNALS:
    void stepChosen(qsizetype step);
    void playingChanged();
    // By hand: a move of the arrows or what was typed.
    void actionGiven(const QByteArray &action);

private:
    Strip *makeHead(ActionRegistry &actions);
    Strip *makeFoot(ActionRegistry &actions);
    void tick();
    void showState();
    void showPlayers();
    void give();

    const OpenEpisode &m_episode;
    qsizetype m_step = 0;
    StateLabel *m_state;
    ElidedLabel *m_about;
    ActionButton *m_play;
    ActionButton *m_takeOver;
    ActionButton *m_giveBack;
    QStackedWidget *m_middle;
    EmptyState *m_empty;
    BoardView *m_board;
    ElidedLabel *m_place;
    Segments *m_speeds;
    Strip *m_hand;
    QLineEdit *m_entry;
    QTimer m_clock;
};

} // namespace quarry::widgets
