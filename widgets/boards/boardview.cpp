// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/boards/boardview.h"

#include "widgets/boards/boardpicture.h"
#include "widgets/common/accessiblerole.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/style.h"
#include "widgets/theme/stylepainters.h"

#include <QKeyEvent>
#include <QPainter>

namespace quarry::widgets {

namespace {

QString arrowAction(int key)
{
    switch (key) {
    case Qt::Key_Up:
        return QStringLiteral("\\boxed{up}");
    case Qt::Key_Down:
        return QStringLiteral("\\boxed{down}");
    case Qt::Key_Left:
        return QStringLiteral("\\boxed{left}");
    case Qt::Key_Right:
        return QStringLiteral("\\boxed{right}");
    default:
        return {};
    }
}

} // namespace

BoardView::BoardView(QWidget *parent) : QWidget(parent)
{
    setAccessibleRole(this, QAccessible::Graphic);
    setAccessibleName(tr("Board"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAttribute(Qt::WA_OpaquePaintEvent);
}

void BoardView::setScene(const BoardScene &scene)
{
    m_scene = scene;
    m_text.clear();
    describe();
    update();
}

void BoardView::setPlainText(const QString &text)
{
    m_scene = {};
    m_text = text;
    describe();
    update();
}

void BoardView::describe()
{
    setAccessibleDescription(m_text.isEmpty() ? boardInWords(m_scene) : m_text);
}

void BoardView::setPlayed(bool played)
{
    m_played = played;
}

bool BoardView::hasArrows(const QString &game)
{
    return game == u"Sokoban" || game == u"Game2048" || game == u"FifteenPuzzle";
}

void BoardView::keyPressEvent(QKeyEvent *event)
{
    const QString action
        = m_played && hasArrows(m_scene.game) ? arrowAction(event->key()) : QString();
    if (action.isEmpty())
        QWidget::keyPressEvent(event);
    else
        Q_EMIT moveChosen(action);
}

void BoardView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Look &colors = look();
    painter.fillRect(rect(), colors.color(Tone::Sunken));
    const QRect inner
        = rect().adjusted(measures::SpaceL, measures::SpaceL, -measures::SpaceL, -measures::SpaceL);
    if (!m_text.isEmpty()) {
        painter.setFont(themeFont(Type::Mono));
        painter.setPen(colors.color(Tone::TextSecondary));
        painter.drawText(inner, Qt::AlignCenter | Qt::TextWordWrap, m_text);
    } else {
        paintBoard(painter, inner, m_scene);
    }
    if (hasFocus())
        paintFocusRing(painter, rect(), colors);
}

void BoardView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        update();
}

void BoardView::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void BoardView::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

} // namespace quarry::widgets
