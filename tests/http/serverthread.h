// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A server on a thread of its own, so that tests may block.
#pragma once

#include "http/router.h"
#include "http/server.h"

#include <QThread>

#include <functional>
#include <memory>

namespace quarry::http::test {

class ServerThread
{
public:
    explicit ServerThread(Handler handler, Limits limits = {});
    ~ServerThread();

    quint16 port() const { return m_port; }
    Server &server() { return *m_server; } // for run() only
    // Runs on the server's thread, and waits for it.
    void run(const std::function<void()> &work);
    // Returns when the server has seen everything that was sent before.
    void settle();
    // Waits until `condition`, asked on the server's thread, holds; false after a long time.
    bool waitUntil(const std::function<bool()> &condition);

private:
    QThread m_thread;
    QObject m_context; // lives on the thread
    std::unique_ptr<Server> m_server;
    quint16 m_port = 0;
};

// GET /hello, POST /echo, POST /length (streamed), GET /size/{n} (n bytes, chunked).
Handler plainRoutes();

// "METHOD target HTTP/1.1", Host and more fields, and the empty line.
QByteArray head(const char *method, const QByteArray &target, const QByteArray &fields = {});

} // namespace quarry::http::test
