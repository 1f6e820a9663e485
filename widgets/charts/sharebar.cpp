// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/sharebar.h"

#include "widgets/common/accessiblerole.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/style.h"

#include <QPainter>

#include <algorithm>

namespace quarry::widgets {

namespace {
constexpr int BarHeight = 12;
constexpr int SmallestPart = 2;
} // namespace

ShareBar::ShareBar(const QString &name, QWidget *parent) : QWidget(parent)
{
    setAccessibleRole(this, QAccessible::Chart);
    setAccessibleName(name);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ShareBar::setParts(const QList<Part> &parts)
{
    m_parts = parts;
    QStringList spoken;
    for (const Part &part : parts)
        spoken.append(part.name + u' ' + part.value);
    setAccessibleDescription(spoken.join(QStringLiteral(", ")));
    update();
}

QSize ShareBar::sizeHint() const
{
    const int text = QFontMetrics(themeFont(Type::Small)).height();
    return {320, 3 * measures::SpaceM + BarHeight + text};
}

QSize ShareBar::minimumSizeHint() const
{
    return {120, sizeHint().height()};
}

void ShareBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(themeFont(Type::Small));
    const QFontMetrics metrics = painter.fontMetrics();
    const QRect bar(measures::SpaceM, measures::SpaceM, width() - 2 * measures::SpaceM, BarHeight);
    painter.fillRect(bar, look().color(Tone::BarTrack));
    const QList<QColor> colors = look().chart();
    int x = bar.left();
    int label = bar.left();
    const int base = bar.bottom() + measures::SpaceM;
    for (qsizetype i = 0; i < std::min(m_parts.size(), colors.size()); ++i) {
        const Part &part = m_parts[i];
        if (part.share > 0) {
            const int wide = std::min(std::max(SmallestPart, int(part.share * bar.width())),
                                      bar.right() + 1 - x);
            painter.fillRect(QRect(x, bar.top(), std::max(0, wide - 1), bar.height()), colors[i]);
            x += wide;
        }
        const int side = measures::SpaceS;
        const int name = metrics.horizontalAdvance(part.name);
        const int value = metrics.horizontalAdvance(part.value);
        if (label + side + 2 * measures::SpaceXs + name + value > bar.right())
            break;
        painter.fillRect(QRect(label, base + (metrics.height() - side) / 2, side, side), colors[i]);
        label += side + measures::SpaceXs;
        painter.setPen(look().color(Tone::Text));
        painter.drawText(label, base + metrics.ascent(), part.name);
        label += name + measures::SpaceXs;
        painter.setPen(look().color(Tone::TextSecondary));
        painter.drawText(label, base + metrics.ascent(), part.value);
        label += value + measures::SpaceM;
    }
}

} // namespace quarry::widgets
