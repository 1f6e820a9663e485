// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Listens, accepts, and hands each request to one handler.
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"
#include "http/exchange.h"
#include "http/message/limits.h"
#include "http/observed.h"

#include <QHostAddress>
#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <unordered_set>
#include <vector>

class QTimer;
class QWebSocket;

namespace quarry::http {

class Connection;
class Listener;
class PeerLookup;

// Where a server listens: an address and a port, or the path of a unix socket.
struct Endpoint {
    QHostAddress address;
    quint16 port = 0;
    QString path;

    bool isLocal() const { return !path.isEmpty(); }
    QString url() const; // "http://127.0.0.1:8080", "http://[::1]:8080", "unix:/run/q.sock"
};

class Server : public QObject
{
    Q_OBJECT
public:
    explicit Server(Limits limits = {}, QObject *parent = nullptr);
    ~Server() override; // cuts what is still open

    const Limits &limits() const { return m_limits; }
    // Called for every well-formed request, on this thread, inside the event loop.
    void setHandler(Handler handler) { m_handler = std::move(handler); }

    // From now on OBSERVER is told of every request, with the first BODYKEPT bytes of each body; an
    // empty one: nobody looks, which costs nothing.
    void setObserver(Observer observer, qsizetype bodyKept = 0)
    {
        m_observer = std::move(observer);
        m_bodyKept = bodyKept;
    }

    // `host` is an address or "localhost" (127.0.0.1); port 0 takes a free one. AlreadyExists when
    // the port is taken: the message names it and who holds it where /proc shows that (details:
    // address, port, pid, process).
    Result<Endpoint> listen(const QString &host, quint16 port);
    // A unix socket, 0600 from its first moment. A file in the way is AlreadyExists: whether it is
    // stale is the caller's question. Removed on stop.
    Result<Endpoint> listenLocal(const QString &path);
    std::vector<Endpoint> endpoints() const;

    // Stops listening, closes idle connections, lets running exchanges and upgraded streams finish,
    // cuts what is left at the deadline; then `done`, from the event loop.
    void stop(std::chrono::milliseconds deadline, std::function<void()> done);

    int connectionCount() const;
    // How many connections may be open at once: Limits::maxConnections, or less where descriptors
    // are few.
    int capacity() const { return m_capacity; }

private:
    friend class Connection;

    // ---- for Connection
    void handle(const ExchangePtr &exchange);
    bool isStopping() const { return m_stopping; }
    const Observer &observer() const { return m_observer; }
    qsizetype bodyKept() const { return m_observer ? m_bodyKept : 0; }
    PeerLookup &peers() { return *m_peers; }
    void arm(qint64 deadline); // expire() of who has that deadline will be called
    void closed(Connection *connection);
    void startWebSocket(UniqueFd socket, const Request &request, const QByteArray &rest,
                        const QString &subprotocol, Callback<QWebSocket *> done);
    void handOver(Stream *stream, const QByteArray &first, Callback<UpgradedStream> done);

    Endpoint add(std::unique_ptr<Listener> listener);
    void acceptFrom(Listener *listener);
    void admit(UniqueFd socket);
    bool giveUpOne(); // closes the most expendable connection
    void setAccepting(bool on);
    void expireDue();
    void watch(QWebSocket *socket);
    void cutRest();
    void onClosed();

    Limits m_limits;
    Handler m_handler;
    Observer m_observer;
    qsizetype m_bodyKept = 0;
    int m_capacity;
    std::unique_ptr<PeerLookup> m_peers;
    std::vector<std::unique_ptr<Listener>> m_listeners;
    std::unordered_set<Connection *> m_connections;
    // What connections have become.
    std::unordered_set<QWebSocket *> m_webSockets;
    std::unordered_set<Stream *> m_streams;
    int m_handshakes = 0; // between request and WebSocket
    QTimer *m_deadlineTimer;
    QTimer *m_acceptTimer; // after running out of descriptors
    qint64 m_armed;
    bool m_accepting = true;
    bool m_stopping = false;
    std::function<void()> m_stopped;
};

} // namespace quarry::http
