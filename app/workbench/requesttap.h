// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Counts a server's requests on its thread, and tells of them in batches.
#pragma once

#include "http/observed.h"
#include "widgets/models/requests.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace quarry::workbench {

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
    void flush();

    QTimer m_timer;
    QElapsedTimer m_since;
    widgets::RequestBatch m_batch;
    qsizetype m_next = 0; // the oldest of a full batch
    bool m_watched = false;
    std::function<int()> m_connections;
};

} // namespace quarry::workbench
