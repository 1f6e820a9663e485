// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/checkpointer.h"

#include <sqlite3.h>

#include <QFile>

#include <utility>

namespace quarry::store {

Checkpointer::Checkpointer(QString path) : m_path(std::move(path)) { }

Checkpointer::~Checkpointer()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ended = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

void Checkpointer::request()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_requested)
            return;
        m_requested = true;
        if (!m_thread.joinable())
            m_thread = std::thread([this] { work(); });
    }
    m_wake.notify_one();
}

void Checkpointer::work()
{
    sqlite3 *handle = nullptr;
    if (sqlite3_open_v2(QFile::encodeName(m_path).constData(), &handle,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr)
        == SQLITE_OK) {
        std::unique_lock lock(m_mutex);
        while (true) {
            m_wake.wait(lock, [this] { return m_requested || m_ended; });
            if (m_ended)
                break;
            lock.unlock();
            // What cannot be folded now is folded at the next request; nothing is lost by it.
            sqlite3_wal_checkpoint_v2(handle, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
            lock.lock();
            m_requested = false;
        }
    }
    sqlite3_close_v2(handle);
}

} // namespace quarry::store
