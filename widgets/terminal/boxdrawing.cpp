// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/terminal/boxdrawing.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace quarry::widgets {

namespace {

enum Weight { None, Light, Heavy, Double };

// Of U+2500 to U+257F, five letters each: the weights of the arms up, right, down, left. None at
// all: the font draws it.
constexpr char arms[]
    = "0101 0202 1010 2020 0000 0000 0000 0000 0000 0000 0000 0000 0110 0210 0120 0220 "
      "0011 0012 0021 0022 1100 1200 2100 2200 1001 1002 2001 2002 1110 1210 2110 1120 "
      "2120 2210 1220 2220 1011 1012 2011 1021 2021 2012 1022 2022 0111 0112 0211 0212 "
      "0121 0122 0221 0222 1101 1102 1201 1202 2101 2102 2201 2202 1111 1112 1211 1212 "
      "2111 1121 2121 2112 2211 1122 1221 2212 1222 2122 2221 2222 0000 0000 0000 0000 "
      "0303 3030 0310 0130 0330 0013 0031 0033 1300 3100 3300 1003 3001 3003 1310 3130 "
      "3330 1013 3031 3033 0313 0131 0333 1303 3101 3303 1313 3131 3333 0000 0000 0000 "
      "0000 0000 0000 0000 0001 1000 0100 0010 0002 2000 0200 0020 0201 1020 0102 2010 ";

struct Pen {
    QPainter &painter;
    QRectF cell;
    QColor ink;
    qreal line;

    qreal snapped(qreal at) const { return std::round(at / line) * line; }
    qreal middleX() const { return snapped(cell.center().x() - line / 2); }
    qreal middleY() const { return snapped(cell.center().y() - line / 2); }
    void fill(qreal left, qreal top, qreal right, qreal bottom) const
    {
        painter.fillRect(QRectF(QPointF(left, top), QPointF(right, bottom)), ink);
    }
};

// An arm that goes from the middle to an edge, told by coordinates along and across it. SIGN is -1
// for up and left. ONE and OTHER are the arms across, at the lower and the higher side.
void paintArm(const Pen &pen, bool upright, int sign, int weight, int one, int other)
{
    const qreal along = upright ? pen.middleY() : pen.middleX();
    const qreal across = upright ? pen.middleX() : pen.middleY();
    const qreal edge = upright ? (sign < 0 ? pen.cell.top() : pen.cell.bottom())
                               : (sign < 0 ? pen.cell.left() : pen.cell.right());
    const auto paint = [&](qreal begin, qreal at, qreal thick) {
        const qreal near = begin + (sign < 0 ? pen.line : 0);
        const auto [from, to] = std::minmax({near, edge});
        if (upright)
            pen.fill(at, from, at + thick, to);
        else
            pen.fill(from, at, to, at + thick);
    };
    if (weight == Double) {
        const auto begin = [&](int near, int far) {
            const qreal step = near == Double ? pen.line : far == Double ? -pen.line : 0;
            return along + sign * step;
        };
        paint(begin(one, other), across - pen.line, pen.line);
        paint(begin(other, one), across + pen.line, pen.line);
        return;
    }
    const qreal thick = weight == Heavy ? 3 * pen.line : pen.line;
    const bool doubled = one == Double || other == Double;
    // Corners are closed; a single line meets the nearer of two.
    const qreal reach = std::max(one, other) == Heavy ? pen.line : 0;
    const qreal begin = doubled ? along + (one == other ? sign * pen.line : -sign * pen.line)
                                : along - sign * reach;
    paint(begin, across - (thick - pen.line) / 2, thick);
}

bool paintArms(const Pen &pen, const char *arm)
{
    const int up = arm[0] - '0', right = arm[1] - '0', down = arm[2] - '0', left = arm[3] - '0';
    if (up > 0)
        paintArm(pen, true, -1, up, left, right);
    if (down > 0)
        paintArm(pen, true, 1, down, left, right);
    if (left > 0)
        paintArm(pen, false, -1, left, up, down);
    if (right > 0)
        paintArm(pen, false, 1, right, up, down);
    return up + right + down + left > 0;
}

// U+256D to U+2570: a quarter of a circle between the middles of two edges.
void paintCorner(const Pen &pen, int which)
{
    const bool toRight = which == 0 || which == 3;
    const bool toBottom = which < 2;
    const QPointF middle(pen.middleX() + pen.line / 2, pen.middleY() + pen.line / 2);
    const qreal x = toRight ? pen.cell.right() : pen.cell.left();
    const qreal y = toBottom ? pen.cell.bottom() : pen.cell.top();
    const qreal radius = std::min(std::abs(x - middle.x()), std::abs(y - middle.y()));
    QPainterPath path(QPointF(middle.x(), y));
    path.lineTo(middle.x(), middle.y() + (toBottom ? radius : -radius));
    path.quadTo(middle, {middle.x() + (toRight ? radius : -radius), middle.y()});
    path.lineTo(x, middle.y());
    pen.painter.save();
    pen.painter.setRenderHint(QPainter::Antialiasing);
    pen.painter.setBrush(Qt::NoBrush);
    pen.painter.setPen(QPen(pen.ink, pen.line, Qt::SolidLine, Qt::FlatCap));
    pen.painter.drawPath(path);
    pen.painter.restore();
}

// U+2580 to U+259F.
void paintBlock(const Pen &pen, char32_t code)
{
    const QRectF &cell = pen.cell;
    const auto part = [&](qreal left, qreal top, qreal right, qreal bottom) {
        const auto x = [&](qreal at) { return pen.snapped(cell.left() + cell.width() * at); };
        const auto y = [&](qreal at) { return pen.snapped(cell.top() + cell.height() * at); };
        pen.fill(left <= 0 ? cell.left() : x(left), top <= 0 ? cell.top() : y(top),
                 right >= 1 ? cell.right() : x(right), bottom >= 1 ? cell.bottom() : y(bottom));
    };
    if (code == 0x2580)
        part(0, 0, 1, 0.5);
    else if (code <= 0x2588)
        part(0, 1 - (code - 0x2580) / 8.0, 1, 1);
    else if (code <= 0x258f)
        part(0, 0, (0x2590 - code) / 8.0, 1);
    else if (code == 0x2590)
        part(0.5, 0, 1, 1);
    else if (code <= 0x2593) {
        QColor shade = pen.ink;
        shade.setAlphaF(float(code - 0x2590) / 4);
        pen.painter.fillRect(cell, shade);
    } else if (code == 0x2594)
        part(0, 0, 1, 0.125);
    else if (code == 0x2595)
        part(0.875, 0, 1, 1);
    else {
        // Quarters: upper left 1, upper right 2, lower left 4, lower right 8.
        constexpr int quarters[] = {4, 8, 1, 13, 9, 7, 11, 2, 6, 14};
        const int set = quarters[code - 0x2596];
        for (int i = 0; i < 4; ++i) {
            if (set & 1 << i)
                part(i & 1 ? 0.5 : 0, i & 2 ? 0.5 : 0, i & 1 ? 1 : 0.5, i & 2 ? 1 : 0.5);
        }
    }
}

} // namespace

bool paintBox(QPainter &painter, const QRectF &cell, char32_t code, const QColor &ink, qreal line)
{
    if (code < 0x2500 || code > 0x259f)
        return false;
    const Pen pen{painter, cell, ink, line};
    if (code >= 0x2580) {
        paintBlock(pen, code);
        return true;
    }
    if (code >= 0x256d && code <= 0x2570) {
        paintCorner(pen, int(code) - 0x256d);
        return true;
    }
    return paintArms(pen, &arms[(code - 0x2500) * 5]);
}

} // namespace quarry::widgets
