// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/database.h"

#include "base/uniquefd.h"
#include "store/checkpointer.h"

#include <sqlite3.h>

#include <QFile>

#include <fcntl.h>

namespace quarry::store {

namespace {

constexpr int foldAfterPages = 1000; // 4 MiB of log

Error named(const QString &path, Error error)
{
    error.message = QStringLiteral("%1: %2").arg(path, error.message);
    error.details.insert(QStringLiteral("path"), path);
    return error;
}

} // namespace

Database::Database(sqlite3 *handle) : m_handle(handle) { }

Database::~Database()
{
    m_checkpointer.reset();
    sqlite3_close_v2(m_handle);
}

Result<std::unique_ptr<Database>> Database::open(const QString &path, const QStringList &migrations)
{
    // Nobody else's to read, and its side files take after it.
    const UniqueFd made(
        ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    sqlite3 *handle = nullptr;
    const int code = sqlite3_open_v2(
        QFile::encodeName(path).constData(), &handle,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    std::unique_ptr<Database> database(new Database(handle));
    if (code != SQLITE_OK)
        return named(path, databaseError(handle));
    if (const auto configured = database->configure(); !configured)
        return named(path, configured.error());
    if (const auto migrated = database->migrate(path, migrations); !migrated)
        return named(path, migrated.error());
    database->m_checkpointer = std::make_unique<Checkpointer>(path);
    sqlite3_wal_hook(
        handle,
        [](void *self, sqlite3 *, const char *, int pages) {
            if (pages >= foldAfterPages)
                static_cast<Checkpointer *>(self)->request();
            return SQLITE_OK;
        },
        database->m_checkpointer.get());
    return database;
}

Result<void> Database::configure()
{
    sqlite3_busy_timeout(m_handle, 2000);
    for (const char *sql : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL",
                            "PRAGMA foreign_keys=ON", "PRAGMA cache_size=-1024"}) {
        if (const auto done = execute(sql); !done)
            return done;
    }
    Statement check = prepare("PRAGMA quick_check(1)");
    const auto row = check.step();
    if (!row)
        return row.error();
    if (const QString verdict = check.text(0); verdict != QLatin1String("ok"))
        return {ErrorCode::Io,
                QStringLiteral("the database is damaged (%1); move it away to start afresh")
                    .arg(verdict)};
    return {};
}

Result<void> Database::migrate(const QString &path, const QStringList &migrations)
{
    Statement read = prepare("PRAGMA user_version");
    if (const auto row = read.step(); !row)
        return row.error();
    const qint64 version = read.number(0);
    read.reset();
    if (version > migrations.size()) {
        return {ErrorCode::Unsupported,
                QStringLiteral("it was written by a newer Quarry (version %1, this one knows %2)")
                    .arg(version)
                    .arg(migrations.size()),
                {{QStringLiteral("path"), path}}};
    }
    for (qint64 next = version; next < migrations.size(); ++next) {
        const auto done = transaction([&]() -> Result<void> {
            if (const auto applied = execute(migrations[next].toUtf8().constData()); !applied)
                return applied;
            return execute(
                QStringLiteral("PRAGMA user_version=%1").arg(next + 1).toUtf8().constData());
        });
        if (!done)
            return done;
    }
    return {};
}

Statement Database::prepare(const char *sql)
{
    return Statement(m_handle, sql);
}

Result<void> Database::transaction(const std::function<Result<void>()> &work)
{
    if (const auto begun = execute("BEGIN IMMEDIATE"); !begun)
        return begun;
    Result<void> done = work();
    if (done)
        done = execute("COMMIT");
    if (!done)
        sqlite3_exec(m_handle, "ROLLBACK", nullptr, nullptr, nullptr);
    return done;
}

Result<void> Database::execute(const char *sql)
{
    if (sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return databaseError(m_handle);
    return {};
}

} // namespace quarry::store
