// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/websocketupgrade.h"

#include <QPointer>
#include <QTcpSocket>
#include <QWebSocket>
#include <QWebSocketServer>

namespace quarry::http {

namespace {

Rejection bad(int status, const char *why)
{
    return {status, QString::fromLatin1(why)};
}

// What QWebSocketServer has to see, and no more: everything else has been judged here.
QByteArray handshakeBytes(const Request &request)
{
    QByteArray bytes = "GET " + request.rawPath;
    if (!request.rawQuery.isEmpty())
        bytes += '?' + request.rawQuery;
    bytes
        += " HTTP/1.1\r\nHost: " + (request.host.isEmpty() ? QByteArray("localhost") : request.host)
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          "Sec-WebSocket-Key: "
        + request.fields.value("sec-websocket-key") + "\r\n";
    for (const QByteArray &offer : request.fields.values("sec-websocket-protocol"))
        bytes += "Sec-WebSocket-Protocol: " + offer + "\r\n";
    return bytes + "\r\n";
}

// Puts bytes back, so that they are read next.
void unread(QTcpSocket &socket, const QByteArray &bytes)
{
    for (qsizetype i = bytes.size(); i-- > 0;)
        socket.ungetChar(bytes[i]);
}

} // namespace

std::optional<Rejection> handshakeFault(const Request &request)
{
    const Fields &fields = request.fields;
    if (request.method != "GET" || request.minorVersion == 0 || request.hasBody())
        return bad(400, "a WebSocket handshake is a GET of HTTP/1.1 without a body");
    if (!fields.hasToken("upgrade", "websocket") || !fields.hasToken("connection", "upgrade"))
        return bad(426, "this address speaks WebSocket only");
    if (fields.count("sec-websocket-version") != 1 || fields.value("sec-websocket-version") != "13")
        return bad(426, "the WebSocket version must be 13");
    const auto key = QByteArray::fromBase64Encoding(fields.value("sec-websocket-key"),
                                                    QByteArray::AbortOnBase64DecodingErrors);
    if (fields.count("sec-websocket-key") != 1 || !key || key.decoded.size() != 16)
        return bad(400, "Sec-WebSocket-Key is not 16 bytes in Base64");
    return {};
}

WebSocketUpgrade::WebSocketUpgrade(QObject *parent, QByteArray rest, Done done)
    : QObject(parent), m_rest(std::move(rest)), m_done(std::move(done)),
      m_server(std::make_unique<QWebSocketServer>(QString(), QWebSocketServer::NonSecureMode))
{
}

WebSocketUpgrade::~WebSocketUpgrade()
{
    if (m_done && m_socket)
        m_socket->deleteLater();
}

void WebSocketUpgrade::start(QObject *parent, UniqueFd socket, const Request &request,
                             const QByteArray &rest, const QString &subprotocol, Done done)
{
    auto *upgrade = new WebSocketUpgrade(parent, rest, std::move(done));
    // From the event loop, so that nothing of the caller is on the stack when it is done.
    QMetaObject::invokeMethod(
        upgrade,
        [upgrade, descriptor = socket.release(), bytes = handshakeBytes(request), subprotocol] {
            upgrade->run(UniqueFd(descriptor), bytes, subprotocol);
        },
        Qt::QueuedConnection);
}

void WebSocketUpgrade::run(UniqueFd socket, const QByteArray &bytes, const QString &subprotocol)
{
    m_socket = new QTcpSocket;
    if (!m_socket->setSocketDescriptor(socket.get())) {
        delete std::exchange(m_socket, nullptr);
        fail();
        return;
    }
    socket.release();
    connect(m_server.get(), &QWebSocketServer::newConnection, this, &WebSocketUpgrade::deliver);
    connect(m_socket, &QTcpSocket::disconnected, this, &WebSocketUpgrade::fail);
    if (!subprotocol.isEmpty())
        m_server->setSupportedSubprotocols({subprotocol});
    unread(*m_socket, bytes); // QWebSocketServer wants to read the handshake itself
    m_server->handleConnection(m_socket);
    QMetaObject::invokeMethod(m_socket, "readyRead");
}

void WebSocketUpgrade::deliver()
{
    QWebSocket *socket = m_server->nextPendingConnection();
    if (!socket || !m_done)
        return;
    m_socket->disconnect(this);
    socket->setParent(nullptr);
    m_socket->setParent(socket); // which does not free it by itself
    deleteLater();
    const QPointer<QTcpSocket> stream = m_socket; // the WebSocket's from here on
    std::exchange(m_done, {})(socket);
    // Only now: before, the receiver had not connected to the signals.
    if (stream && !m_rest.isEmpty()) {
        unread(*stream, m_rest);
        QMetaObject::invokeMethod(stream, "readyRead", Qt::QueuedConnection);
    }
}

void WebSocketUpgrade::fail()
{
    deleteLater();
    if (m_socket)
        std::exchange(m_socket, nullptr)->deleteLater();
    if (m_done)
        std::exchange(m_done, {})(Error{
            ErrorCode::ConnectionLost, QStringLiteral("the WebSocket handshake did not end"), {}});
}

} // namespace quarry::http
