// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/processes.h"

#include "agent/client/agentclient.h"

#include <algorithm>
#include <limits>

namespace quarry::sandbox {

namespace {

// Each ends in a zero byte, but the last of a list that was cut, or that its program wrote over.
QStringList argumentsOf(const std::string &command)
{
    QByteArray bytes = QByteArray::fromStdString(command);
    while (bytes.endsWith('\0'))
        bytes.chop(1);
    if (bytes.isEmpty())
        return {};
    QStringList arguments;
    for (const QByteArray &each : bytes.split('\0'))
        arguments.append(QString::fromUtf8(each));
    return arguments;
}

// Of an agent gone mad too: half the range, so that differences fit.
qint64 bounded(quint64 value)
{
    return qint64(std::min<quint64>(value, std::numeric_limits<qint64>::max() / 2));
}

} // namespace

ProcessSnapshot toSnapshot(const agent::ProcessList &list)
{
    ProcessSnapshot snapshot;
    snapshot.total = int(std::min<quint32>(list.total, std::numeric_limits<int>::max()));
    snapshot.cut = list.total > agent::processesMax;
    snapshot.nowMicroseconds = bounded(list.nowMicroseconds);
    snapshot.processes.reserve(qsizetype(list.processes.size()));
    for (const agent::ProcessInfo &each : list.processes) {
        Process process;
        process.pid = each.pid;
        process.parent = each.parent;
        process.session = each.session;
        process.state = each.state;
        process.cpuMicroseconds = bounded(each.cpuMicroseconds);
        process.memoryBytes = bounded(each.memoryBytes);
        process.startedMicroseconds = bounded(each.startedMicroseconds);
        process.user
            = each.user.empty() ? QString::number(each.uid) : QString::fromStdString(each.user);
        process.name = QString::fromStdString(each.name);
        process.arguments = argumentsOf(each.command);
        process.cut = each.command.size() == agent::processCommandMax;
        snapshot.processes.append(std::move(process));
    }
    return snapshot;
}

} // namespace quarry::sandbox
