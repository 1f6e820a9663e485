// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/subids.h"

#include <QFile>
#include <QList>
#include <QStandardPaths>

#include <pwd.h>
#include <unistd.h>

#include <vector>

namespace quarry::runtime {

namespace {

constexpr qint64 subidFileMax = 4 << 20;

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(subidFileMax) : QByteArray();
}

QString ownName()
{
    std::vector<char> buffer(16384);
    passwd entry{};
    passwd *found = nullptr;
    if (getpwuid_r(getuid(), &entry, buffer.data(), buffer.size(), &found) != 0 || !found)
        return {};
    return QString::fromLocal8Bit(entry.pw_name);
}

} // namespace

IdRange subordinateRange(const QByteArray &file, const QString &user, quint32 uid)
{
    IdRange best;
    for (const QByteArray &line : file.split('\n')) {
        const QList<QByteArray> fields = line.trimmed().split(':');
        if (fields.size() != 3)
            continue;
        const bool own = (!user.isEmpty() && fields[0] == user.toLocal8Bit())
            || fields[0] == QByteArray::number(uid);
        bool firstOk = false;
        bool countOk = false;
        const quint32 first = fields[1].toUInt(&firstOk);
        const quint32 count = fields[2].toUInt(&countOk);
        if (own && firstOk && countOk && first > 0 && quint64(first) + count <= 0xffffffffu
            && count > best.count)
            best = {first, count};
    }
    return best;
}

OwnRanges ownSubordinateRanges()
{
    OwnRanges ranges;
    for (const char *program : {"newuidmap", "newgidmap"}) {
        if (QStandardPaths::findExecutable(QLatin1String(program)).isEmpty()) {
            ranges.reason = QStringLiteral("%1 is not installed (package uidmap)")
                                .arg(QLatin1String(program));
            return ranges;
        }
    }
    const QString name = ownName();
    ranges.uids = subordinateRange(contents(QStringLiteral("/etc/subuid")), name, getuid());
    ranges.gids = subordinateRange(contents(QStringLiteral("/etc/subgid")), name, getuid());
    if (ranges.uids.count == 0 || ranges.gids.count == 0) {
        ranges = {};
        ranges.reason
            = QStringLiteral("/etc/subuid and /etc/subgid give %1 no range of ids "
                             "(usermod --add-subuids 100000-165535 --add-subgids 100000-165535 %1)")
                  .arg(name);
    }
    return ranges;
}

} // namespace quarry::runtime
