// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/gem/episodemodel.h"

#include "widgets/common/format.h"
#include "widgets/common/tableroles.h"
#include "widgets/theme/look.h"

#include <QCoreApplication>

#include <algorithm>

namespace quarry::widgets {

namespace {
constexpr int pagesKept = 50;
} // namespace

EpisodeState episodeState(const gem::EpisodeInfo &info)
{
    const auto state
        = [](State mark, const QString &word) { return EpisodeState{int(mark), word}; };
    if (info.truncated)
        return state(State::Failed, EpisodeModel::tr("step limit"));
    if (info.terminated)
        return info.reward > 0 ? state(State::Success, EpisodeModel::tr("ended"))
                               : state(State::Failed, EpisodeModel::tr("ended"));
    return info.isLive ? state(State::Running, EpisodeModel::tr("running"))
                       : state(State::Stopped, EpisodeModel::tr("stopped"));
}

QString signedReward(double reward)
{
    const QString number = QString::number(std::abs(reward), 'f', 2);
    return reward > 0 ? u'+' + number : reward < 0 ? u'−' + number : number;
}

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
    endResetModel();
    Q_EMIT totalChanged();
    fetch(0);
}

void EpisodeModel::refresh()
{
    ++m_ticket;
    m_asked.clear();
    fetch(0);
}

void EpisodeModel::fetch(int page) const
{
    if (m_kind.isEmpty() || m_asked.contains(page))
        return;
    m_asked.insert(page);
    gem::EpisodeFilter filter;
    filter.envId = m_kind;
    filter.offset = qint64(page) * PageSize;
    filter.limit = PageSize;
    filter.liveFirst = true;
    auto *self = const_cast<EpisodeModel *>(this);
    m_host.ask<gem::EpisodePage>(
        self,
        [filter](engine::Engine &engine, const Callback<gem::EpisodePage> &done) {
            done(engine.gem().episodes(filter));
        },
        [self, page, ticket = m_ticket](const Result<gem::EpisodePage> &answer) {
            if (answer && ticket == self->m_ticket)
                self->take(page, *answer);
        });
}

void EpisodeModel::take(int page, const gem::EpisodePage &answer)
{
    const int total = int(std::min<qint64>(answer.total, INT_MAX));
    if (total > m_total) {
        beginInsertRows({}, 0, total - m_total - 1); // new ones are the newest
        m_total = total;
        endInsertRows();
    } else if (total < m_total) {
        beginRemoveRows({}, total, m_total - 1);
        m_total = total;
        endRemoveRows();
    }
    if (page == 0) { // of what was read before, all may have moved
        m_pages.clear();
        m_asked = {0};
    }
    m_pages.insert(page, new QList<gem::EpisodeInfo>(answer.items));
    if (m_total > 0)
        Q_EMIT dataChanged(index(0, 0), index(m_total - 1, ColumnCount - 1));
    Q_EMIT totalChanged();
}

const gem::EpisodeInfo *EpisodeModel::episode(int row) const
{
    if (row < 0 || row >= m_total)
        return nullptr;
    const QList<gem::EpisodeInfo> *page = m_pages.object(row / PageSize);
    if (!page) {
        fetch(row / PageSize);
        return nullptr;
    }
    return row % PageSize < page->size() ? &page->at(row % PageSize) : nullptr;
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
        return index.column() == StateColumn ? QVariant(episodeState(*info).mark) : QVariant();
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
