// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One SQLite database: opened with its migrations, in WAL mode, synchronous NORMAL.
//
// A commit is on disk as far as a killed program goes; a power cut may cost the last second.
// Commits take tens of microseconds and no flush: the log is folded back by a thread of its own.
#pragma once

#include "base/result.h"
#include "store/statement.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <memory>

namespace quarry::store {

class Checkpointer;

// Belongs to one thread.
class Database
{
public:
    // MIGRATIONS are SQL scripts; the first leads from an empty file to version 1, and so on.
    // Refuses a database of a later version than there are migrations, and one that is broken,
    // naming PATH.
    static Result<std::unique_ptr<Database>> open(const QString &path,
                                                  const QStringList &migrations);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    Statement prepare(const char *sql);
    // All of WORK or nothing.
    Result<void> transaction(const std::function<Result<void>()> &work);

private:
    explicit Database(sqlite3 *handle);
    Result<void> configure();
    Result<void> migrate(const QString &path, const QStringList &migrations);
    Result<void> execute(const char *sql);

    sqlite3 *m_handle;
    std::unique_ptr<Checkpointer> m_checkpointer;
};

} // namespace quarry::store
