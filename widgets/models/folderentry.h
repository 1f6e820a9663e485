// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The entries of a folder as a table shows them. Pure, and made on a pool's thread: a folder may
// have very many.
#pragma once

#include "agent/wire/filemessages.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

#include <vector>

namespace quarry::widgets {

struct FolderEntry {
    using Type = agent::FileInfo::Type;

    QByteArray name; // as the disk has it
    QString shown; // escaped, so that it cannot pretend to be another
    QString target; // of a link, escaped
    Type type = Type::File;
    quint32 mode = 0;
    quint32 uid = 0;
    quint32 gid = 0;
    qint64 size = 0;
    qint64 modified = 0; // ns since 1970

    bool isFolder() const { return type == Type::Folder; }
    QDateTime modifiedTime() const;
};

FolderEntry folderEntry(const agent::FileInfo &info);

// "folder", "file", "link", "FIFO", "socket", "device".
QString kindText(FolderEntry::Type type);
// "rwxr-xr-x", with s and t where they are set.
QString modeText(quint32 mode);

enum class EntryOrder { Name, Size, Modified, Kind, Mode, Owner };

struct Arrangement {
    EntryOrder by = EntryOrder::Name;
    bool descending = false;
    QString filter; // each of its words must be in the name
};

// Which entries are shown, in which order: folders first, names with their numbers by value.
QList<int> arranged(const std::vector<FolderEntry> &entries, const Arrangement &how);

// Less than, equal to or greater than 0: "step2" comes before "step10", and case does not count.
int compareNames(QStringView a, QStringView b);

} // namespace quarry::widgets
