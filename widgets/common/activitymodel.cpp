// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/activitymodel.h"

#include "widgets/common/format.h"
#include "widgets/common/tableroles.h"
#include "widgets/theme/statemark.h"

#include <QElapsedTimer>

#include <algorithm>
#include <memory>

namespace quarry::widgets {

namespace {

constexpr int FlushInterval = 100; // ms
constexpr double LongestLeft = 1e9; // s
constexpr qint64 SampleInterval = 1000; // ms between two measurements of a rate

ActivityModel::Clock elapsedClock()
{
    auto timer = std::make_shared<QElapsedTimer>();
    timer->start();
    return [timer] { return timer->elapsed(); };
}

} // namespace

ActivityModel::ActivityModel(Clock clock, QObject *parent)
    : QAbstractTableModel(parent), m_clock(clock ? std::move(clock) : elapsedClock())
{
    m_flush.setSingleShot(true);
    m_flush.setInterval(FlushInterval);
    connect(&m_flush, &QTimer::timeout, this, &ActivityModel::flush);
}

ActivityId ActivityModel::begin(Activity activity)
{
    Entry entry;
    entry.id = ++m_last;
    entry.activity = std::move(activity);
    entry.sampleTime = m_clock();
    beginInsertRows({}, 0, 0);
    m_entries.prepend(std::move(entry));
    endInsertRows();
    Q_EMIT summaryChanged();
    return m_last;
}

void ActivityModel::progress(ActivityId id, qint64 done, qint64 total)
{
    Entry *entry = find(id);
    if (!entry || !entry->running)
        return;
    entry->total = std::max<qint64>(0, total);
    entry->done = std::max<qint64>(0, done);
    const qint64 now = m_clock();
    const qint64 passed = now - entry->sampleTime;
    if (passed >= SampleInterval) {
        const double rate = double(entry->done - entry->sampleDone) * 1000 / double(passed);
        // The first measurement counts in full, later ones smooth it.
        entry->rate = std::max(0.0, entry->rate > 0 ? entry->rate * 0.7 + rate * 0.3 : rate);
        entry->sampleTime = now;
        entry->sampleDone = entry->done;
    }
    touch(*entry);
}

void ActivityModel::setPhase(ActivityId id, State state, const QString &phase)
{
    Entry *entry = find(id);
    if (!entry || !entry->running)
        return;
    entry->state = state;
    entry->phase = phase;
    touch(*entry);
}

void ActivityModel::end(ActivityId id, State outcome, const QString &reason)
{
    Entry *entry = find(id);
    if (!entry || !entry->running)
        return;
    entry->running = false;
    entry->state = outcome;
    entry->phase = reason;
    entry->activity.cancel = {};
    entry->dirty = true;
    flush();
    dropOldest();
    Q_EMIT ended(id, outcome);
}

void ActivityModel::cancel(ActivityId id)
{
    Entry *entry = find(id);
    if (!entry || !entry->running || entry->cancelling || !entry->activity.cancel)
        return;
    entry->cancelling = true;
    touch(*entry);
    const auto cancel = entry->activity.cancel; // it may end the activity, and with it the entry
    cancel();
}

bool ActivityModel::canCancel(ActivityId id) const
{
    const Entry *entry = find(id);
    return entry && entry->running && !entry->cancelling && entry->activity.cancel;
}

void ActivityModel::open(ActivityId id) const
{
    const Entry *entry = find(id);
    if (!entry || !entry->activity.open)
        return;
    const auto open = entry->activity.open;
    open();
}

int ActivityModel::underWay() const
{
    return int(std::count_if(m_entries.begin(), m_entries.end(),
                             [](const Entry &entry) { return entry.running; }));
}

ActivityId ActivityModel::current() const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [](const Entry &entry) { return entry.running; });
    return found == m_entries.end() ? 0 : found->id;
}

ActivityId ActivityModel::idAt(int row) const
{
    return row >= 0 && row < m_entries.size() ? m_entries[row].id : 0;
}

int ActivityModel::rowOf(ActivityId id) const
{
    for (qsizetype row = 0; row < m_entries.size(); ++row) {
        if (m_entries[row].id == id)
            return int(row);
    }
    return -1;
}

ActivityModel::Entry *ActivityModel::find(ActivityId id)
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : &m_entries[row];
}

const ActivityModel::Entry *ActivityModel::find(ActivityId id) const
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : &m_entries[row];
}

void ActivityModel::touch(Entry &entry)
{
    entry.dirty = true;
    if (!m_flush.isActive())
        m_flush.start();
}

void ActivityModel::flush()
{
    m_flush.stop();
    for (qsizetype row = 0; row < m_entries.size(); ++row) {
        if (!m_entries[row].dirty)
            continue;
        const qsizetype first = row;
        while (row < m_entries.size() && m_entries[row].dirty)
            m_entries[row++].dirty = false;
        Q_EMIT dataChanged(index(int(first), 0), index(int(row - 1), ColumnCount - 1));
    }
    Q_EMIT summaryChanged();
}

void ActivityModel::dropOldest()
{
    const qsizetype ended = m_entries.size() - underWay();
    if (ended <= EndedKept)
        return;
    for (qsizetype row = m_entries.size() - 1; row >= 0; --row) {
        if (m_entries[row].running)
            continue;
        beginRemoveRows({}, int(row), int(row));
        m_entries.removeAt(row);
        endRemoveRows();
        return;
    }
}

int ActivityModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

int ActivityModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString ActivityModel::text(const Entry &entry, int column) const
{
    const bool bytes = entry.activity.unit == ActivityUnit::Bytes;
    switch (column) {
    case StateColumn:
        if (entry.running && entry.cancelling)
            return tr("cancelling");
        if (entry.running)
            return entry.phase.isEmpty() ? stateWord(entry.state) : entry.phase;
        return entry.phase.isEmpty() ? stateWord(entry.state)
                                     : tr("%1 · %2").arg(stateWord(entry.state), entry.phase);
    case WhatColumn:
        return entry.activity.text;
    case KindColumn:
        return entry.activity.kind;
    case ProgressColumn:
        if (entry.total <= 0)
            return entry.done <= 0 ? QString()
                : bytes            ? formatBytes(entry.done)
                                   : formatCount(entry.done);
        return bytes ? formatPercent(double(entry.done) / double(entry.total))
                     : tr("%1 / %2").arg(formatCount(entry.done), formatCount(entry.total));
    case RateColumn:
        if (!entry.running || entry.rate <= 0)
            return {};
        return bytes ? formatByteRate(entry.rate)
                     : tr("%1/s").arg(QLocale().toString(entry.rate, 'f', 1));
    case LeftColumn:
        if (!entry.running || entry.rate <= 0 || entry.total <= entry.done)
            return {};
        return formatDuration(std::chrono::seconds(
            qRound64(std::min(double(entry.total - entry.done) / entry.rate, LongestLeft))));
    default:
        return {};
    }
}

QVariant ActivityModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Entry &entry = m_entries[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return text(entry, index.column());
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter
                   | (index.column() >= ProgressColumn ? Qt::AlignRight : Qt::AlignLeft));
    case StateRole:
        return index.column() == StateColumn ? QVariant(int(entry.state)) : QVariant();
    case MeterRole:
        if (index.column() == ProgressColumn && entry.total > 0)
            return double(entry.done) / double(entry.total);
        return {};
    default:
        return {};
    }
}

QVariant ActivityModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (section >= ProgressColumn ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case StateColumn:
        return tr("State");
    case WhatColumn:
        return tr("What");
    case KindColumn:
        return tr("Kind");
    case ProgressColumn:
        return tr("Progress");
    case RateColumn:
        return tr("Rate");
    case LeftColumn:
        return tr("Left");
    default:
        return {};
    }
}

} // namespace quarry::widgets
