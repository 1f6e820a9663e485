// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a copy between this machine and a sandbox consists of, found before the first byte moves.
#pragma once

#include "base/result.h"
#include "client/client.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace quarry::cli {

struct CopyItem {
    enum class Kind { Folder, File, Link };
    Kind kind = Kind::File;
    QString from;
    QString to;
    qint64 size = 0;   // of a file
    quint32 mode = 0;  // permission bits
    QString target;    // of a link
};

struct CopyPlan {
    QList<CopyItem> items; // folders before what is in them
    QStringList leftOut;   // one sentence each
    qint64 bytes = 0;
};

inline constexpr qsizetype copyItemsMax = 1'000'000;

// One side of a copy: "ID:PATH", or a path of this machine when ID is empty.
struct CopyPlace {
    QString sandbox;
    QString path;
};
// A path with a colon that is none of a sandbox starts with "/" or "./".
CopyPlace copyPlace(const QString &text);

// TO is a folder to copy into when it is one already or ends in "/".
Result<CopyPlan> planUpload(client::Client &engine, const QString &from, const CopyPlace &to,
                            bool recursive);
Result<CopyPlan> planDownload(client::Client &engine, const CopyPlace &from, const QString &to,
                              bool recursive);

} // namespace quarry::cli
