// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a sandbox is asked to be, and what it is: plain values, copied freely between threads.
#pragma once

#include <QDateTime>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace quarry::sandbox {

enum class State { Pending, Running, Stopped, Deleted, Archiving, Archived };

// "pending", "running", … as the APIs show it; stateFromText knows no other word.
QString toString(State state);
std::optional<State> stateFromText(const QString &text);

enum class Network { None, User, Host };
QString toString(Network network);
std::optional<Network> networkFromText(const QString &text);

// A folder of the user's that the sandbox sees.
struct Bind {
    QString source; // absolute, on this machine
    QString target; // absolute, inside
    bool readOnly = false;
};

// What a caller asks for. What is not said is taken from the engine's defaults.
struct SandboxRequest {
    QString image;             // required: "host", an alias, or the name of an image of the store
    QString id;                // 1–64 of A-Za-z0-9._-, not starting with a dot; made when empty
    std::optional<qint64> memory; // bytes
    std::optional<double> cpus;
    std::optional<qint64> disk; // bytes
    std::optional<int> pids;
    std::optional<Network> network;
    bool requireLimits = false; // refuse what cannot be enforced or must be capped
    std::optional<qint64> idleSeconds;     // stop after so long without a call; 0: never
    std::optional<qint64> autoStopSeconds; // stop so long after the start, calls or not
    std::optional<qint64> autoDeleteSeconds; // delete so long after the stop
    qint64 startupSeconds = 180;
    QMap<QString, QString> env;
    QList<Bind> binds;
    QString userId;
    QString experimentId;
    QString nameSpace;
    QMap<QString, QString> labels; // kept and shown, never read
};

// One step of a start: "image", "layer", "limits", "network", "agent".
struct Phase {
    QString name;
    QString status; // "waiting", "running", "success", "failed" or "timeout"
    QString message;
};

struct HistoryEntry {
    QString fromState; // empty in the first record
    QString toState;
    QString event; // "create", "started", "start failed: …", "stop", "idle", …
    QDateTime time;
};

// One limit: asked, in force, and why they differ. Memory and disk in bytes, cpus in cores.
struct LimitInfo {
    double asked = 0; // 0: nobody asked
    double effective = 0;
    bool enforced = false;
    QString reason; // empty when what was asked is enforced as asked
};

struct SandboxInfo {
    QString id;
    State state = State::Pending;
    QString image;    // as asked
    QString servedBy; // what really serves it: "host", "host (alias debian:12)", …
    Network network = Network::None;
    QList<Phase> phases;
    QMap<QString, LimitInfo> limits; // "memory", "cpus", "pids", "disk"
    QList<HistoryEntry> history;
    QString userId;
    QString experimentId;
    QString nameSpace;
    QMap<QString, QString> labels;
    QString reason; // why it is stopped, for a person; empty while it is not
    QDateTime createTime;
    QDateTime startTime;
    QDateTime stopTime;
    QDateTime deleteTime;
    QDateTime autoStopTime;   // the earlier of idle and auto-stop; invalid: none
    QDateTime autoDeleteTime; // while stopped; invalid: none

    bool alive() const { return state == State::Running; }
    bool pending() const { return state == State::Pending; }
};

// Percent of the sandbox's own limits; network in bytes since its start.
struct SandboxStatistics {
    double cpuPercent = 0;
    double memoryPercent = 0;
    double diskPercent = 0;
    qint64 networkBytes = 0;
    qint64 memoryBytes = 0;
    qint64 diskBytes = 0;
    qint64 processes = 0;
};

struct SandboxFilter {
    QStringList states; // empty: pending and running
    QString userId;
    QString experimentId;
    QString nameSpace;
    QString image;
    int offset = 0;
    int limit = 500;
};

struct SandboxPage {
    QList<SandboxInfo> items; // newest first
    int total = 0;
};

// A commit of a sandbox's layer to an image.
struct CommitInfo {
    enum class Phase { Running, Succeeded, Failed };
    QString sandboxId;
    QString imageTag;
    Phase phase = Phase::Running;
    QDateTime startedAt;
    QDateTime completedAt;
    int exitCode = 0;
    QString failedStage;  // "commit" or "push"
    QString errorCode;    // COMMIT_FAILED, COMMIT_CANCELLED, PUSH_FAILED, …
    QString errorMessage;
    qint64 bytesDone = 0;
    qint64 bytesTotal = 0; // 0 while unknown
};
// "running", "succeeded" or "failed".
QString toString(CommitInfo::Phase phase);

} // namespace quarry::sandbox
