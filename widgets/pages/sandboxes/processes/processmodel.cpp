// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/processes/processmodel.h"

#include "widgets/common/format.h"
#include "widgets/common/rowspans.h"
#include "widgets/common/tableroles.h"

#include <QLocale>
#include <QSet>

#include <algorithm>
#include <chrono>

namespace quarry::widgets {

namespace {

QString stateText(char state)
{
    switch (state) {
    case 'R':
        return ProcessModel::tr("running");
    case 'S':
        return ProcessModel::tr("sleeping");
    case 'D':
        return ProcessModel::tr("waiting for disk");
    case 'I':
        return ProcessModel::tr("idle");
    case 'T':
        return ProcessModel::tr("stopped");
    case 't':
        return ProcessModel::tr("traced");
    case 'Z':
        return ProcessModel::tr("zombie");
    default:
        return ProcessModel::tr("ending");
    }
}

double percent(qint64 cpuMicroseconds, qint64 microseconds)
{
    return microseconds > 0 ? std::max(0.0, double(cpuMicroseconds) / double(microseconds) * 100)
                            : 0.0;
}

} // namespace

QString commandText(const sandbox::Process &process)
{
    if (process.arguments.isEmpty())
        return oneLine(u'[' + process.name + u']');
    const QString text = process.arguments.join(u' ');
    return oneLine(process.cut ? text + QChar(0x2026) : text);
}

void ProcessModel::apply(const sandbox::ProcessSnapshot &snapshot)
{
    QHash<Key, int> now;
    now.reserve(snapshot.processes.size());
    for (int i = 0; i < snapshot.processes.size(); ++i)
        now.insert(keyOf(snapshot.processes[i]), i);
    removeGone(now);

    const qint64 passed = snapshot.nowMicroseconds - m_now;
    QList<int> known;
    for (int row = 0; row < m_rows.size(); ++row) {
        const auto found = now.constFind(keyOf(m_rows[row].process));
        if (found == now.constEnd())
            continue;
        const sandbox::Process &next = snapshot.processes[*found];
        m_rows[row].cpu
            = percent(next.cpuMicroseconds - m_rows[row].process.cpuMicroseconds, passed);
        m_rows[row].process = next;
        now.erase(found);
        known.append(row);
    }
    m_now = snapshot.nowMicroseconds;
    for (const auto &[first, last] : rowSpans(known))
        Q_EMIT dataChanged(index(first, 0), index(last, ColumnCount - 1));

    if (now.isEmpty())
        return;
    const int first = int(m_rows.size());
    beginInsertRows({}, first, first + int(now.size()) - 1);
    for (const sandbox::Process &process : snapshot.processes) {
        if (now.remove(keyOf(process)))
            m_rows.append(
                {process, percent(process.cpuMicroseconds, m_now - process.startedMicroseconds)});
    }
    endInsertRows();
}

void ProcessModel::removeGone(const QHash<Key, int> &now)
{
    QList<int> gone;
    for (int row = 0; row < m_rows.size(); ++row) {
        if (!now.contains(keyOf(m_rows[row].process)))
            gone.append(row);
    }
    const auto spans = rowSpans(gone);
    for (auto span = spans.crbegin(); span != spans.crend(); ++span) {
        beginRemoveRows({}, span->first, span->second);
        m_rows.remove(span->first, span->second - span->first + 1);
        endRemoveRows();
    }
}

void ProcessModel::clear()
{
    beginResetModel();
    m_rows.clear();
    m_now = 0;
    endResetModel();
}

QList<sandbox::Process> ProcessModel::descendants(int row) const
{
    QSet<quint32> below{process(row).pid};
    QList<sandbox::Process> found;
    // A child may have a lower pid than its parent, so one pass need not find all.
    for (qsizetype before = -1; before != found.size();) {
        before = found.size();
        for (const Row &each : m_rows) {
            if (below.contains(each.process.parent) && !below.contains(each.process.pid)) {
                below.insert(each.process.pid);
                found.append(each.process);
            }
        }
    }
    return found;
}

QList<sandbox::Process> ProcessModel::sessionOf(int row) const
{
    QList<sandbox::Process> found;
    const sandbox::Process &leader = process(row);
    for (const Row &each : m_rows) {
        if (leader.pid == leader.session && each.process.session == leader.pid
            && each.process.pid != leader.pid)
            found.append(each.process);
    }
    return found;
}

int ProcessModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ProcessModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ProcessModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const bool figures = section == PidColumn || section >= ParentColumn
        || (section >= CpuColumn && section <= ElapsedColumn);
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (figures ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    const QStringList titles{tr("Pid"),     tr("User"),    tr("State"),  tr("CPU %"),  tr("Memory"),
                             tr("Elapsed"), tr("Command"), tr("Parent"), tr("Session")};
    return titles.value(section);
}

QVariant ProcessModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[index.row()];
    if (role == Qt::DisplayRole)
        return text(row, index.column());
    if (role == SortRole)
        return sortKey(row, index.column());
    return {};
}

QString ProcessModel::text(const Row &row, int column) const
{
    const sandbox::Process &process = row.process;
    switch (column) {
    case PidColumn:
        return QString::number(process.pid);
    case UserColumn:
        return oneLine(process.user);
    case StateColumn:
        return stateText(process.state);
    case CpuColumn:
        return QLocale().toString(row.cpu, 'f', 1);
    case MemoryColumn:
        return formatBytes(process.memoryBytes);
    case ElapsedColumn:
        return formatDuration(std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::microseconds(m_now - process.startedMicroseconds)));
    case CommandColumn:
        return commandText(process);
    case ParentColumn:
        return QString::number(process.parent);
    default:
        return QString::number(process.session);
    }
}

QVariant ProcessModel::sortKey(const Row &row, int column) const
{
    const sandbox::Process &process = row.process;
    switch (column) {
    case PidColumn:
        return process.pid;
    case CpuColumn:
        return row.cpu;
    case MemoryColumn:
        return process.memoryBytes;
    case ElapsedColumn:
        return m_now - process.startedMicroseconds;
    case ParentColumn:
        return process.parent;
    case SessionColumn:
        return process.session;
    default:
        return text(row, column);
    }
}

} // namespace quarry::widgets
