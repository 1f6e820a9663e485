// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a server did for one request, for whoever looks on.
#pragma once

#include <QByteArray>
#include <QString>

#include <chrono>
#include <functional>

namespace quarry::http {

struct Peer;
struct Request;

// The pointers and references hold during the call only.
struct Observed {
    const Request *request; // null: refused before it was one
    const Peer &peer;
    int status; // of the answer; 0: the connection was cut before there was one
    qint64 received; // bytes of the body that were taken
    qint64 sent; // bytes of the answer, with its head
    std::chrono::microseconds took; // from the head to the end of the answer
    QString subject; // what it was about, as its handler said; empty: it did not
    // The first bytes of the bodies, as many as the observer asked for.
    QByteArray requestBody, answerBody;
};

// Called on the server's thread, once for every request, when its answer is complete or given up.
// It must be quick and must not call back into the server.
using Observer = std::function<void(const Observed &)>;

} // namespace quarry::http
