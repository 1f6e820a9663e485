// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Sandboxes and their history in the engine's database.
#pragma once

#include "base/result.h"
#include "sandbox/sandboxrecord.h"
#include "store/database.h"

#include <QStringList>

namespace quarry::sandbox {

// Belongs to the thread of its database, which must outlive it.
class SandboxStore
{
public:
    explicit SandboxStore(store::Database &database);

    // The scripts that make and change the tables, for store::Database::open.
    static QStringList migrations();

    // A new sandbox with the first entry of its history. AlreadyExists for a known id.
    Result<void> insert(const SandboxRecord &record);
    // A change of state, and its entry: both or neither.
    Result<void> update(const SandboxRecord &record, const HistoryEntry &entry);
    // A change of anything but the state.
    Result<void> update(const SandboxRecord &record);

    bool exists(const QString &id);
    // With its history. NotFound for an unknown id.
    Result<SandboxRecord> load(const QString &id);
    // Every sandbox that is not deleted, oldest first.
    Result<QList<SandboxRecord>> loadLiving();
    // Ids, newest first, and how many match in all.
    Result<QStringList> select(const SandboxFilter &filter, int *total);

    // Forgets deleted sandboxes beyond COUNT or older than BEFORE.
    Result<void> forget(const QDateTime &before, int count);

private:
    Result<void> append(const QString &id, const HistoryEntry &entry);
    Result<QList<HistoryEntry>> history(const QString &id);

    store::Database &m_database;
    store::Statement m_insert;
    store::Statement m_update;
    store::Statement m_append;
    store::Statement m_load;
    store::Statement m_history;
};

} // namespace quarry::sandbox
