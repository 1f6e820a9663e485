// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/gem/stepstrip.h"

#include "widgets/boards/boardview.h"
#include "widgets/common/accessiblerole.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/style.h"
#include "widgets/theme/stylepainters.h"

#include <QHash>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace quarry::widgets {

namespace {

constexpr int arrowWidth = 44;
constexpr int wordWidth = 84; // "reveal 1 6"
constexpr int cellHeight = 42;
constexpr int stripTop = 2;

// "+1", "−.25": as short as can be.
QString cellReward(double reward)
{
    if (reward == 0)
        return QStringLiteral("0");
    QString text = QString::number(std::abs(reward), 'g', 2);
    if (text.startsWith(u"0."))
        text.remove(0, 1);
    return (reward > 0 ? u'+' : u'−') + text;
}

} // namespace

QString shortAction(const QString &action)
{
    static const QHash<QString, QString> arrows{{QStringLiteral("up"), QStringLiteral("↑")},
                                                {QStringLiteral("down"), QStringLiteral("↓")},
                                                {QStringLiteral("left"), QStringLiteral("←")},
                                                {QStringLiteral("right"), QStringLiteral("→")}};
    const qsizetype open = action.lastIndexOf(u"\\boxed{");
    const qsizetype close = open < 0 ? -1 : action.indexOf(u'}', open);
    const QString inside = close < 0 ? action.simplified() : action.mid(open + 7, close - open - 7);
    return arrows.value(inside.toLower(), inside);
}

StepStrip::StepStrip(const OpenEpisode &episode, QWidget *parent)
    : QAbstractScrollArea(parent), m_episode(episode)
{
    setAccessibleName(tr("Steps"));
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFixedHeight(sizeHint().height());
}

void StepStrip::refresh()
{
    m_cellWidth
        = BoardView::hasArrows(gameOf(m_episode.info().spec.envId)) ? arrowWidth : wordWidth;
    const qint64 width = (m_episode.steps() + 1) * qint64(m_cellWidth);
    horizontalScrollBar()->setSingleStep(m_cellWidth);
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setRange(
        0, int(std::clamp<qint64>(width - viewport()->width(), 0, INT_MAX)));
    viewport()->update();
}

void StepStrip::setCurrent(qsizetype step)
{
    m_current = std::clamp<qsizetype>(step, 0, m_episode.steps());
    const int left = int(m_current * m_cellWidth);
    QScrollBar *bar = horizontalScrollBar();
    if (left < bar->value())
        bar->setValue(left);
    else if (left + m_cellWidth > bar->value() + viewport()->width())
        bar->setValue(left + m_cellWidth - viewport()->width());
    if (m_episode.isOpen() && m_current > 0) {
        const StepFacts facts = m_episode.facts(m_current);
        setAccessibleDescription(tr("Step %1 of %2: %3, reward %4")
                                     .arg(m_current)
                                     .arg(m_episode.steps())
                                     .arg(shortAction(facts.action), cellReward(facts.reward)));
    } else {
        setAccessibleDescription(tr("The start, of %1 steps").arg(m_episode.steps()));
    }
    viewport()->update();
}

void StepStrip::setMarked(qsizetype step)
{
    m_marked = step;
    viewport()->update();
}

void StepStrip::paintCell(QPainter &painter, qsizetype step)
{
    ++m_painted;
    const Look &colors = look();
    const QRectF cell(double(step * m_cellWidth - horizontalScrollBar()->value()) + .5,
                      stripTop + .5, m_cellWidth - 1, cellHeight - 1);
    const StepFacts facts = step > 0 ? m_episode.facts(step) : StepFacts();
    const bool current = step == m_current;
    const QColor ground = current ? colors.color(Tone::Selection)
        : facts.reward > 0        ? colors.stateSoft(State::Success)
        : facts.reward < 0        ? colors.stateSoft(State::Failed)
                                  : colors.color(Tone::Raised);
    painter.setBrush(ground);
    painter.setPen(current                            ? QPen(colors.color(Tone::Focus), 2)
                       : step == m_marked && step > 0 ? QPen(colors.state(State::Warning), 2)
                                                      : QPen(colors.color(Tone::Border), 1));
    painter.drawRect(current ? cell.adjusted(1, 1, -1, -1) : cell);
    const QRectF upper(cell.x() + 3, cell.y() + 3, cell.width() - 6, 20);
    const QRectF lower(cell.x() + 3, cell.y() + 23, cell.width() - 6, 16);
    painter.setFont(themeFont(Type::Small, current ? QFont::DemiBold : QFont::Normal));
    painter.setPen(colors.color(current ? Tone::OnSelection : Tone::Text));
    const QString text = step == 0 ? tr("start") : shortAction(facts.action);
    painter.drawText(
        upper, Qt::AlignCenter,
        painter.fontMetrics().elidedText(text.left(64), Qt::ElideRight, int(upper.width())));
    painter.setFont(themeFont(Type::Micro));
    if (step > 0) {
        painter.setPen(facts.reward > 0       ? colors.state(State::Success)
                           : facts.reward < 0 ? colors.state(State::Failed)
                                              : colors.color(Tone::TextSecondary));
        const QString end = facts.truncated ? QStringLiteral(" ⏱")
            : facts.terminated              ? QStringLiteral(" ■")
                                            : QString();
        painter.drawText(lower, Qt::AlignCenter, cellReward(facts.reward) + end);
    }
    if (step % 5 == 0) {
        painter.setPen(colors.color(Tone::TextSecondary));
        painter.drawText(QRectF(cell.x(), cell.bottom() + 2, cell.width(), 16), Qt::AlignCenter,
                         QString::number(step));
    }
}

void StepStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), look().color(Tone::Surface));
    if (m_episode.isOpen())
        paintCells(painter);
    if (hasFocus())
        paintFocusRing(painter, viewport()->rect(), look());
}

void StepStrip::paintCells(QPainter &painter)
{
    const int offset = horizontalScrollBar()->value();
    const qsizetype first = offset / m_cellWidth;
    const qsizetype last
        = std::min<qsizetype>((offset + viewport()->width()) / m_cellWidth, m_episode.steps());
    for (qsizetype step = first; step <= last; ++step)
        paintCell(painter, step);
}

void StepStrip::resizeEvent(QResizeEvent *)
{
    refresh();
}

void StepStrip::keyPressEvent(QKeyEvent *event)
{
    const qsizetype page = std::max(1, viewport()->width() / m_cellWidth - 1);
    const QHash<int, qsizetype> moves{{Qt::Key_Left, m_current - 1},
                                      {Qt::Key_Right, m_current + 1},
                                      {Qt::Key_PageUp, m_current - page},
                                      {Qt::Key_PageDown, m_current + page},
                                      {Qt::Key_Home, 0},
                                      {Qt::Key_End, m_episode.steps()}};
    const auto move = moves.constFind(event->key());
    if (move == moves.constEnd())
        QAbstractScrollArea::keyPressEvent(event);
    else
        Q_EMIT stepChosen(std::clamp<qsizetype>(*move, 0, m_episode.steps()));
}

void StepStrip::choose(double x)
{
    const qsizetype step = (qsizetype(x) + horizontalScrollBar()->value()) / m_cellWidth;
    if (m_episode.isOpen())
        Q_EMIT stepChosen(std::clamp<qsizetype>(step, 0, m_episode.steps()));
}

void StepStrip::mousePressEvent(QMouseEvent *event)
{
    setFocus(Qt::MouseFocusReason);
    choose(event->position().x());
}

void StepStrip::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        choose(event->position().x());
}

void StepStrip::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        viewport()->update();
}

void StepStrip::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void StepStrip::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace quarry::widgets
