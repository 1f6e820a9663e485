// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/resolvconf.h"

#include <QFile>
#include <QList>

namespace quarry::runtime {

namespace {

constexpr qint64 fileMax = 64 << 10;

bool isLoopback(const QByteArray &address)
{
    return address.startsWith("127.") || address == "::1" || address.startsWith("0.")
        || address == "::";
}

} // namespace

QByteArray reachableNameServers(const QByteArray &resolvConf)
{
    QByteArray kept;
    bool any = false;
    for (const QByteArray &raw : resolvConf.split('\n')) {
        const QList<QByteArray> words = raw.simplified().split(' ');
        const bool server = words.size() >= 2 && words[0] == "nameserver";
        if (server && isLoopback(words[1]))
            continue;
        any = any || server;
        if (server || words[0] == "search" || words[0] == "domain" || words[0] == "options")
            kept += raw.simplified() + '\n';
    }
    return any ? kept : QByteArray();
}

QByteArray upstreamResolvConf()
{
    for (const char *path : {"/etc/resolv.conf", "/run/systemd/resolve/resolv.conf",
                             "/run/NetworkManager/no-stub-resolv.conf"}) {
        QFile file(QString::fromLatin1(path));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray text = reachableNameServers(file.read(fileMax));
        if (!text.isEmpty())
            return text;
    }
    return "# this machine names no server that a sandbox can reach\n";
}

} // namespace quarry::runtime
