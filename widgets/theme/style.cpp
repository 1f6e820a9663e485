// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/style.h"

#include "widgets/theme/buttonkind.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/stylepainters.h"

#include <QAbstractButton>
#include <QApplication>
#include <QFocusFrame>
#include <QFrame>
#include <QMenu>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStyleOption>
#include <QTabBar>

#include <algorithm>

namespace quarry::widgets {

namespace {

template <typename Option>
const Option &as(const QStyleOption *option)
{
    return *static_cast<const Option *>(option);
}

// The controls that show the keyboard by a ring around them.
bool wantsRing(const QWidget *widget)
{
    const bool button = qobject_cast<const QAbstractButton *>(widget);
    const bool scrolled = qobject_cast<const QScrollArea *>(widget);
    const auto *text = qobject_cast<const QPlainTextEdit *>(widget);
    const bool read = text && text->isReadOnly() && text->frameShape() == QFrame::NoFrame;
    return (button || scrolled || read) && !widget->property("ownFocus").toBool();
}

} // namespace

Style::Style(Look look) : QProxyStyle(QStringLiteral("Fusion")), m_look(std::move(look))
{
    connect(qApp, &QApplication::focusChanged, this,
            [this](QWidget *, QWidget *now) { moveFocusRing(now); });
}

Style::~Style()
{
    delete m_ring;
}

const Look &look()
{
    if (const auto *style = qobject_cast<const Style *>(QApplication::style()))
        return style->look();
    static const Look fallback(Scheme::Light);
    return fallback;
}

void Style::moveFocusRing(QWidget *focused)
{
    if (!wantsRing(focused)) {
        delete m_ring;
        return;
    }
    if (!m_ring)
        m_ring = new QFocusFrame;
    m_ring->setWidget(focused);
}

void Style::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QTabBar *>(widget))
        widget->setAttribute(Qt::WA_Hover);
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    switch (element) {
    case PE_PanelButtonCommand:
    case PE_PanelButtonTool:
        paintButtonFace(*painter, *option, m_look, widget, element == PE_PanelButtonTool);
        return;
    case PE_PanelLineEdit:
        if (as<QStyleOptionFrame>(option).lineWidth > 0)
            paintInputFace(*painter, *option, m_look, widget);
        else
            painter->fillRect(option->rect, option->palette.brush(QPalette::Base));
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        paintCheckBox(*painter, *option, m_look);
        return;
    case PE_IndicatorRadioButton:
        paintRadioButton(*painter, *option, m_look);
        return;
    case PE_PanelItemViewRow:
        return;
    case PE_PanelItemViewItem:
        paintItemBackground(*painter, *option, m_look);
        return;
    case PE_PanelMenu:
    case PE_FrameMenu:
        painter->fillRect(option->rect, m_look.color(Tone::Raised));
        paintFace(*painter, option->rect, 0, {}, m_look.color(Tone::BorderStrong));
        return;
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, m_look.color(Tone::Tooltip));
        return;
    case PE_FrameTabBarBase:
        painter->fillRect(
            QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
            m_look.color(Tone::Border));
        return;
    case PE_FrameTabWidget:
    case PE_FrameLineEdit:
    case PE_FrameFocusRect: // rings, borders and rows show it
    case PE_FrameStatusBarItem:
        return;
    case PE_Frame:
        paintFace(*painter, option->rect, 0, {}, m_look.color(Tone::Border));
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                        const QWidget *widget) const
{
    switch (element) {
    case CE_PushButtonBevel: {
        const auto &button = as<QStyleOptionButton>(option);
        const bool flat = button.features.testFlag(QStyleOptionButton::Flat)
            || buttonKind(widget) == ButtonKind::Flat;
        paintButtonFace(*painter, button, m_look, widget, flat);
        return;
    }
    case CE_PushButtonLabel:
        paintButtonLabel(*painter, as<QStyleOptionButton>(option), m_look, widget);
        return;
    case CE_Header:
        paintHeader(*painter, as<QStyleOptionHeader>(option), m_look);
        return;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, m_look.color(Tone::Raised));
        painter->fillRect(
            QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
            m_look.color(Tone::Border));
        return;
    case CE_TabBarTab:
        paintTab(*painter, as<QStyleOptionTab>(option), m_look);
        return;
    case CE_MenuItem:
        paintMenuItem(*painter, as<QStyleOptionMenuItem>(option), m_look, widget);
        return;
    case CE_MenuEmptyArea:
        return;
    case CE_ProgressBar:
        paintProgress(*painter, as<QStyleOptionProgressBar>(option), m_look);
        return;
    case CE_Splitter:
        painter->fillRect(
            option->rect,
            m_look.color(option->state.testFlag(State_MouseOver) ? Tone::Accent : Tone::Border));
        return;
    case CE_FocusFrame:
        paintFocusRing(*painter, option->rect, m_look);
        return;
    case CE_ShapedFrame: {
        const auto shape = as<QStyleOptionFrame>(option).frameShape;
        const bool popup = widget && widget->isWindow();
        if (shape == QFrame::HLine || shape == QFrame::VLine)
            painter->fillRect(option->rect, m_look.color(Tone::Border));
        else if (shape != QFrame::NoFrame)
            paintFace(*painter, option->rect, 0, {},
                      m_look.color(popup ? Tone::BorderStrong : Tone::Border));
        return;
    }
    case CE_ToolBar:
    case CE_SizeGrip:
        return;
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                               QPainter *painter, const QWidget *widget) const
{
    const auto part = [&](SubControl sub) { return subControlRect(control, option, sub, widget); };
    switch (control) {
    case CC_ComboBox:
        paintComboBox(*painter, as<QStyleOptionComboBox>(option), m_look, part(SC_ComboBoxArrow),
                      widget);
        return;
    case CC_SpinBox:
        paintSpinBox(*painter, as<QStyleOptionSpinBox>(option), m_look, part(SC_SpinBoxUp),
                     part(SC_SpinBoxDown), widget);
        return;
    case CC_ToolButton:
        paintToolButton(*painter, as<QStyleOptionToolButton>(option), m_look);
        return;
    case CC_ScrollBar:
        paintScrollBar(*painter, as<QStyleOptionSlider>(option), part(SC_ScrollBarSlider), m_look);
        return;
    default:
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_SplitterWidth:
    case PM_DefaultFrameWidth:
    case PM_MenuPanelWidth:
        return 1;
    case PM_MenuVMargin:
        return measures::SpaceXs;
    case PM_MenuHMargin:
    case PM_MenuTearoffHeight:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabOverlap:
    case PM_TabBarBaseOverlap:
    case PM_ScrollView_ScrollBarSpacing:
    case PM_ScrollView_ScrollBarOverlap:
        return 0;
    case PM_ScrollBarExtent:
        return measures::ScrollBar;
    case PM_ScrollBarSliderMin:
        return 24;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 14;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return measures::SpaceS;
    case PM_ToolTipLabelFrameWidth:
        return 5;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ListViewIconSize:
    case PM_LineEditIconSize:
    case PM_TabBarIconSize:
        return measures::IconNormal;
    case PM_FocusFrameHMargin:
    case PM_FocusFrameVMargin:
        return measures::FocusRing + measures::FocusGap;
    case PM_LayoutLeftMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutBottomMargin:
        return measures::SpaceM;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return measures::SpaceS;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                     QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_FocusFrame_AboveWidget:
    case SH_ItemView_ShowDecorationSelected:
    case SH_ScrollBar_LeftClickAbsolutePosition:
    case SH_Menu_MouseTracking:
        return 1;
    case SH_FocusFrame_Mask:
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_ComboBox_Popup:
    case SH_UnderlineShortcut:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_ItemView_ArrowKeysNavigateIntoChildren:
        return 0;
    case SH_ComboBox_PopupFrameStyle:
        return int(QFrame::Box) | int(QFrame::Plain);
    case SH_Widget_Animation_Duration: // nothing fades or slides: less to wait for
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                              const QWidget *widget) const
{
    const int control = isSmallButton(widget) ? measures::ControlSmall - 2 : measures::Control - 2;
    switch (type) {
    case CT_PushButton: {
        const auto &button = as<QStyleOptionButton>(option);
        const int icon = button.icon.isNull() ? 0 : button.iconSize.width();
        if (button.text.isEmpty())
            return {control, control};
        QFont font = widget ? widget->font() : QApplication::font();
        if (buttonKind(widget) == ButtonKind::Primary)
            font.setWeight(QFont::Medium);
        const int text = QFontMetrics(font).size(Qt::TextShowMnemonic, button.text).width();
        const int menu = button.features.testFlag(QStyleOptionButton::HasMenu) ? 18 : 0;
        const int sides = isSmallButton(widget) ? 18 : 22;
        return {text + (icon ? icon + 6 : 0) + menu + sides, control};
    }
    case CT_ToolButton:
        return QSize(control, control).expandedTo(size + QSize(8, 6));
    case CT_LineEdit:
        return {size.width() + 12, control};
    case CT_ComboBox:
        return {size.width() + 38, control};
    case CT_SpinBox:
        return {size.width() + 12, control};
    case CT_TabBarTab:
        return {size.width(), measures::TabBar};
    case CT_MenuItem: {
        const auto &item = as<QStyleOptionMenuItem>(option);
        if (item.menuItemType == QStyleOptionMenuItem::Separator)
            return {10, measures::SpaceS + 1};
        const QFontMetrics small(themeFont(Type::Micro));
        const int shortcut = small.horizontalAdvance(menuItemShortcut(item.text));
        const int text
            = item.fontMetrics.size(Qt::TextShowMnemonic, menuItemText(item.text)).width();
        return {text + shortcut + 10 + 16 + 8 + 24 + 24, measures::Control - 2};
    }
    case CT_HeaderSection: {
        const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
        return {base.width() + measures::SpaceL, measures::TableHeader};
    }
    case CT_ProgressBar:
        return {std::max(size.width(), 80), measures::SpaceM};
    case CT_ItemViewItem: {
        const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
        return {base.width(), std::max(base.height(), measures::RowDense)};
    }
    default:
        return QProxyStyle::sizeFromContents(type, option, size, widget);
    }
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                            SubControl subControl, const QWidget *widget) const
{
    if (control == CC_ScrollBar) {
        const auto &bar = as<QStyleOptionSlider>(option);
        const bool vertical = bar.orientation == Qt::Vertical;
        const int length = vertical ? bar.rect.height() : bar.rect.width();
        const qint64 range = qint64(bar.maximum) - bar.minimum;
        int thumb = length;
        if (range > 0)
            thumb = int(qint64(bar.pageStep) * length / (range + std::max(1, bar.pageStep)));
        thumb = std::clamp(thumb, std::min(24, length), length);
        const int at = sliderPositionFromValue(bar.minimum, bar.maximum, bar.sliderPosition,
                                               length - thumb, bar.upsideDown);
        const auto span = [&](int from, int size) {
            const QRect &r = bar.rect;
            return visualRect(bar.direction, r,
                              vertical ? QRect(r.x(), r.y() + from, r.width(), size)
                                       : QRect(r.x() + from, r.y(), size, r.height()));
        };
        switch (subControl) {
        case SC_ScrollBarSlider:
            return span(at, thumb);
        case SC_ScrollBarSubPage:
            return span(0, at);
        case SC_ScrollBarAddPage:
            return span(at + thumb, length - at - thumb);
        case SC_ScrollBarGroove:
            return bar.rect;
        default:
            return {};
        }
    }
    if (control == CC_ComboBox) {
        const QRect &r = option->rect;
        if (subControl == SC_ComboBoxArrow)
            return visualRect(option->direction, r, QRect(r.right() - 25, r.top(), 26, r.height()));
        if (subControl == SC_ComboBoxEditField)
            return visualRect(option->direction, r, r.adjusted(6, 2, -26, -2));
    }
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

QRect Style::subElementRect(SubElement element, const QStyleOption *option,
                            const QWidget *widget) const
{
    if (element == SE_LineEditContents)
        return QProxyStyle::subElementRect(element, option, widget).adjusted(4, 0, -4, 0);
    return QProxyStyle::subElementRect(element, option, widget);
}

} // namespace quarry::widgets
