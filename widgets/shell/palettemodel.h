// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The results of the command palette: lines under headings.
#pragma once

#include "widgets/common/fuzzymatch.h"
#include "widgets/common/palettesource.h"

#include <QAbstractListModel>
#include <QList>

namespace quarry::widgets {

class PaletteModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        HeadingRole = Qt::UserRole + 1, // bool
        IconRole,
        DetailRole,
        ShortcutRole,
        EnabledRole,
        PositionsRole
    }; // QList<qsizetype>: the letters of the name that were found

    static constexpr qsizetype ResultsPerSource = 8;

    explicit PaletteModel(QObject *parent = nullptr);

    // SOURCES must live while their results are shown. A query that begins with a source's prefix
    // asks that one alone. Groups stand in the order of their best results; in each, what can be
    // done comes before what cannot now.
    void search(const QList<PaletteSource *> &sources, const QString &query);
    void clear();

    bool isEntry(int row) const;
    // -1: there is none.
    int firstEntry() const;
    PaletteEntry entry(int row) const;
    // Of the last search: how many things match or, for an empty query, are there to find.
    qsizetype found() const { return m_found; }
    qsizetype searched() const { return m_searched; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Row {
        bool heading = false;
        PaletteEntry entry; // of a heading: its name
        QList<qsizetype> positions;
    };
    struct Group;
    static Group makeGroup(const PaletteSource &source, const QList<RankedText> &ranked,
                           bool searching);

    QList<Row> m_rows;
    qsizetype m_found = 0;
    qsizetype m_searched = 0;
};

} // namespace quarry::widgets
