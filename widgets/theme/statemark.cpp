// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/statemark.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

namespace quarry::widgets {

namespace {

QPen pen(const QColor &color, qreal width)
{
    return QPen(color, width, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin);
}

void paintTriangle(QPainter &painter, const QColor &ink)
{
    painter.setBrush(ink);
    painter.drawPolygon(QPolygonF({{3, 1.5}, {3, 10.5}, {10.5, 6}}));
}

void paintRing(QPainter &painter, const QColor &ink)
{
    painter.setBrush(ink);
    QPainterPath quarter(QPointF(6, 6));
    quarter.arcTo(QRectF(1.5, 1.5, 9, 9), 0, 90);
    painter.drawPath(quarter);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(pen(ink, 1.5));
    painter.drawEllipse(QPointF(6, 6), 4.25, 4.25);
}

void paintCross(QPainter &painter, const QColor &ink, const QColor &ground)
{
    painter.setBrush(ink);
    painter.drawRoundedRect(QRectF(1, 1, 10, 10), 1.5, 1.5);
    painter.setPen(pen(ground, 1.5));
    painter.drawLine(QPointF(4, 4), QPointF(8, 8));
    painter.drawLine(QPointF(8, 4), QPointF(4, 8));
}

void paintSquare(QPainter &painter, const QColor &ink)
{
    painter.setPen(pen(ink, 1.5));
    painter.drawRoundedRect(QRectF(2.25, 2.25, 7.5, 7.5), 1, 1);
}

void paintTick(QPainter &painter, const QColor &ink, const QColor &ground)
{
    painter.setBrush(ink);
    painter.drawEllipse(QPointF(6, 6), 5, 5);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(pen(ground, 1.5));
    painter.drawPolyline(QPolygonF({{3.7, 6.2}, {5.3, 7.8}, {8.3, 4.4}}));
}

void paintWarning(QPainter &painter, const QColor &ink, const QColor &ground)
{
    painter.setBrush(ink);
    painter.drawPolygon(QPolygonF({{6, 1}, {11.5, 11}, {0.5, 11}}));
    painter.setPen(pen(ground, 1.3));
    painter.drawLine(QPointF(6, 4.5), QPointF(6, 7.5));
    painter.drawLine(QPointF(6, 8.7), QPointF(6, 9.7));
}

} // namespace

void paintStateMark(QPainter &painter, const QRectF &rect, State state, const QColor &ink,
                    const QColor &ground)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(rect.topLeft());
    painter.scale(rect.width() / 12, rect.height() / 12);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Qt::NoBrush);
    switch (state) {
    case State::Running:
        paintTriangle(painter, ink);
        break;
    case State::Waiting:
        paintRing(painter, ink);
        break;
    case State::Failed:
        paintCross(painter, ink, ground);
        break;
    case State::Stopped:
        paintSquare(painter, ink);
        break;
    case State::Success:
        paintTick(painter, ink, ground);
        break;
    case State::Warning:
        paintWarning(painter, ink, ground);
        break;
    }
    painter.restore();
}

QString stateWord(State state)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("State", text); };
    switch (state) {
    case State::Running:
        return tr(QT_TRANSLATE_NOOP("State", "running"));
    case State::Waiting:
        return tr(QT_TRANSLATE_NOOP("State", "waiting"));
    case State::Failed:
        return tr(QT_TRANSLATE_NOOP("State", "failed"));
    case State::Stopped:
        return tr(QT_TRANSLATE_NOOP("State", "stopped"));
    case State::Success:
        return tr(QT_TRANSLATE_NOOP("State", "done"));
    case State::Warning:
        return tr(QT_TRANSLATE_NOOP("State", "warning"));
    }
    Q_UNREACHABLE();
}

} // namespace quarry::widgets
