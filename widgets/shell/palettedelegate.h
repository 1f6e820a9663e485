// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Paints a line or a heading of the command palette.
#pragma once

#include <QStyledItemDelegate>

namespace quarry::widgets {

class PaletteDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    static constexpr int LineHeight = 28;
    static constexpr int HeadingHeight = 24;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintHeading(QPainter &painter, const QRect &rect, const QString &text) const;
    // Gives the width of the name.
    int paintName(QPainter &painter, const QRect &rect, const QModelIndex &index,
                  const QColor &ink) const;
};

} // namespace quarry::widgets
