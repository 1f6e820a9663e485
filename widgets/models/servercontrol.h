// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The server of the window's engine, on and off, and what is asked of it. What it is made of is the
// program's.
#pragma once

#include "widgets/models/requests.h"

#include <QObject>
#include <QStringList>

#include <chrono>

namespace quarry::widgets {

// Who needs the token.
enum class ServerAccess {
    OwnUserFree, // everybody but the own user on this machine
    EverybodyByToken, // everybody on the addresses
    Open, // nobody
};

struct ServerLimits {
    qint64 body = 0, upload = 0, header = 0; // bytes
    int connections = 0;
    std::chrono::seconds idle{0};
};

class ServerControl : public QObject
{
    Q_OBJECT
public:
    enum class State { Off, Starting, On, Stopping };
    Q_ENUM(State)

    using QObject::QObject;

    virtual State state() const = 0;
    virtual QStringList addresses() const = 0; // "http://127.0.0.1:8080", while on
    virtual QString error() const = 0; // why the last start failed; empty: it did not
    virtual bool portTaken() const = 0; // it failed for that
    virtual QString tokenFile() const = 0;
    virtual QString socketPath() const = 0; // of the unix socket; empty: there is none
    virtual ServerAccess access() const = 0;
    virtual ServerLimits limits() const = 0;
    // Where it listens when it is started: "127.0.0.1:8080".
    virtual QStringList configured() const = 0;
    // Nothing happens in another state than off, and on.
    virtual void start() = 0;
    // On the same addresses, with ports that are free.
    virtual void startOnFreePorts() = 0;
    virtual void stop() = 0;
    // Whether somebody sees single requests; otherwise they are only counted.
    virtual void watchRequests(bool on) = 0;
    // Makes the call of RECORD, which has all of its body, once more. It is a request like others,
    // by ReplayAgent. Nothing happens unless the server is on.
    virtual void replay(const RequestRecord &record) = 0;

Q_SIGNALS:
    void changed();
    // No answer came.
    void replayFailed(const QString &reason);
    // While on: ten times a second while requests are watched, else once a second.
    void requestsSeen(const quarry::widgets::RequestBatch &batch);
};

} // namespace quarry::widgets
