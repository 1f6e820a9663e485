// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a runtime can do on this machine, and why not.
#pragma once

#include <QMap>
#include <QString>

namespace quarry::runtime {

struct Capability {
    bool available = false;
    QString reason; // a sentence; empty when available without reserve
};

// By name, all unavailable until they were tried:
//   sandboxes     anything at all can be started (the reason is the first obstacle)
//   users         useradd, su, chown work inside (a range of uids)
//   memory, cpus, pids   the limit is held by a cgroup
//   disk          held by the kernel (never by bubblewrap: it is counted, the reason says so)
//   network_none, network_user, network_host
//   commit        a layer can become an image
using Capabilities = QMap<QString, Capability>;

} // namespace quarry::runtime
