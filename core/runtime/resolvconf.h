// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The name servers that a sandbox of network "user" can reach.
#pragma once

#include <QByteArray>

namespace quarry::runtime {

// RESOLV_CONF without the name servers of the host's loopback; empty when none is left.
QByteArray reachableNameServers(const QByteArray &resolvConf);

// The host's real upstream servers as the text of a resolv.conf: /etc/resolv.conf, or, behind a
// stub on the loopback, what systemd-resolved or NetworkManager know. A comment alone where none is
// known.
QByteArray upstreamResolvConf();

} // namespace quarry::runtime
