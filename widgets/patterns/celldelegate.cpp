// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/patterns/celldelegate.h"

#include "widgets/common/format.h"
#include "widgets/common/meter.h"
#include "widgets/common/tableroles.h"
#include "widgets/patterns/tableview.h"
#include "widgets/theme/figures.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/statemark.h"
#include "widgets/theme/style.h"
#include "widgets/theme/stylepainters.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace quarry::widgets {

namespace {

constexpr int MeterWidth = 32;
constexpr int ProgressWidth = 72;
constexpr int MarkGap = 6;

QString cellText(const QModelIndex &index)
{
    return oneLine(index.data(Qt::DisplayRole).toString());
}

void paintBackground(QPainter &painter, const QStyleOptionViewItem &option, bool hovered)
{
    const Look &colors = look();
    QColor line = colors.color(Tone::Gridline);
    if (option.state.testFlag(QStyle::State_Selected)) {
        line = colors.color(option.state.testFlag(QStyle::State_Active) ? Tone::Selection
                                                                        : Tone::SelectionInactive);
        painter.fillRect(option.rect, line);
    } else if (hovered) {
        painter.fillRect(option.rect, colors.color(Tone::Hover));
    }
    const QRect &r = option.rect;
    painter.fillRect(QRect(r.left(), r.bottom(), r.width(), 1), line);
}

} // namespace

CellDelegate::CellDelegate(CellKind kind, QObject *parent)
    : QStyledItemDelegate(parent), m_kind(kind)
{
}

QFont CellDelegate::cellFont() const
{
    return themeFont(m_kind == CellKind::Id ? Type::MonoSmall : Type::Small);
}

int CellDelegate::barWidth() const
{
    return m_kind == CellKind::Progress ? ProgressWidth : MeterWidth;
}

QRect CellDelegate::contents(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *table = qobject_cast<const TableView *>(option.widget);
    const bool first = table && table->isFirstShown(index.column());
    const bool last = table && table->isLastShown(index.column());
    return option.rect.adjusted(first ? measures::SpaceM : measures::SpaceS, 0,
                                last ? -measures::SpaceM : -measures::SpaceS, -1);
}

QRect CellDelegate::textRect(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QRect rect = contents(option, index);
    if (m_kind == CellKind::State)
        rect.setLeft(rect.left() + measures::StateMark + MarkGap);
    if (m_kind == CellKind::Icon)
        rect.setLeft(rect.left() + measures::IconSmall + MarkGap);
    if (hasBar() && index.data(MeterRole).isValid())
        rect.setLeft(rect.left() + barWidth() + MarkGap);
    return rect;
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const auto *table = qobject_cast<const TableView *>(option.widget);
    painter->save();
    paintBackground(*painter, option, table && table->hoveredRow() == index.row());

    const Look &colors = look();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool enabled = index.flags().testFlag(Qt::ItemIsEnabled);
    const QRect rect = contents(option, index);
    const QRect place = textRect(option, index);
    if (m_kind == CellKind::State && index.data(StateRole).isValid()) {
        const auto state = State(index.data(StateRole).toInt());
        const QRectF mark(rect.left(), rect.center().y() - measures::StateMark / 2.0 + 1,
                          measures::StateMark, measures::StateMark);
        const Tone ground = selected ? Tone::Selection : Tone::Surface;
        paintStateMark(*painter, mark, state,
                       enabled ? colors.state(state) : colors.color(Tone::TextDisabled),
                       colors.color(ground));
    }
    if (m_kind == CellKind::Icon) {
        const QRectF sign(rect.left(), rect.center().y() - measures::IconSmall / 2.0 + 1,
                          measures::IconSmall, measures::IconSmall);
        paintIcon(*painter, sign, index.data(IconRole).toString(),
                  colors.color(enabled ? Tone::TextSecondary : Tone::TextDisabled));
    }
    const QVariant use = index.data(MeterRole);
    if (hasBar() && use.isValid()) {
        // The bar stands at a fixed place before the figures, which need not all be as wide.
        const int figures = std::max(20, place.width());
        const QRectF bar(place.right() + 1 - figures - MarkGap - barWidth(), rect.center().y() - 1,
                         barWidth(), measures::MeterHeight);
        paintMeter(*painter, bar, use.toDouble(),
                   m_kind == CellKind::Progress ? colors.color(Tone::Accent)
                                                : meterInk(use.toDouble()),
                   colors.color(Tone::BarTrack));
    }
    const QString text = cellText(index);
    const bool dash = text.isEmpty() && (m_kind == CellKind::Figures || hasBar());
    const QVariant ink = index.data(Qt::ForegroundRole);
    painter->setPen(!enabled || dash ? colors.color(Tone::TextDisabled)
                        : selected && option.state.testFlag(QStyle::State_Active)
                        ? colors.color(Tone::OnSelection)
                        : ink.canConvert<QColor>() && ink.isValid() ? ink.value<QColor>()
                                                                    : colors.color(Tone::Text));
    painter->setFont(cellFont());
    paintText(*painter, place, dash ? QStringLiteral("–") : text);
    painter->restore();
}

void CellDelegate::paintText(QPainter &painter, const QRect &rect, const QString &text) const
{
    if (rect.width() <= 0 || text.isEmpty())
        return;
    const bool figures = m_kind == CellKind::Figures || hasBar();
    if (figures && figuresWidth(painter.font(), text) <= rect.width()) {
        paintFigures(painter, rect, Qt::AlignRight, text);
        return;
    }
    const bool middle = m_kind == CellKind::Id || m_kind == CellKind::Path;
    const QString shown = painter.fontMetrics().elidedText(
        text, middle ? Qt::ElideMiddle : Qt::ElideRight, rect.width());
    painter.drawText(rect,
                     int(Qt::AlignVCenter | (figures ? Qt::AlignRight : Qt::AlignLeft))
                         | Qt::TextSingleLine,
                     shown);
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QString text = cellText(index).left(200);
    int width = int(m_kind == CellKind::Figures || hasBar()
                        ? figuresWidth(cellFont(), text)
                        : QFontMetricsF(cellFont()).horizontalAdvance(text))
        + 1 + option.rect.width() - textRect(option, index).width();
    return {width, measures::RowDense};
}

bool CellDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
                             const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || index.data(Qt::ToolTipRole).isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    // What is elided is told in full, as text: a name may look like markup.
    const QString text = index.data(Qt::DisplayRole).toString().left(2000);
    const bool fits
        = QFontMetrics(cellFont()).horizontalAdvance(text) <= textRect(option, index).width();
    QToolTip::showText(event->globalPos(), fits ? QString() : text.toHtmlEscaped(), view);
    return true;
}

} // namespace quarry::widgets
