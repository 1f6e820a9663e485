// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Folds SQLite's write-ahead log back into its database, on a thread of its own: this is where the
// disk is flushed, and the writer's thread must not wait for it.
#pragma once

#include <QString>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace quarry::store {

class Checkpointer
{
public:
    explicit Checkpointer(QString path);
    ~Checkpointer(); // waits for a fold under way

    // From any thread; several requests at once are one.
    void request();

private:
    void work();

    QString m_path;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_requested = false;
    bool m_ended = false;
    std::thread m_thread; // started by the first request
};

} // namespace quarry::store
