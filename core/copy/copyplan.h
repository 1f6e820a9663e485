// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a copy between this machine and a sandbox consists of, found before the first byte moves.
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace quarry::copy {

// Paths are bytes, as disks have them.
struct CopyItem {
    enum class Kind { Folder, File, Link };
    Kind kind = Kind::File;
    QByteArray from;
    QByteArray to;
    qint64 size = 0;   // of a file
    quint32 mode = 0;  // permission bits
    QByteArray target; // of a link
};

struct CopyPlan {
    QList<CopyItem> items; // folders before what is in them
    QStringList leftOut;   // one sentence each
    qint64 bytes = 0;

    // LimitExceeded when it has copyItemsMax already.
    Result<void> add(CopyItem item);
    Result<void> leaveOut(const QString &sentence);
};

// So that nothing which is copied later goes through one of them.
void putLinksLast(CopyPlan &plan);

// Of items and of what is left out, together.
inline constexpr qsizetype copyItemsMax = 1'000'000;

// Told when something stands where the copy would put a folder, or a folder where it would put a
// file: AlreadyExists.
Error inTheWay(const QByteArray &path, CopyItem::Kind wanted);

// A name that a sandbox lists must not lead anywhere else on this machine: neither empty, "." nor
// "..", without "/" and NUL.
bool isPlainName(QByteArrayView name);
// PermissionDenied for a NAME listed in FOLDER that is none.
Result<void> checkListedName(QByteArrayView name, QByteArrayView folder);

QByteArray joined(const QByteArray &folder, const QByteArray &name);
// The last name of a path; empty for "/".
QByteArray lastName(const QByteArray &path);
// "/" for "/" and for what lies in it; "." for a name alone.
QByteArray folderOf(const QByteArray &path);

} // namespace quarry::copy
