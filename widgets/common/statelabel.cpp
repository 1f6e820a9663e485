// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/statelabel.h"

#include "widgets/common/accessiblerole.h"
#include "widgets/common/format.h"
#include "widgets/theme/figures.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/statemark.h"
#include "widgets/theme/style.h"
#include "widgets/theme/stylepainters.h"

#include <QPainter>

namespace quarry::widgets {

namespace {
constexpr int BadgeHeight = 18;
constexpr qsizetype LongestTip = 2000;
constexpr qsizetype LongestWord = 80; // the rest is for readers and the tip
} // namespace

StateLabel::StateLabel(Face face, QWidget *parent) : QWidget(parent), m_face(face)
{
    setAccessibleRole(this, QAccessible::StaticText);
    setFont(themeFont(Type::Small));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setState(State::Stopped);
}

void StateLabel::setState(State state, const QString &word)
{
    const QString shown = word.isEmpty() ? stateWord(state) : word;
    if (state == m_state && shown == accessibleName())
        return;
    m_state = state;
    m_word = oneLine(shown, LongestWord);
    setAccessibleName(shown);
    setToolTip(m_face == MarkOnly || shown != m_word ? shown.left(LongestTip).toHtmlEscaped()
                                                     : QString());
    updateGeometry();
    update();
}

QSize StateLabel::sizeHint() const
{
    if (m_face == MarkOnly)
        return {measures::StateMark, measures::StateMark};
    const int text = int(figuresWidth(QWidget::font(), m_word)) + 1;
    const bool badge = m_face == Badge;
    return {measures::StateMark + (badge ? 4 + 14 : 6) + text, badge ? BadgeHeight : 16};
}

void StateLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Look &colors = look();
    QColor ground = palette().color(QPalette::Window);
    QColor ink = colors.color(Tone::Text);
    int left = 0;
    if (m_face == Badge) {
        ground = colors.stateSoft(m_state);
        ink = colors.state(m_state);
        paintFace(painter, rect(), measures::RadiusPill, ground, {});
        left = 6;
    }
    const QRectF mark(left, (height() - measures::StateMark) / 2.0, measures::StateMark,
                      measures::StateMark);
    paintStateMark(painter, mark, m_state, colors.state(m_state), ground);
    if (m_face == MarkOnly)
        return;
    painter.setPen(ink);
    painter.setFont(QWidget::font());
    const qreal x = mark.right() + (m_face == Badge ? 4 : 6);
    paintFigures(painter, QRectF(x, 0, width() - x, height()), Qt::AlignLeft, m_word);
}

} // namespace quarry::widgets
