// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The processes of a living sandbox, as its agent saw them at one moment: plain values.
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace quarry::agent {
struct ProcessList;
}

namespace quarry::sandbox {

// Texts are chosen by programs in the sandbox: any length up to the agent's limits, any
// characters; bytes that are no UTF-8 have been replaced.
struct Process {
    quint32 pid = 0;
    quint32 parent = 0;
    quint32 session = 0; // the pid of its leader
    char state = '?'; // as in proc(5)
    qint64 cpuMicroseconds = 0;
    qint64 memoryBytes = 0; // resident and not shared with a file
    qint64 startedMicroseconds = 0; // since boot: with the pid it names one process for good
    QString user; // its number where the sandbox has no name for it
    QString name; // as the kernel has it
    QStringList arguments; // none: a zombie
    bool cut = false; // there were more arguments
};

struct ProcessSnapshot {
    QList<Process> processes; // by pid
    int total = 0; // there were so many
    bool cut = false; // and the last of them are left out
    qint64 nowMicroseconds = 0; // since boot
};

// A signal for one process, or for it and all that descends from it.
struct ProcessSignal {
    quint32 pid = 0;
    qint64 startedMicroseconds = 0; // of the process that is meant: a pid is used again
    int signal = 0; // 1…64
    bool tree = false;
};

ProcessSnapshot toSnapshot(const agent::ProcessList &list);

} // namespace quarry::sandbox
