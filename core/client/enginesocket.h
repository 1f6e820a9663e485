// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Where the unix socket of an engine lies.
#pragma once

#include "base/result.h"

#include <QString>

namespace quarry::client {

// What fits into a socket's address, without the zero at its end.
inline constexpr int socketPathMax = 107;

// The name by which clients find it: "DATA/quarry.sock", the socket itself or a link to it.
QString engineSocketName(const QString &dataFolder);

struct EngineSocket {
    QString path; // bind here
    QString link; // and make this link to it; empty: none
};

// For who listens: CONFIGURED when not empty, else in the data folder, else, where that path is too
// long, in XDG_RUNTIME_DIR. InvalidArgument when neither fits.
Result<EngineSocket> placeEngineSocket(const QString &dataFolder, const QString &configured);

// For who connects: the path behind the name, whether or not anybody listens.
QString findEngineSocket(const QString &dataFolder);

} // namespace quarry::client
