// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/server.h"

#include "http/connection.h"
#include "http/listener.h"
#include "http/peer/peerlookup.h"
#include "http/websocketupgrade.h"

#include <QTimer>
#include <QWebSocket>

#include <algorithm>
#include <sys/resource.h>

namespace quarry::http {

namespace {

constexpr int acceptsPerTurn = 64; // then others get a turn
// Connections above the limit that are being told so: this part of the limit, and not more than
// that.
constexpr int refusedPart = 4;
constexpr int maxRefused = 32;
constexpr std::chrono::milliseconds exhaustedPause{200};

int capacityFor(const Limits &limits)
{
    rlimit descriptors{};
    if (::getrlimit(RLIMIT_NOFILE, &descriptors) != 0 || descriptors.rlim_cur == RLIM_INFINITY)
        return limits.maxConnections;
    const auto all = qint64(std::min<rlim_t>(descriptors.rlim_cur, 1 << 20));
    const qint64 ours = std::max(all - limits.reservedDescriptors, all / 4);
    return int(std::clamp<qint64>(ours, 1, limits.maxConnections));
}

} // namespace

QString Endpoint::url() const
{
    if (isLocal())
        return QStringLiteral("unix:") + path;
    const bool v6 = address.protocol() == QAbstractSocket::IPv6Protocol;
    return (v6 ? QStringLiteral("http://[%1]:%2") : QStringLiteral("http://%1:%2"))
        .arg(address.toString())
        .arg(port);
}

Server::Server(Limits limits, QObject *parent)
    : QObject(parent), m_limits(limits), m_capacity(capacityFor(limits)),
      m_peers(std::make_unique<PeerLookup>()), m_deadlineTimer(new QTimer(this)),
      m_acceptTimer(new QTimer(this)), m_armed(Connection::never)
{
    m_deadlineTimer->setSingleShot(true);
    connect(m_deadlineTimer, &QTimer::timeout, this, &Server::expireDue);
    m_acceptTimer->setSingleShot(true);
    connect(m_acceptTimer, &QTimer::timeout, this, [this] { setAccepting(true); });
}

Server::~Server()
{
    m_stopping = true;
    m_listeners.clear();
    const std::unordered_set<Connection *> connections = m_connections;
    for (Connection *connection : connections)
        connection->close();
    qDeleteAll(connections);
}

// ---- listening

Result<Endpoint> Server::listen(const QString &host, quint16 port)
{
    const QHostAddress address = host == QLatin1String("localhost")
        ? QHostAddress(QHostAddress::LocalHost)
        : QHostAddress(host);
    if (address.isNull())
        return Error{ErrorCode::InvalidArgument,
                     QStringLiteral("\"%1\" is not an address to listen on (like 127.0.0.1 or ::1)")
                         .arg(host),
                     {}};
    Result<std::unique_ptr<Listener>> listener = Listener::onAddress(address, port);
    if (!listener)
        return listener.error();
    return add(std::move(*listener));
}

Result<Endpoint> Server::listenLocal(const QString &path)
{
    Result<std::unique_ptr<Listener>> listener = Listener::onPath(path);
    if (!listener)
        return listener.error();
    return add(std::move(*listener));
}

Endpoint Server::add(std::unique_ptr<Listener> listener)
{
    Listener *added = listener.get();
    connect(added, &Listener::incoming, this, [this, added] { acceptFrom(added); });
    added->setAccepting(m_accepting);
    m_listeners.push_back(std::move(listener));
    return added->endpoint();
}

std::vector<Endpoint> Server::endpoints() const
{
    std::vector<Endpoint> all;
    for (const auto &listener : m_listeners)
        all.push_back(listener->endpoint());
    return all;
}

// ---- accepting

int Server::connectionCount() const
{
    return int(m_connections.size() + m_webSockets.size() + m_streams.size()) + m_handshakes;
}

void Server::acceptFrom(Listener *listener)
{
    for (int i = 0; i < acceptsPerTurn && !m_stopping; ++i) {
        if (connectionCount() > m_capacity + std::min(m_capacity / refusedPart, maxRefused)
            && !giveUpOne()) {
            setAccepting(false); // until one closes
            return;
        }
        Listener::Accepted accepted = listener->accept();
        if (accepted.exhausted) {
            giveUpOne();
            setAccepting(false);
            m_acceptTimer->start(exhaustedPause);
            return;
        }
        if (!accepted.socket)
            return;
        admit(std::move(accepted.socket));
    }
}

void Server::admit(UniqueFd socket)
{
    const bool room
        = connectionCount() < m_capacity || (giveUpOne() && connectionCount() < m_capacity);
    const Peer peer = m_peers->identify(socket.get());
    auto *connection = new Connection(this, std::move(socket), peer);
    m_connections.insert(connection);
    if (room)
        connection->start();
    else
        connection->refuse();
}

bool Server::giveUpOne()
{
    const qint64 now = monotonicNow();
    Connection *chosen = nullptr;
    int best = 0;
    for (Connection *connection : m_connections) {
        const int rank = connection->expendability(now);
        const bool better = rank > best
            || (rank > 0 && rank == best && connection->idleSince() < chosen->idleSince());
        if (better) {
            chosen = connection;
            best = rank;
        }
    }
    if (chosen)
        chosen->close();
    return chosen != nullptr;
}

void Server::setAccepting(bool on)
{
    if (m_accepting == on)
        return;
    m_accepting = on;
    for (const auto &listener : m_listeners)
        listener->setAccepting(on);
}

// ---- for the connections

void Server::handle(const ExchangePtr &exchange)
{
    if (m_handler)
        m_handler(exchange);
    else
        exchange->respondError(404, QStringLiteral("Not Found"));
}

void Server::closed(Connection *connection)
{
    m_connections.erase(connection);
    onClosed();
}

// One less, of whatever kind.
void Server::onClosed()
{
    if (!m_acceptTimer->isActive())
        setAccepting(true);
    if (m_stopped && connectionCount() == 0)
        QMetaObject::invokeMethod(this, std::exchange(m_stopped, {}), Qt::QueuedConnection);
}

// One timer for all, set to the earliest deadline. A deadline that moves back (nearly all do) costs
// nothing until the timer fires.
void Server::arm(qint64 deadline)
{
    if (deadline >= m_armed)
        return;
    m_armed = deadline;
    m_deadlineTimer->start(
        std::chrono::milliseconds(std::max<qint64>(deadline - monotonicNow() + 1, 1)));
}

void Server::expireDue()
{
    const qint64 now = monotonicNow();
    m_armed = Connection::never;
    const std::vector<Connection *> connections(m_connections.begin(), m_connections.end());
    for (Connection *connection : connections)
        connection->expire(now);
    qint64 next = Connection::never;
    for (const Connection *connection : m_connections)
        next = std::min(next, connection->deadline());
    if (next != Connection::never)
        arm(next);
}

void Server::startWebSocket(UniqueFd socket, const Request &request, const QByteArray &rest,
                            const QString &subprotocol, Callback<QWebSocket *> done)
{
    ++m_handshakes;
    WebSocketUpgrade::start(this, std::move(socket), request, rest, subprotocol,
                            [this, done = std::move(done)](Result<QWebSocket *> socketOrError) {
                                --m_handshakes;
                                if (socketOrError)
                                    watch(*socketOrError);
                                done(std::move(socketOrError));
                                onClosed();
                            });
}

void Server::watch(QWebSocket *socket)
{
    m_webSockets.insert(socket);
    const auto gone = [this, socket] {
        if (m_webSockets.erase(socket) > 0)
            onClosed();
    };
    connect(socket, &QWebSocket::disconnected, this, gone);
    connect(socket, &QObject::destroyed, this, gone);
    if (m_stopping)
        socket->close(QWebSocketProtocol::CloseCodeGoingAway);
}

void Server::handOver(Stream *stream, const QByteArray &first, Callback<UpgradedStream> done)
{
    stream->setParent(this);
    m_streams.insert(stream);
    connect(stream, &QObject::destroyed, this, [this, stream] {
        m_streams.erase(stream);
        onClosed();
    });
    QMetaObject::invokeMethod(
        stream,
        [stream, first, done = std::move(done)] {
            stream->setParent(nullptr);
            done(UpgradedStream{std::unique_ptr<Stream>(stream), first});
        },
        Qt::QueuedConnection);
}

// ---- stopping

void Server::stop(std::chrono::milliseconds deadline, std::function<void()> done)
{
    m_stopped = std::move(done);
    m_stopping = true;
    m_listeners.clear();
    const std::vector<Connection *> connections(m_connections.begin(), m_connections.end());
    for (Connection *connection : connections)
        connection->stop();
    const std::vector<QWebSocket *> webSockets(m_webSockets.begin(), m_webSockets.end());
    for (QWebSocket *socket : webSockets)
        socket->close(QWebSocketProtocol::CloseCodeGoingAway);
    QTimer::singleShot(deadline, this, &Server::cutRest);
    onClosed();
}

void Server::cutRest()
{
    const std::vector<Connection *> connections(m_connections.begin(), m_connections.end());
    for (Connection *connection : connections)
        connection->close();
    const std::vector<QWebSocket *> webSockets(m_webSockets.begin(), m_webSockets.end());
    for (QWebSocket *socket : webSockets)
        socket->abort();
    for (Stream *stream : m_streams)
        stream->abort();
    // Who holds a stream may take a moment to let go: that keeps nobody waiting.
    if (m_stopped)
        QMetaObject::invokeMethod(this, std::exchange(m_stopped, {}), Qt::QueuedConnection);
}

} // namespace quarry::http
