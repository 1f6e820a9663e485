// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The episodes of one kind of environment, read from the index a page at a time as they are looked
// at.
#pragma once

#include "engine/enginehost.h"

#include <QAbstractTableModel>
#include <QCache>
#include <QSet>

namespace quarry::widgets {

class EpisodeModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { StateColumn, SeedColumn, StepsColumn, ReturnColumn, ColumnCount };
    static constexpr int PageSize = 200;

    // HOST lives as long.
    explicit EpisodeModel(engine::EngineHost &host, QObject *parent = nullptr);

    // Empty: none are listed.
    void setKind(const QString &envId);
    const QString &kind() const { return m_kind; }
    // Null while its page is on its way.
    const gem::EpisodeInfo *episode(int row) const;
    // Of those pages that are there; -1: in none.
    int rowOf(const QString &id) const;
    // Reads again what is looked at. Those that live come first, so rows move: who holds a row
    // holds its episode.
    void refresh();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void totalChanged();

private:
    using Pages = QList<std::pair<int, gem::EpisodePage>>;

    void fetch(const QList<int> &pages) const;
    void take(const Pages &pages);
    void renew(const Pages &pages);
    bool isReordered(const Pages &pages, int inserted) const;
    const gem::EpisodeInfo *known(int row) const;
    void setTotal(int total);

    engine::EngineHost &m_host;
    QString m_kind;
    int m_total = 0;
    quint64 m_ticket = 0;
    mutable QCache<int, QList<gem::EpisodeInfo>> m_pages;
    mutable QSet<int> m_asked;
    mutable QSet<int> m_seen; // looked at since the last refresh
};

} // namespace quarry::widgets
