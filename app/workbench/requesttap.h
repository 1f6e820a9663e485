// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of a server's requests, on its thread: counted and told of in batches, and kept for
// the sandbox that they were about.
#pragma once

#include "http/observed.h"
#include "widgets/models/calllog.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace quarry::engine {
class Engine;
}

namespace quarry::workbench {

widgets::RequestRecord recordOf(const http::Observed &one);

// Whether ENGINE has it and it is not deleted.
bool isThere(engine::Engine &engine, const QString &sandbox);
// Adds what is about a sandbox of ENGINE to LOG. Both live longer than the server.
http::Observer logOf(widgets::CallLog &log, engine::Engine &engine);

// Lives on the server's thread, longer than the server that it observes.
class RequestTap : public QObject
{
    Q_OBJECT
public:
    explicit RequestTap(QObject *parent = nullptr);

    http::Observer observer();
    void setWatched(bool on);
    void start();
    void stop(); // tells what is left
    // Asked at every batch.
    void setConnections(std::function<int()> count) { m_connections = std::move(count); }

Q_SIGNALS:
    void told(const quarry::widgets::RequestBatch &batch);

private:
    void take(const http::Observed &one);
    void countClient(const http::Observed &one);
    void flush();

    QTimer m_timer;
    QElapsedTimer m_since;
    widgets::RequestBatch m_batch;
    qsizetype m_next = 0; // the oldest of a full batch
    bool m_watched = false;
    std::function<int()> m_connections;
};

} // namespace quarry::workbench
