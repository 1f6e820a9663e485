// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/sandboxmodel.h"

#include "base/clock.h"
#include "widgets/common/format.h"
#include "widgets/common/rowspans.h"
#include "widgets/common/tableroles.h"
#include "widgets/models/sandboxstate.h"

#include <algorithm>
#include <chrono>
#include <limits>

namespace quarry::widgets {

using namespace std::chrono_literals;

namespace {

constexpr auto useEvery = 2s;
constexpr auto clocksEvery = 1s; // ages and deadlines
constexpr int listMax = 100'000;

QString coresText(double cores)
{
    return QString::number(cores, 'f', 1);
}

double limitOf(const sandbox::SandboxInfo &info, const QString &name)
{
    return info.limits.value(name).effective;
}

QDateTime sinceOf(const sandbox::SandboxInfo &info)
{
    return info.startTime.isValid() ? info.startTime : info.createTime;
}

} // namespace

SandboxModel::SandboxModel(engine::EngineHost &host, QObject *parent)
    : QAbstractTableModel(parent), m_host(host)
{
    connect(&host, &engine::EngineHost::sandboxesChanged, this, &SandboxModel::apply);
    connect(&m_useTimer, &QTimer::timeout, this, &SandboxModel::askUse);
    connect(&m_clockTimer, &QTimer::timeout, this, &SandboxModel::tickClocks);
    m_useTimer.setInterval(useEvery);
    m_clockTimer.setInterval(clocksEvery);
    load();
}

void SandboxModel::load()
{
    if (!m_host.isOpen())
        return;
    m_host.ask<sandbox::SandboxPage>(
        this,
        [](engine::Engine &engine, const Callback<sandbox::SandboxPage> &done) {
            sandbox::SandboxFilter everything;
            everything.states = QStringList{QStringLiteral("pending"), QStringLiteral("running"),
                                            QStringLiteral("stopped"), QStringLiteral("archiving"),
                                            QStringLiteral("archived")};
            everything.limit = listMax;
            done(engine.sandboxes().list(everything));
        },
        [this](const Result<sandbox::SandboxPage> &page) {
            if (page)
                apply(page->items);
        });
}

void SandboxModel::apply(const QList<sandbox::SandboxInfo> &changed)
{
    QList<int> rows;
    QList<sandbox::SandboxInfo> fresh;
    QStringList ids;
    for (const sandbox::SandboxInfo &info : changed) {
        ids.append(info.id);
        if (info.state == sandbox::State::Deleted) {
            remove(info.id);
        } else if (const int row = rowOf(info.id); row >= 0) {
            m_rows[row].info = info;
            if (!info.alive())
                m_rows[row].use.reset();
        } else {
            fresh.append(info);
        }
    }
    if (!fresh.isEmpty()) {
        const int first = int(m_rows.size());
        beginInsertRows({}, first, first + int(fresh.size()) - 1);
        for (const sandbox::SandboxInfo &info : std::as_const(fresh)) {
            m_index.insert(info.id, int(m_rows.size()));
            m_rows.append({info, {}});
        }
        endInsertRows();
    }
    for (const QString &id : std::as_const(ids)) {
        if (const int row = rowOf(id); row >= 0)
            rows.append(row);
    }
    rowsChanged(rows, 0, ColumnCount - 1);
    m_counts = {};
    m_counts.all = int(m_rows.size());
    for (const Row &row : std::as_const(m_rows)) {
        m_counts.running += int(row.info.alive());
        m_counts.starting += int(row.info.pending());
        m_counts.failed += int(hasFailed(row.info));
    }
    Q_EMIT countsChanged();
    Q_EMIT sandboxesChanged(ids);
}

void SandboxModel::remove(const QString &id)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_rows.removeAt(row);
    m_index.remove(id);
    for (int later = row; later < m_rows.size(); ++later)
        m_index[m_rows[later].info.id] = later;
    endRemoveRows();
}

void SandboxModel::measure(const QStringList &ids)
{
    m_measured = ids;
    if (ids.isEmpty()) {
        m_useTimer.stop();
        m_clockTimer.stop();
        return;
    }
    if (!m_useTimer.isActive()) {
        m_useTimer.start();
        m_clockTimer.start();
    }
    askUse();
}

void SandboxModel::askUse()
{
    for (const QString &id : std::as_const(m_measured)) {
        const sandbox::SandboxInfo *info = find(id);
        if (!info || !info->alive() || m_asked.contains(id))
            continue;
        m_asked.insert(id);
        m_host.ask<sandbox::SandboxStatistics>(
            this,
            [id](engine::Engine &engine, Callback<sandbox::SandboxStatistics> done) {
                engine.sandboxes().statistics(id, std::move(done));
            },
            [this, id](const Result<sandbox::SandboxStatistics> &use) {
                m_asked.remove(id);
                const int row = rowOf(id);
                if (row < 0 || !use || !m_rows[row].info.alive())
                    return;
                m_rows[row].use = *use;
                rowsChanged({row}, CpuColumn, ProcessesColumn);
                Q_EMIT measured(id, *use);
            });
    }
}

void SandboxModel::tickClocks()
{
    QList<int> rows;
    for (const QString &id : std::as_const(m_measured)) {
        if (const int row = rowOf(id); row >= 0)
            rows.append(row);
    }
    rowsChanged(rows, 0, ColumnCount - 1);
}

void SandboxModel::rowsChanged(const QList<int> &rows, int firstColumn, int lastColumn)
{
    for (const auto &[first, last] : rowSpans(rows))
        Q_EMIT dataChanged(index(first, firstColumn), index(last, lastColumn));
}

const sandbox::SandboxInfo *SandboxModel::find(const QString &id) const
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : &m_rows[row].info;
}

std::optional<sandbox::SandboxStatistics> SandboxModel::use(const QString &id) const
{
    const int row = rowOf(id);
    return row < 0 ? std::nullopt : m_rows[row].use;
}

SandboxModel::Counts SandboxModel::counts() const
{
    return m_counts;
}

int SandboxModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int SandboxModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SandboxModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const bool figures
        = (section >= CpuColumn && section <= ProcessesColumn) || section == DeadlineColumn;
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (figures ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    const QStringList titles{tr("State"),   tr("Id"),       tr("Image"), tr("CPU"),
                             tr("Memory"),  tr("Age"),      tr("Disk"),  tr("Processes"),
                             tr("Network"), tr("Deadline"), tr("Owner")};
    return titles.value(section);
}

QVariant SandboxModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::AccessibleTextRole:
        return fullText(row, index.column());
    case Qt::ToolTipRole:
        if (index.column() == CpuColumn || index.column() == MemoryColumn)
            return fullText(row, index.column());
        if (index.column() == AgeColumn)
            return formatExact(sinceOf(row.info));
        if (index.column() == DeadlineColumn && row.info.autoStopTime.isValid())
            return formatExact(row.info.autoStopTime);
        return {};
    case StateRole:
        return index.column() == StateColumn ? QVariant(int(sandboxState(row.info, utcNow()).mark))
                                             : QVariant();
    case MeterRole:
        return meter(row, index.column());
    case SortRole:
        return sortKey(row, index.column());
    default:
        return {};
    }
}

QString SandboxModel::text(const Row &row, int column) const
{
    const sandbox::SandboxInfo &info = row.info;
    const QDateTime now = utcNow();
    switch (column) {
    case StateColumn:
        return sandboxState(info, now).text;
    case IdColumn:
        return info.id;
    case ImageColumn:
        return info.image;
    case CpuColumn:
        return row.use
            ? coresText(row.use->cpuPercent / 100 * limitOf(info, QStringLiteral("cpus")))
            : QString();
    case MemoryColumn:
        return row.use ? formatBytes(row.use->memoryBytes) : QString();
    case AgeColumn:
        return formatAge(
            std::chrono::milliseconds(std::max<qint64>(0, sinceOf(info).msecsTo(now))));
    case DiskColumn:
        return row.use ? formatBytes(row.use->diskBytes) : QString();
    case ProcessesColumn:
        return row.use ? formatCount(row.use->processes) : QString();
    case NetworkColumn:
        return sandbox::toString(info.network);
    case DeadlineColumn:
        return info.autoStopTime.isValid() ? formatRelative(info.autoStopTime, now) : QString();
    case OwnerColumn:
        return info.userId;
    default:
        return {};
    }
}

// With the limit that the eye sees as a bar.
QString SandboxModel::fullText(const Row &row, int column) const
{
    const QString shown = text(row, column);
    const double cores = limitOf(row.info, QStringLiteral("cpus"));
    const double bytes = limitOf(row.info, QStringLiteral("memory"));
    if (column == CpuColumn && !shown.isEmpty() && cores > 0)
        return tr("%1 of %2").arg(shown, coresText(cores));
    if (column == MemoryColumn && !shown.isEmpty() && bytes > 0)
        return tr("%1 of %2").arg(shown, formatBytes(qint64(bytes)));
    return shown;
}

QVariant SandboxModel::meter(const Row &row, int column) const
{
    if (!row.use)
        return {};
    if (column == CpuColumn && limitOf(row.info, QStringLiteral("cpus")) > 0)
        return std::clamp(row.use->cpuPercent / 100, 0.0, 1.0);
    if (column == MemoryColumn && limitOf(row.info, QStringLiteral("memory")) > 0)
        return std::clamp(row.use->memoryPercent / 100, 0.0, 1.0);
    return {};
}

QVariant SandboxModel::sortKey(const Row &row, int column) const
{
    switch (column) {
    case CpuColumn:
        return row.use ? row.use->cpuPercent : -1.0;
    case MemoryColumn:
        return row.use ? double(row.use->memoryBytes) : -1.0;
    case DiskColumn:
        return row.use ? double(row.use->diskBytes) : -1.0;
    case ProcessesColumn:
        return row.use ? double(row.use->processes) : -1.0;
    case AgeColumn: // the youngest first
        return -sinceOf(row.info).toMSecsSinceEpoch();
    case DeadlineColumn:
        return row.info.autoStopTime.isValid() ? row.info.autoStopTime.toMSecsSinceEpoch()
                                               : std::numeric_limits<qint64>::max();
    default:
        return text(row, column);
    }
}

} // namespace quarry::widgets
