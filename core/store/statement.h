// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One prepared statement of SQLite, bound, stepped and read in order.
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

struct sqlite3;
struct sqlite3_stmt;

namespace quarry::store {

// Not for two threads at once; must end before its database does.
class Statement
{
public:
    Statement(sqlite3 *database, const char *sql);
    Statement(Statement &&other) noexcept;
    Statement &operator=(Statement &&) = delete;
    ~Statement();

    // Binds the next parameter, from the first on.
    Statement &bind(const QString &text);
    Statement &bind(qint64 number);
    Statement &bindReal(double number);
    Statement &bindNull();

    // True while there is a row to read. An error names what SQLite said; NoSpace for a full disk.
    Result<bool> step();
    // For statements without rows: step, then ready for the next binding.
    Result<void> run();
    void reset();

    QString text(int column) const;
    QByteArray bytes(int column) const;
    qint64 number(int column) const;
    double real(int column) const;

private:
    sqlite3 *m_database;
    sqlite3_stmt *m_statement = nullptr;
    int m_nextParameter = 1;
};

// The error behind the database's last failure.
Error databaseError(sqlite3 *database);

} // namespace quarry::store
