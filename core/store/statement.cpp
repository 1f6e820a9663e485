// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/statement.h"

#include <sqlite3.h>

#include <utility>

namespace quarry::store {

Error databaseError(sqlite3 *database)
{
    const QString message
        = QStringLiteral("The database says: %1.").arg(QString::fromUtf8(sqlite3_errmsg(database)));
    switch (sqlite3_errcode(database) & 0xff) {
    case SQLITE_FULL:
        return {ErrorCode::NoSpace, QStringLiteral("No space is left for the database."), {}};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        return {ErrorCode::PermissionDenied, message, {}};
    case SQLITE_CONSTRAINT:
        return {ErrorCode::AlreadyExists, message, {}};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorCode::WrongState, message, {}};
    default:
        return {ErrorCode::Io, message, {}};
    }
}

Statement::Statement(sqlite3 *database, const char *sql) : m_database(database)
{
    // A failure shows itself at the first step, which finds no statement.
    sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &m_statement, nullptr);
}

Statement::Statement(Statement &&other) noexcept
    : m_database(other.m_database), m_statement(std::exchange(other.m_statement, nullptr)),
      m_nextParameter(other.m_nextParameter)
{
}

Statement::~Statement()
{
    sqlite3_finalize(m_statement);
}

Statement &Statement::bind(const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    sqlite3_bind_text64(m_statement, m_nextParameter++, utf8.constData(),
                        sqlite3_uint64(utf8.size()), SQLITE_TRANSIENT, SQLITE_UTF8);
    return *this;
}

Statement &Statement::bind(qint64 number)
{
    sqlite3_bind_int64(m_statement, m_nextParameter++, number);
    return *this;
}

Statement &Statement::bindReal(double number)
{
    sqlite3_bind_double(m_statement, m_nextParameter++, number);
    return *this;
}

Statement &Statement::bindNull()
{
    sqlite3_bind_null(m_statement, m_nextParameter++);
    return *this;
}

Result<bool> Statement::step()
{
    if (!m_statement)
        return databaseError(m_database);
    switch (sqlite3_step(m_statement)) {
    case SQLITE_ROW:
        return true;
    case SQLITE_DONE:
        return false;
    default: {
        Error error = databaseError(m_database);
        reset();
        return error;
    }
    }
}

Result<void> Statement::run()
{
    const Result<bool> stepped = step();
    reset();
    return stepped.ok() ? Result<void>() : Result<void>(stepped.error());
}

void Statement::reset()
{
    sqlite3_reset(m_statement);
    sqlite3_clear_bindings(m_statement);
    m_nextParameter = 1;
}

QString Statement::text(int column) const
{
    return QString::fromUtf8(bytes(column));
}

QByteArray Statement::bytes(int column) const
{
    const void *data = sqlite3_column_blob(m_statement, column);
    return QByteArray(static_cast<const char *>(data), sqlite3_column_bytes(m_statement, column));
}

double Statement::real(int column) const
{
    return sqlite3_column_double(m_statement, column);
}

qint64 Statement::number(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

} // namespace quarry::store
