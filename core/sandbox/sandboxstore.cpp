// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sandboxstore.h"

namespace quarry::sandbox {

SandboxStore::SandboxStore(store::Database &database)
    : m_database(database),
      m_insert(database.prepare(
          "INSERT INTO sandboxes(state,created,deleted,image,user,experiment,namespace,record,id)"
          " VALUES(?,?,?,?,?,?,?,?,?)")),
      m_update(
          database.prepare("UPDATE sandboxes SET "
                           "state=?,created=?,deleted=?,image=?,user=?,experiment=?,namespace=?,"
                           "record=? WHERE id=?")),
      m_append(database.prepare(
          "INSERT INTO sandbox_history(id,from_state,to_state,event,time) VALUES(?,?,?,?,?)")),
      m_load(database.prepare("SELECT record FROM sandboxes WHERE id=?")),
      m_history(database.prepare(
          "SELECT from_state,to_state,event,time FROM sandbox_history WHERE id=? ORDER BY rowid"))
{
}

QStringList SandboxStore::migrations()
{
    return {QStringLiteral(
        "CREATE TABLE sandboxes(id TEXT PRIMARY KEY, state TEXT NOT NULL, created INTEGER NOT NULL,"
        " deleted INTEGER NOT NULL, image TEXT NOT NULL, user TEXT NOT NULL, experiment TEXT NOT "
        "NULL,"
        " namespace TEXT NOT NULL, record BLOB NOT NULL);"
        "CREATE INDEX sandboxes_by_state ON sandboxes(state,created);"
        "CREATE TABLE sandbox_history(rowid INTEGER PRIMARY KEY, id TEXT NOT NULL REFERENCES"
        " sandboxes(id) ON DELETE CASCADE, from_state TEXT NOT NULL, to_state TEXT NOT NULL,"
        " event TEXT NOT NULL, time INTEGER NOT NULL);"
        "CREATE INDEX sandbox_history_by_id ON sandbox_history(id);")};
}

namespace {

void bindRecord(store::Statement &statement, const SandboxRecord &record)
{
    const SandboxInfo &info = record.info;
    statement.bind(toString(info.state))
        .bind(info.createTime.toMSecsSinceEpoch())
        .bind(info.deleteTime.isValid() ? info.deleteTime.toMSecsSinceEpoch() : 0)
        .bind(info.image)
        .bind(info.userId)
        .bind(info.experimentId)
        .bind(info.nameSpace)
        .bind(QString::fromUtf8(toJson(record)))
        .bind(info.id);
}

} // namespace

Result<void> SandboxStore::insert(const SandboxRecord &record)
{
    return m_database.transaction([&]() -> Result<void> {
        bindRecord(m_insert, record);
        if (const auto inserted = m_insert.run(); !inserted) {
            if (inserted.error().code == ErrorCode::AlreadyExists) {
                return {ErrorCode::AlreadyExists,
                        QStringLiteral("Sandbox %1 already exists.").arg(record.info.id)};
            }
            return inserted;
        }
        for (const HistoryEntry &entry : record.info.history) {
            if (const auto appended = append(record.info.id, entry); !appended)
                return appended;
        }
        return {};
    });
}

Result<void> SandboxStore::update(const SandboxRecord &record, const HistoryEntry &entry)
{
    return m_database.transaction([&]() -> Result<void> {
        if (const auto written = update(record); !written)
            return written;
        return append(record.info.id, entry);
    });
}

Result<void> SandboxStore::update(const SandboxRecord &record)
{
    bindRecord(m_update, record);
    return m_update.run();
}

Result<void> SandboxStore::append(const QString &id, const HistoryEntry &entry)
{
    m_append.bind(id)
        .bind(entry.fromState)
        .bind(entry.toState)
        .bind(entry.event)
        .bind(entry.time.toMSecsSinceEpoch());
    return m_append.run();
}

bool SandboxStore::exists(const QString &id)
{
    m_load.bind(id);
    const auto row = m_load.step();
    const bool found = row.ok() && row.value();
    m_load.reset();
    return found;
}

Result<SandboxRecord> SandboxStore::load(const QString &id)
{
    m_load.bind(id);
    const auto row = m_load.step();
    if (!row)
        return row.error();
    if (!row.value()) {
        m_load.reset();
        return {ErrorCode::NotFound, QStringLiteral("Sandbox %1 is not known.").arg(id)};
    }
    auto record = recordFromJson(m_load.bytes(0));
    m_load.reset();
    if (!record)
        return record;
    auto entries = history(id);
    if (!entries)
        return entries.error();
    record->info.history = std::move(*entries);
    return record;
}

Result<QList<HistoryEntry>> SandboxStore::history(const QString &id)
{
    QList<HistoryEntry> entries;
    m_history.bind(id);
    while (true) {
        const auto row = m_history.step();
        if (!row)
            return row.error();
        if (!row.value())
            break;
        entries.append({m_history.text(0), m_history.text(1), m_history.text(2),
                        QDateTime::fromMSecsSinceEpoch(m_history.number(3), Qt::UTC)});
    }
    m_history.reset();
    return entries;
}

Result<QList<SandboxRecord>> SandboxStore::loadLiving()
{
    QStringList ids;
    auto statement
        = m_database.prepare("SELECT id FROM sandboxes WHERE state<>'deleted' ORDER BY created");
    while (true) {
        const auto row = statement.step();
        if (!row)
            return row.error();
        if (!row.value())
            break;
        ids.append(statement.text(0));
    }
    QList<SandboxRecord> records;
    for (const QString &id : std::as_const(ids)) {
        auto record = load(id);
        if (!record)
            return record.error();
        records.append(std::move(*record));
    }
    return records;
}

Result<QStringList> SandboxStore::select(const SandboxFilter &filter, int *total)
{
    QByteArray where = " WHERE state IN (";
    QStringList values = filter.states;
    if (values.isEmpty())
        values = {toString(State::Pending), toString(State::Running)};
    where += QByteArray("?,").repeated(values.size());
    where.chop(1);
    where += ')';
    const std::pair<const char *, QString> columns[] = {{"user", filter.userId},
                                                        {"experiment", filter.experimentId},
                                                        {"namespace", filter.nameSpace},
                                                        {"image", filter.image}};
    for (const auto &[column, value] : columns) {
        if (!value.isEmpty()) {
            where += QByteArray(" AND ") + column + "=?";
            values.append(value);
        }
    }

    auto count = m_database.prepare(("SELECT count(*) FROM sandboxes" + where).constData());
    auto page = m_database.prepare(
        ("SELECT id FROM sandboxes" + where + " ORDER BY created DESC, rowid DESC LIMIT ? OFFSET ?")
            .constData());
    for (const QString &value : std::as_const(values)) {
        count.bind(value);
        page.bind(value);
    }
    if (const auto row = count.step(); !row)
        return row.error();
    *total = int(count.number(0));
    page.bind(filter.limit).bind(filter.offset);
    QStringList ids;
    while (true) {
        const auto row = page.step();
        if (!row)
            return row.error();
        if (!row.value())
            break;
        ids.append(page.text(0));
    }
    return ids;
}

Result<void> SandboxStore::forget(const QDateTime &before, int count)
{
    auto old
        = m_database.prepare("DELETE FROM sandboxes WHERE state='deleted' AND (deleted<? OR id IN"
                             " (SELECT id FROM sandboxes WHERE state='deleted'"
                             " ORDER BY deleted DESC LIMIT -1 OFFSET ?))");
    old.bind(before.toMSecsSinceEpoch()).bind(count);
    return old.run();
}

} // namespace quarry::sandbox
