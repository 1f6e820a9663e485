// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/portholder.h"

#include <QDir>
#include <QFile>
#include <QSet>

#include <array>
#include <unistd.h>

namespace quarry::http {

namespace {

// "socket:[INODE]" of everything that listens on the port.
QSet<QByteArray> listeningSockets(quint16 port)
{
    QSet<QByteArray> found;
    const QByteArray wanted = ':' + QByteArray::number(port, 16).rightJustified(4, '0').toUpper();
    for (const char *table : {"/proc/net/tcp", "/proc/net/tcp6"}) {
        QFile file(QString::fromLatin1(table));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        while (true) {
            const QByteArray line = file.readLine(1024);
            if (line.isEmpty())
                break;
            const QList<QByteArray> columns = line.simplified().split(' ');
            if (columns.size() > 9 && columns[1].endsWith(wanted) && columns[3] == "0A")
                found.insert("socket:[" + columns[9] + ']');
        }
    }
    return found;
}

QByteArray linkTarget(const QByteArray &path)
{
    std::array<char, 128> target;
    const ssize_t size = ::readlink(path.constData(), target.data(), target.size());
    return size > 0 ? QByteArray(target.data(), size) : QByteArray();
}

} // namespace

std::optional<PortHolder> portHolder(quint16 port)
{
    const QSet<QByteArray> sockets = listeningSockets(port);
    if (sockets.isEmpty())
        return {};
    const QStringList processes
        = QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[1-9]*")}, QDir::Dirs);
    for (const QString &process : processes) {
        const QString folder = QStringLiteral("/proc/%1/").arg(process);
        const QStringList descriptors
            = QDir(folder + QStringLiteral("fd"))
                  .entryList(QDir::Files | QDir::System | QDir::NoDotAndDotDot);
        for (const QString &descriptor : descriptors) {
            const QString link = folder + QStringLiteral("fd/") + descriptor;
            if (!sockets.contains(linkTarget(QFile::encodeName(link))))
                continue;
            QFile name(folder + QStringLiteral("comm"));
            PortHolder holder{process.toInt(), {}};
            if (name.open(QIODevice::ReadOnly))
                holder.program = QString::fromLocal8Bit(name.readAll()).trimmed();
            return holder;
        }
    }
    return {};
}

} // namespace quarry::http
