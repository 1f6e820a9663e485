// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What an instance (namespaces, layer, agent) is asked to be: plain values, copied freely.
#pragma once

#include "runtime/images/image.h"

#include <QList>
#include <QMap>
#include <QString>

#include <optional>

namespace quarry::runtime {

enum class NetworkMode {
    None, // a loopback of its own, nothing else
    User, // goes out only, through pasta; the host's addresses are not reachable
    Host, // the host's own network
};

// Limits that a caller asks for; what is absent is not limited.
struct Limits {
    std::optional<qint64> memory; // bytes, swap included
    std::optional<double> cpus;   // cores, 0.01 or more
    std::optional<int> pids;      // processes and threads, 1 or more
    std::optional<qint64>
        disk;   // bytes of the layer; counted by who asks, never held by the runtime
};

// One limit as it is in force. Memory and disk in bytes, cpus in cores, pids a count.
struct EffectiveLimit {
    double asked = 0;
    double effective = 0;  // lower than asked where the machine has less
    bool enforced = false; // the kernel holds it
    QString reason;        // a sentence; empty when what was asked is held as asked
};

// "memory", "cpus", "pids", "disk"; a limit that nobody asked for has no entry.
using EffectiveLimits = QMap<QString, EffectiveLimit>;

struct Bind {
    QString source; // absolute, exists on this machine
    QString target; // absolute, inside; made when absent, never through a link that leaves the root
    bool readOnly = false;
};

struct InstanceSpec {
    QString id; // names cgroups and messages: 1–64 of A-Za-z0-9._-, not starting with a dot
    // Absolute folder of the instance's own, prepared by ImageStore::prepareLayer (layer.h says
    // what is in it). Owners on disk count from 0 for a root server, and are the server's own uid
    // and its subuids otherwise: read, measure and delete it through MappedWorker only.
    QString layerFolder;
    Image image; // its locks are held as long as the instance lives
    NetworkMode network = NetworkMode::None;
    Limits limits;
    bool requireLimits = false; // refuse what cannot be held, or only at less than was asked
    // Of the agent, over the image's own and over defaults for PATH, HOME, LANG and TERM.
    QMap<QString, QString> env;
    QList<Bind> binds;
    QString hostname = QStringLiteral("sandbox");
    int startMilliseconds = 60000; // how long a start may take in all
};

} // namespace quarry::runtime
