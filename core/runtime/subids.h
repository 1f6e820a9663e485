// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Which other ids an ordinary user may hand out (subuid(5), subgid(5)).
#pragma once

#include <QByteArray>
#include <QString>

namespace quarry::runtime {

struct IdRange {
    quint32 first = 0;
    quint32 count = 0;
};

// The largest range that a file of lines NAME:FIRST:COUNT gives to USER or UID; count 0: none.
IdRange subordinateRange(const QByteArray &file, const QString &user, quint32 uid);

// Those of the caller, count 0 where there is none or newuidmap and newgidmap are not installed.
struct OwnRanges {
    IdRange uids;
    IdRange gids;
    QString reason; // a sentence when there is none
};
OwnRanges ownSubordinateRanges();

} // namespace quarry::runtime
