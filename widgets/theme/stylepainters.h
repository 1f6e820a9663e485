// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The faces that Style puts together: one function for each, without state.
#pragma once

#include "widgets/theme/look.h"

#include <QStyle>

class QPainter;
class QRect;
class QRectF;
class QStyleOption;
class QStyleOptionButton;
class QStyleOptionComboBox;
class QStyleOptionHeader;
class QStyleOptionMenuItem;
class QStyleOptionProgressBar;
class QStyleOptionSlider;
class QStyleOptionSpinBox;
class QStyleOptionTab;
class QStyleOptionToolButton;
class QWidget;

namespace quarry::widgets {

bool has(const QStyleOption &option, QStyle::StateFlag flag);

// A rounded face with a border of one device-independent pixel inside RECT.
void paintFace(QPainter &painter, const QRectF &rect, qreal radius, const QColor &fill,
               const QColor &border, qreal width = 1);
// A bar of use or progress: VALUE is 0…1 of the width.
void paintMeter(QPainter &painter, const QRectF &rect, qreal value, const QColor &ink,
                const QColor &track);
// Progress whose end is unknown: still stripes.
void paintStripes(QPainter &painter, const QRectF &rect, const QColor &ink, const QColor &track);

void paintButtonFace(QPainter &painter, const QStyleOption &option, const Look &look,
                     const QWidget *widget, bool flat);
void paintButtonLabel(QPainter &painter, const QStyleOptionButton &option, const Look &look,
                      const QWidget *widget);
void paintToolButton(QPainter &painter, const QStyleOptionToolButton &option, const Look &look);
void paintInputFace(QPainter &painter, const QStyleOption &option, const Look &look,
                    const QWidget *widget);
void paintCheckBox(QPainter &painter, const QStyleOption &option, const Look &look);
void paintRadioButton(QPainter &painter, const QStyleOption &option, const Look &look);
void paintComboBox(QPainter &painter, const QStyleOptionComboBox &option, const Look &look,
                   const QRect &arrow, const QWidget *widget);
void paintSpinBox(QPainter &painter, const QStyleOptionSpinBox &option, const Look &look,
                  const QRect &up, const QRect &down, const QWidget *widget);
void paintFocusRing(QPainter &painter, const QRect &rect, const Look &look);

void paintHeader(QPainter &painter, const QStyleOptionHeader &option, const Look &look);
void paintTab(QPainter &painter, const QStyleOptionTab &option, const Look &look);
void paintMenuItem(QPainter &painter, const QStyleOptionMenuItem &option, const Look &look,
                   const QWidget *widget);
void paintItemBackground(QPainter &painter, const QStyleOption &option, const Look &look);
void paintScrollBar(QPainter &painter, const QStyleOptionSlider &option, const QRect &thumb,
                    const Look &look);
void paintProgress(QPainter &painter, const QStyleOptionProgressBar &option, const Look &look);

// The text of a menu item without and with what follows its tab.
QString menuItemText(const QString &text);
QString menuItemShortcut(const QString &text);

} // namespace quarry::widgets
