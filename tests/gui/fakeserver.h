// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A server that is on when told so.
#pragma once

#include "widgets/models/servercontrol.h"

namespace quarry::widgets::test {

class FakeServer : public ServerControl
{
    Q_OBJECT
public:
    State state() const override { return m_state; }
    QStringList addresses() const override
    {
        return m_state == State::On ? QStringList{QStringLiteral("http://127.0.0.1:8080")}
                                    : QStringList();
    }
    QString error() const override { return m_error; }
    bool portTaken() const override { return !m_error.isEmpty(); }
    QString tokenFile() const override { return QStringLiteral("/data/token"); }
    QString socketPath() const override { return QStringLiteral("/data/quarry.sock"); }
    ServerAccess access() const override { return ServerAccess::OwnUserFree; }
    ServerLimits limits() const override { return {1 << 20, 1 << 30, 1 << 14, 1024, {}}; }
    QStringList configured() const override { return {QStringLiteral("127.0.0.1:8080")}; }
    void start() override { set(State::On); }
    void startOnFreePorts() override
    {
        m_error.clear();
        set(State::On);
    }
    void stop() override { set(State::Off); }
    void watchRequests(bool on) override { m_watched = on; }
    void replay(const RequestRecord &record) override { m_replayed.append(record); }

    const QList<RequestRecord> &replayed() const { return m_replayed; }
    bool isWatched() const { return m_watched; }
    void fail(const QString &error)
    {
        m_error = error;
        set(State::Off);
    }

private:
    void set(State state)
    {
        m_state = state;
        Q_EMIT changed();
    }

    State m_state = State::Off;
    QString m_error;
    bool m_watched = false;
    QList<RequestRecord> m_replayed;
};

} // namespace quarry::widgets::test
