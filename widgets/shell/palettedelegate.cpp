// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/palettedelegate.h"

#include "widgets/common/format.h"
#include "widgets/common/keyhint.h"
#include "widgets/shell/palettemodel.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/style.h"

#include <QPainter>
#include <QTextLayout>

#include <algorithm>

namespace quarry::widgets {

namespace {

constexpr int Side = measures::SpaceL;
constexpr int Gap = measures::SpaceM;
constexpr qsizetype LongestText = 300;

} // namespace

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    return {100, index.data(PaletteModel::HeadingRole).toBool() ? HeadingHeight : LineHeight};
}

void PaletteDelegate::paintHeading(QPainter &painter, const QRect &rect, const QString &text) const
{
    painter.setFont(themeFont(Type::Micro, QFont::Medium));
    painter.setPen(look().color(Tone::TextSecondary));
    painter.drawText(rect.adjusted(Side, 4, -Side, 0), Qt::AlignLeft | Qt::AlignVCenter, text);
}

void PaletteDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    painter->save();
    const Look &colors = look();
    if (index.data(PaletteModel::HeadingRole).toBool()) {
        paintHeading(*painter, option.rect, index.data().toString());
        painter->restore();
        return;
    }
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool enabled = index.data(PaletteModel::EnabledRole).toBool();
    if (selected) {
        painter->fillRect(option.rect, colors.color(Tone::Selection));
        painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())),
                          colors.color(Tone::Accent));
    } else if (option.state.testFlag(QStyle::State_MouseOver)) {
        painter->fillRect(option.rect, colors.color(Tone::Hover));
    }
    QRect place = option.rect.adjusted(Side, 0, -Side, 0);
    const QString icon = index.data(PaletteModel::IconRole).toString();
    const QColor ink = colors.color(!enabled       ? Tone::TextDisabled
                                        : selected ? Tone::OnSelection
                                                   : Tone::Text);
    const QColor quiet = colors.color(!enabled ? Tone::TextDisabled : Tone::TextSecondary);
    if (!icon.isEmpty())
        paintIcon(*painter,
                  QRectF(place.left(), place.center().y() - 7, measures::IconNormal,
                         measures::IconNormal),
                  icon, selected ? ink : quiet);
    place.setLeft(place.left() + measures::IconNormal + Gap);
    if (selected && enabled) {
        const QString enter = tr("Enter");
        paintKeyHint(*painter, place, enter);
        place.setRight(place.right() - keyHintWidth(enter) - measures::SpaceS);
    }
    const QString shortcut = index.data(PaletteModel::ShortcutRole).toString();
    if (!shortcut.isEmpty()) {
        paintKeyHint(*painter, place, shortcut);
        place.setRight(place.right() - keyHintWidth(shortcut) - Gap);
    }
    place.setLeft(place.left() + paintName(*painter, place, index, ink) + Gap);
    if (place.width() > 20) {
        painter->setFont(themeFont(Type::Small));
        painter->setPen(quiet);
        painter->drawText(place, int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(
                              oneLine(index.data(PaletteModel::DetailRole).toString(), LongestText),
                              Qt::ElideMiddle, place.width()));
    }
    painter->restore();
}

int PaletteDelegate::paintName(QPainter &painter, const QRect &rect, const QModelIndex &index,
                               const QColor &ink) const
{
    const QFont nameFont = themeFont(Type::Body);
    const QString name = QFontMetrics(nameFont).elidedText(
        oneLine(index.data().toString(), LongestText), Qt::ElideRight, rect.width());
    QList<QTextLayout::FormatRange> marks;
    for (const qsizetype at : index.data(PaletteModel::PositionsRole).value<QList<qsizetype>>()) {
        if (at >= name.size())
            break;
        if (!marks.isEmpty() && marks.last().start + marks.last().length == at) {
            ++marks.last().length;
            continue;
        }
        QTextLayout::FormatRange mark;
        mark.start = int(at);
        mark.length = 1;
        mark.format.setBackground(look().color(Tone::MatchFind));
        mark.format.setForeground(look().color(Tone::OnMatchFind));
        marks.append(mark);
    }
    QTextLayout layout(name, nameFont);
    layout.setFormats(marks);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    layout.endLayout();
    painter.setPen(ink);
    const qreal top = rect.center().y() + 1 - line.height() / 2;
    layout.draw(&painter, QPointF(rect.left(), qRound(top)));
    return int(line.naturalTextWidth()) + 1;
}

} // namespace quarry::widgets
