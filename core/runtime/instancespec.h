// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What an instance (namespaces, layer, agent) is asked to be: plain values, copied freely.
#pragma once

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
    std::optional<qint64> disk;   // bytes of the layer; counted by who asks, never held by the runtime
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

// The read-only files below a layer.
struct LowerImage {
    enum class Kind {
        Host,   // this machine's /usr below a root made from PATH, the skeleton folder
        RootFs, // PATH is a whole root file system
    };
    Kind kind = Kind::Host;
    // Absolute folder on this machine; owned by who runs the server (0-based ids on disk for root).
    QString path;
    QString label;              // for messages: "host", "python:3.11"
    QMap<QString, QString> env; // the image's own variables; the spec's win over them
};

struct Bind {
    QString source; // absolute, exists on this machine
    QString target; // absolute, inside; made when absent, never through a link that leaves the root
    bool readOnly = false;
};

struct InstanceSpec {
    QString id; // names cgroups and messages: 1–64 of A-Za-z0-9._-, not starting with a dot
    // Absolute folder of the instance's own, made by the caller (0700) on a file system that can carry
    // an overlay's upper layer. The runtime keeps in it: root/ and root.work/ (the upper layer of the
    // root), and for the host image usr/ and usr.work/ (that of /usr). Owners on disk count from 0 for
    // a root server, and are the server's own uid and subuids otherwise: read, measure and delete it by
    // runInLayer only.
    QString layerFolder;
    LowerImage image;
    NetworkMode network = NetworkMode::None;
    Limits limits;
    bool requireLimits = false; // refuse what cannot be held, or only at less than was asked
    QMap<QString, QString> env; // of the agent; PATH, HOME, LANG and TERM have defaults
    QList<Bind> binds;
    QString hostname = QStringLiteral("sandbox");
    int startMilliseconds = 60000; // how long a start may take in all
};

} // namespace quarry::runtime
