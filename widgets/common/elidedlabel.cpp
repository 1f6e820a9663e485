// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/elidedlabel.h"

#include "widgets/common/format.h"
#include "widgets/theme/style.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace quarry::widgets {

namespace {
constexpr qsizetype LongestTip = 2000;
}

ElidedLabel::ElidedLabel(const QString &text, QWidget *parent) : QLabel(text, parent)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidedLabel::setType(Type type, QFont::Weight weight)
{
    setFont(themeFont(type, weight));
}

void ElidedLabel::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

void ElidedLabel::setElide(Qt::TextElideMode mode)
{
    m_elide = mode;
    update();
}

QSize ElidedLabel::sizeHint() const
{
    const QFontMetrics metrics(QWidget::font());
    return {metrics.horizontalAdvance(oneLine(text())) + 2, metrics.height() + 2};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {std::min(32, sizeHint().width()), sizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(look().color(isEnabled() ? m_tone : Tone::TextDisabled));
    const QString shown = painter.fontMetrics().elidedText(oneLine(text()), m_elide, width());
    painter.drawText(rect(), int(alignment() | Qt::AlignVCenter) | Qt::TextSingleLine, shown);
}

bool ElidedLabel::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty()) {
        const bool elided
            = QFontMetrics(QWidget::font()).horizontalAdvance(oneLine(text())) > width();
        QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(),
                           elided ? text().left(LongestTip).toHtmlEscaped() : QString(), this);
        return true;
    }
    return QLabel::event(event);
}

} // namespace quarry::widgets
