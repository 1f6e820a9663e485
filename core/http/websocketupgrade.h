// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// From a request to a WebSocket.
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"
#include "http/message/headcheck.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

class QTcpSocket;
class QWebSocket;
class QWebSocketServer;

namespace quarry::http {

// What keeps the request from being a handshake (RFC 6455 4.2.1).
std::optional<Rejection> handshakeFault(const Request &request);

// One handshake, by QtWebSockets. Deletes itself when it has answered.
class WebSocketUpgrade : public QObject
{
    Q_OBJECT
public:
    using Done = Callback<QWebSocket *>;

    // `rest`: what came behind the request. `done` comes from the event loop.
    static void start(QObject *parent, UniqueFd socket, const Request &request,
                      const QByteArray &rest, const QString &subprotocol, Done done);

    ~WebSocketUpgrade() override;

private:
    WebSocketUpgrade(QObject *parent, QByteArray rest, Done done);
    void run(UniqueFd socket, const QByteArray &bytes, const QString &subprotocol);
    void deliver();
    void fail();

    QByteArray m_rest;
    Done m_done;
    std::unique_ptr<QWebSocketServer> m_server;
    QTcpSocket *m_socket = nullptr; // the WebSocket's, later
};

} // namespace quarry::http
