// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/terminal/markscrollbar.h"

#include "widgets/theme/style.h"

#include <QPainter>

#include <algorithm>

namespace quarry::widgets {

MarkScrollBar::MarkScrollBar(QWidget *parent) : QScrollBar(Qt::Vertical, parent)
{
    setAccessibleName(tr("Scrollback"));
}

void MarkScrollBar::setMarks(const std::vector<terminal::Match> &matches, int current,
                             std::uint64_t first, std::uint64_t lines)
{
    std::vector<float> marks;
    const float step = 1.0F / float(std::max(1, height()));
    const auto place = [&](const terminal::Match &match) {
        return float(double(match.begin.line - std::min(first, match.begin.line))
                     / double(std::max<std::uint64_t>(1, lines)));
    };
    for (const terminal::Match &match : matches) {
        const float at = place(match);
        if (marks.empty() || at - marks.back() >= step)
            marks.push_back(at);
    }
    const float chosen = current < 0 ? -1 : place(matches[size_t(current)]);
    if (marks == m_marks && chosen == m_current)
        return;
    m_marks = std::move(marks);
    m_current = chosen;
    update();
}

void MarkScrollBar::paintEvent(QPaintEvent *event)
{
    QScrollBar::paintEvent(event);
    QPainter painter(this);
    const auto paint = [&](float at, const QColor &ink) {
        painter.fillRect(QRectF(1, qreal(at) * (height() - 2), width() - 2, 2), ink);
    };
    for (const float mark : m_marks)
        paint(mark, look().state(State::Warning));
    if (m_current >= 0)
        paint(m_current, look().color(Tone::Accent));
}

} // namespace quarry::widgets
