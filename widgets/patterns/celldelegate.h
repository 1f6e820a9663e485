// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Paints one cell of the workbench's tables.
#pragma once

#include <QStyledItemDelegate>

namespace quarry::widgets {

enum class CellKind {
    Text, // elided at the end
    Figures, // right-aligned, digits of one width
    Id, // small monospace, elided in the middle
    Path, // elided in the middle
    Icon, // the icon of IconRole, then the text, elided at the end
    State, // the mark of StateRole, then the text
    Meter, // the bar of MeterRole as use of a limit, then the text as figures
    Progress, // the same as progress
};

// One delegate for each column. Text comes from Qt::DisplayRole and is never laid out wider than
// the cell; an empty figure is shown as a dash.
class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit CellDelegate(CellKind kind, QObject *parent = nullptr);

    CellKind kind() const { return m_kind; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

private:
    QRect contents(const QStyleOptionViewItem &option, const QModelIndex &index) const;
    // Where the text stands, after the mark or the bar.
    QRect textRect(const QStyleOptionViewItem &option, const QModelIndex &index) const;
    QFont cellFont() const;
    bool hasBar() const { return m_kind == CellKind::Meter || m_kind == CellKind::Progress; }
    int barWidth() const;
    void paintText(QPainter &painter, const QRect &rect, const QString &text) const;

    CellKind m_kind;
};

} // namespace quarry::widgets
