// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Writes layers that lie over each other as one tar (pax), as overlayfs would show them.
#pragma once

#include "runtime/images/content/tree.h"

#include <QJsonObject>

namespace quarry::runtime {

struct ExportSource {
    QByteArrayList rootLayers; // top first
    QByteArrayList usrLayers;  // only with a head
    // Not empty: the layers stand on a host. The tar then begins with this object as exportMark,
    // has members below root/ and usr/, and whiteouts (OCI form) for what the layers hide of the
    // host.
    QJsonObject head;
};

// TICK gets bytes of files written. Sockets and devices are left out.
Result<void> exportLayers(const ExportSource &source, int fd, const Tick &tick);

} // namespace quarry::runtime
