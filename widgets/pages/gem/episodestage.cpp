// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/gem/episodestage.h"

#include "widgets/boards/boardview.h"
#include "widgets/common/actionregistry.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/format.h"
#include "widgets/common/segments.h"
#include "widgets/common/statelabel.h"
#include "widgets/common/strip.h"
#include "widgets/pages/gem/episodestate.h"
#include "widgets/patterns/emptystate.h"
#include "widgets/theme/measures.h"

#include <QLineEdit>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace quarry::widgets {

namespace {

// A step every … ms; at the last a picture's worth of steps.
constexpr std::array speedIntervals{1600, 400, 100, 16};
constexpr qsizetype leapShare = 500; // of an episode at the highest speed

} // namespace

EpisodeStage::EpisodeStage(const OpenEpisode &episode, ActionRegistry &actions, QWidget *parent)
    : QWidget(parent), m_episode(episode), m_state(new StateLabel), m_about(new ElidedLabel),
      m_middle(new QStackedWidget), m_empty(new EmptyState(QStringLiteral("gem"), {}, {})),
      m_board(new BoardView), m_place(new ElidedLabel),
      m_speeds(new Segments(tr("Speed"), {tr("¼×"), tr("1×"), tr("4×"), tr("max")})),
      m_hand(new Strip(measures::ToolBar, Tone::Window, Strip::LineAbove)), m_entry(new QLineEdit)
{
    m_empty->addAction(actions.action(QStringLiteral("gem.new")));
    m_empty->addShellLine(QStringLiteral("quarry env play game:Sokoban-v0-easy"));
    m_middle->addWidget(m_empty);
    m_middle->addWidget(m_board);
    m_speeds->setNames({tr("A quarter of the speed"), tr("Normal speed"),
                        tr("Four times the speed"), tr("As fast as can be")});
    m_speeds->setCurrent(1);
    m_entry->setAccessibleName(tr("Action"));
    m_entry->setPlaceholderText(tr("Type an action, or random_action"));
    m_hand->add(m_entry, 1);
    m_hand->setVisible(false);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead(actions));
    column->addWidget(m_middle, 1);
    column->addWidget(m_hand);
    column->addWidget(makeFoot(actions));

    connect(m_speeds, &Segments::currentChanged, this, [this] { setPlaying(isPlaying()); });
    connect(&m_clock, &QTimer::timeout, this, &EpisodeStage::tick);
    connect(m_entry, &QLineEdit::returnPressed, this, &EpisodeStage::give);
    connect(m_board, &BoardView::moveChosen, this,
            [this](const QString &move) { Q_EMIT actionGiven(move.toUtf8()); });
    refresh();
}

Strip *EpisodeStage::makeHead(ActionRegistry &actions)
{
    auto *head = new Strip(measures::ToolBar);
    const auto add = [&](const char *id, ActionButton::Face face) {
        return head->addAction(actions.action(QLatin1String(id)), face);
    };
    m_about->setType(Type::Small);
    m_about->setTone(Tone::TextSecondary);
    head->add(m_state);
    head->add(m_about, 1);
    m_play = add("gem.play", ActionButton::Text);
    m_takeOver = add("gem.takeOver", ActionButton::Text);
    m_giveBack = add("gem.giveBack", ActionButton::Text);
    add("gem.fork", ActionButton::IconOnly);
    add("gem.close", ActionButton::IconOnly);
    return head;
}

Strip *EpisodeStage::makeFoot(ActionRegistry &actions)
{
    auto *foot = new Strip(measures::ToolBar, Tone::Window, Strip::LineAbove);
    const auto add = [&](const char *id, ButtonKind kind = ButtonKind::Normal) {
        foot->addAction(actions.action(QLatin1String(id)), ActionButton::IconOnly, kind);
    };
    add("gem.previous");
    add("gem.playback", ButtonKind::Primary);
    add("gem.next");
    m_place->setType(Type::Small);
    foot->add(m_place, 1);
    add("gem.sameSeed");
    add("gem.verify");
    foot->addYielding(m_speeds);
    return foot;
}

QWidget *EpisodeStage::middle() const
{
    return m_middle;
}

void EpisodeStage::give()
{
    const QString text = m_entry->text().trimmed();
    if (text.isEmpty())
        return;
    // What is not boxed is put into a box, as the games read it.
    const bool whole = text == u"random_action" || text.contains(u"\\boxed{");
    Q_EMIT actionGiven((whole ? text : QStringLiteral("\\boxed{%1}").arg(text)).toUtf8());
    m_entry->clear();
}

void EpisodeStage::setPlaying(bool playing)
{
    const bool was = isPlaying();
    if (playing && !was && m_step >= m_episode.steps() && !m_episode.info().isLive)
        Q_EMIT stepChosen(0);
    if (playing)
        m_clock.start(speedIntervals[std::size_t(std::clamp(m_speeds->current(), 0, 3))]);
    else
        m_clock.stop();
    if (was != playing)
        Q_EMIT playingChanged();
}

void EpisodeStage::tick()
{
    if (m_step >= m_episode.steps()) {
        setPlaying(false);
        return;
    }
    const qsizetype leap = m_speeds->current() == 3 ? 1 + m_episode.steps() / leapShare : 1;
    Q_EMIT stepChosen(std::min(m_step + leap, m_episode.steps()));
}

void EpisodeStage::showState()
{
    const gem::EpisodeInfo &info = m_episode.info();
    const bool open = m_episode.isOpen();
    m_state->setVisible(open);
    if (open) {
        const qsizetype steps = m_episode.steps();
        const EpisodeState state = episodeState(
            info, steps > 0 ? std::optional(m_episode.facts(steps).reward) : std::nullopt);
        m_state->setState(state.mark, m_episode.isTaken() ? tr("you play") : state.word);
        m_about->setText(
            info.reason.isEmpty()
                ? tr("%1 · return %2").arg(seedText(info), signedReward(m_episode.returns().last()))
                : info.reason.simplified());
    } else {
        m_about->setText({});
    }
    m_place->setText(
        open ? tr("Step %1 of %2").arg(formatCount(m_step), formatCount(m_episode.steps()))
             : QString());
}

// One of the three at a time: who plays, and who could.
void EpisodeStage::showPlayers()
{
    const gem::EpisodeInfo &info = m_episode.info();
    const bool taken = m_episode.isOpen() && m_episode.isTaken();
    const bool live = m_episode.isOpen() && goesOn(info);
    m_giveBack->setVisible(taken);
    m_takeOver->setVisible(live && !taken);
    m_play->setVisible(!live && !taken && (m_episode.isNative() || !m_episode.isOpen()));
}

void EpisodeStage::refresh()
{
    const bool played = m_episode.isOpen() && m_episode.isTaken() && m_step == m_episode.steps()
        && !m_episode.info().terminated;
    const bool arrows = BoardView::hasArrows(m_board->scene().game);
    m_board->setPlayed(played);
    if (played && !m_hand->isVisible() && isVisible())
        (arrows ? static_cast<QWidget *>(m_board) : m_entry)->setFocus();
    m_hand->setVisible(played);
    showState();
    showPlayers();
}

void EpisodeStage::showView(qsizetype step, const StepView &view)
{
    m_step = step;
    if (view.scene.game.isEmpty())
        m_board->setPlainText(view.observation);
    else
        m_board->setScene(view.scene);
    m_middle->setCurrentWidget(m_board);
    refresh();
}

void EpisodeStage::showText(const QString &text)
{
    m_step = 0;
    setPlaying(false);
    m_board->setPlainText(text);
    m_middle->setCurrentWidget(m_board);
    refresh();
}

void EpisodeStage::showEmpty(const QString &title, const QString &sentence)
{
    m_empty->setTexts(title, sentence);
    m_middle->setCurrentWidget(m_empty);
}

} // namespace quarry::widgets
