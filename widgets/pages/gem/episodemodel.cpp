// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/gem/episodemodel.h"

#include "widgets/common/format.h"
#include "widgets/common/tableroles.h"
#include "widgets/pages/gem/episodestate.h"

#include <QHash>

#include <algorithm>

namespace quarry::widgets {

namespace {
constexpr int pagesKept = 50;
constexpr int pagesRenewed = 8;
} // namespace

EpisodeModel::EpisodeModel(engine::EngineHost &host, QObject *parent)
    : QAbstractTableModel(parent), m_host(host), m_pages(pagesKept)
{
}

void EpisodeModel::setKind(const QString &envId)
{
    if (m_kind == envId)
        return;
    beginResetModel();
    m_kind = envId;
    m_total = 0;
    ++m_ticket;
    m_pages.clear();
    m_asked.clear();
    m_seen.clear();
    endResetModel();
    Q_EMIT totalChanged();
    fetch({0});
}

void EpisodeModel::refresh()
{
    ++m_ticket;
    m_asked.clear();
    QSet<int> pages{0}; // the first one says how many there are
    for (const QModelIndex &held : persistentIndexList()) {
        if (pages.size() < pagesRenewed)
            pages.insert(held.row() / PageSize);
    }
    for (const int page : std::as_const(m_seen)) {
        if (pages.size() < pagesRenewed)
            pages.insert(page);
    }
    m_seen.clear();
    fetch(pages.values());
}

void EpisodeModel::fetch(const QList<int> &pages) const
{
    if (m_kind.isEmpty())
        return;
    for (const int page : pages)
        m_asked.insert(page);
    gem::EpisodeFilter filter;
    filter.envId = m_kind;
    filter.limit = PageSize;
    filter.liveFirst = true;
    auto *self = const_cast<EpisodeModel *>(this);
    m_host.ask<Pages>(
        self,
        [filter, pages](engine::Engine &engine, const Callback<Pages> &done) mutable {
            Pages answers;
            for (const int page : pages) {
                filter.offset = qint64(page) * PageSize;
                const Result<gem::EpisodePage> answer = engine.gem().episodes(filter);
                if (!answer) {
                    done(answer.error());
                    return;
                }
                answers.append({page, *answer});
            }
            done(answers);
        },
        [self, ticket = m_ticket](const Result<Pages> &answer) {
            if (answer && ticket == self->m_ticket)
                self->take(*answer);
        });
}

void EpisodeModel::take(const Pages &pages)
{
    const bool withFirst
        = std::any_of(pages.begin(), pages.end(), [](const auto &page) { return page.first == 0; });
    if (withFirst) {
        renew(pages);
    } else if (pages.first().second.total != m_total) {
        refresh(); // rows have moved meanwhile
    } else {
        for (const auto &[page, answer] : pages) {
            m_pages.insert(page, new QList<gem::EpisodeInfo>(answer.items));
            m_asked.remove(page);
            const int first = page * PageSize;
            const int last = std::min(first + PageSize, m_total) - 1;
            if (first <= last)
                Q_EMIT dataChanged(index(first, 0), index(last, ColumnCount - 1));
        }
    }
    Q_EMIT totalChanged();
}

void EpisodeModel::setTotal(int total)
{
    if (total > m_total) {
        beginInsertRows({}, 0, total - m_total - 1); // new ones are the newest
        m_total = total;
        endInsertRows();
    } else if (total < m_total) {
        beginRemoveRows({}, total, m_total - 1);
        m_total = total;
        endRemoveRows();
    }
}

// Whether an episode stands elsewhere than where the INSERTED ones have moved it.
bool EpisodeModel::isReordered(const Pages &pages, int inserted) const
{
    for (const auto &[page, answer] : pages) {
        for (int at = 0; at < answer.items.size(); ++at) {
            const gem::EpisodeInfo *before = known(page * PageSize + at - inserted);
            if (before && before->id != answer.items[at].id)
                return true;
        }
    }
    return false;
}

void EpisodeModel::renew(const Pages &pages)
{
    const int total = int(std::min<qint64>(pages.first().second.total, INT_MAX));
    const int inserted = std::max(0, total - m_total);
    const bool reordered = isReordered(pages, inserted);
    setTotal(total);
    if (reordered)
        Q_EMIT layoutAboutToBeChanged();
    QHash<QString, int> rows;
    for (const auto &[page, answer] : pages) {
        for (int at = 0; at < answer.items.size(); ++at)
            rows.insert(answer.items[at].id, page * PageSize + at);
    }
    QModelIndexList from;
    QModelIndexList to;
    for (const QModelIndex &held : reordered ? persistentIndexList() : QModelIndexList()) {
        if (const gem::EpisodeInfo *info = known(held.row() - inserted)) {
            const int row = rows.value(info->id, -1);
            from.append(held);
            to.append(row < 0 ? QModelIndex() : index(row, held.column()));
        }
    }
    if (reordered || inserted > 0)
        m_pages.clear();
    for (const auto &[page, answer] : pages) {
        m_pages.insert(page, new QList<gem::EpisodeInfo>(answer.items));
        m_asked.remove(page);
    }
    changePersistentIndexList(from, to);
    if (reordered)
        Q_EMIT layoutChanged();
    if (m_total > 0)
        Q_EMIT dataChanged(index(0, 0), index(m_total - 1, ColumnCount - 1));
}

const gem::EpisodeInfo *EpisodeModel::known(int row) const
{
    const QList<gem::EpisodeInfo> *page = row < 0 ? nullptr : m_pages.object(row / PageSize);
    return page && row % PageSize < page->size() ? &page->at(row % PageSize) : nullptr;
}

const gem::EpisodeInfo *EpisodeModel::episode(int row) const
{
    if (row < 0 || row >= m_total)
        return nullptr;
    const int page = row / PageSize;
    m_seen.insert(page);
    if (!m_pages.contains(page) && !m_asked.contains(page))
        fetch({page});
    return known(row);
}

int EpisodeModel::rowOf(const QString &id) const
{
    for (const int page : m_pages.keys()) {
        const QList<gem::EpisodeInfo> &items = *m_pages.object(page);
        for (int at = 0; at < items.size(); ++at) {
            if (items[at].id == id && page * PageSize + at < m_total)
                return page * PageSize + at;
        }
    }
    return -1;
}

int EpisodeModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_total;
}

int EpisodeModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EpisodeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (section == StateColumn ? Qt::AlignLeft : Qt::AlignRight));
    if (role != Qt::DisplayRole)
        return {};
    return QStringList{tr("State"), tr("Seed"), tr("Steps"), tr("Return")}.value(section);
}

QVariant EpisodeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)
        || (role != Qt::DisplayRole && role != StateRole && role != Qt::ToolTipRole))
        return {};
    const gem::EpisodeInfo *info = episode(index.row());
    if (!info)
        return role == Qt::DisplayRole && index.column() == StateColumn
            ? QVariant(QStringLiteral("…"))
            : QVariant();
    if (role == Qt::ToolTipRole)
        return tr("%1, started %2")
            .arg(info->id, formatExact(QDateTime::fromMSecsSinceEpoch(info->started)));
    if (role == StateRole)
        return index.column() == StateColumn ? QVariant(int(episodeState(*info).mark)) : QVariant();
    switch (index.column()) {
    case StateColumn:
        return episodeState(*info).word;
    case SeedColumn:
        return QString::number(info->seed);
    case StepsColumn:
        return formatCount(info->steps);
    default:
        return signedReward(info->reward);
    }
}

} // namespace quarry::widgets
