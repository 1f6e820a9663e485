// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How the workbench's controls are drawn: Fusion's behaviour, our own faces.
#pragma once

#include "widgets/theme/look.h"

#include <QPointer>
#include <QProxyStyle>

class QFocusFrame;

namespace quarry::widgets {

// Set with QApplication::setStyle(). What has the keyboard is shown by a ring around it, drawn
// outside of the control (buttons, tabs of the rail) or as its border (inputs, lists).
class Style : public QProxyStyle
{
    Q_OBJECT
public:
    explicit Style(Look look);
    ~Style() override;

    const Look &look() const { return m_look; }
    // The caller sets the application's palette afterwards, which repaints every widget.
    void setLook(Look look) { m_look = std::move(look); }

    void polish(QWidget *widget) override;
    using QProxyStyle::polish;
    QPalette standardPalette() const override { return m_look.palette(); }

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                            QPainter *painter, const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option,
                    const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *returnData) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                           const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                         SubControl subControl, const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option,
                         const QWidget *widget) const override;

private:
    void moveFocusRing(QWidget *focused);

    Look m_look;
    QPointer<QFocusFrame> m_ring;
};

// The colours of the application's style; the light ones where the application has another style.
const Look &look();

} // namespace quarry::widgets
