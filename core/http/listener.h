// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One listening socket.
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"
#include "http/server.h"

#include <QObject>

#include <memory>

class QSocketNotifier;

namespace quarry::http {

// Not a QTcpServer or QLocalServer: the latter closes itself for good when the program is out of
// descriptors for a moment.
class Listener : public QObject
{
    Q_OBJECT
public:
    static Result<std::unique_ptr<Listener>> onAddress(const QHostAddress &address, quint16 port);
    static Result<std::unique_ptr<Listener>> onPath(const QString &path);
    ~Listener() override;

    const Endpoint &endpoint() const { return m_endpoint; }

    struct Accepted {
        UniqueFd socket;          // none: nothing waits, or exhausted
        bool exhausted = false;   // out of descriptors or memory: pause, nothing else helps
    };
    Accepted accept();
    void setAccepting(bool on);

Q_SIGNALS:
    void incoming(); // accept() has something

private:
    Listener(UniqueFd socket, Endpoint endpoint);

    UniqueFd m_socket;
    Endpoint m_endpoint;
    QSocketNotifier *m_notifier;
};

} // namespace quarry::http
