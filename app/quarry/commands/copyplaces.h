// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The plan of a copy that the command line asks for.
#pragma once

#include "base/result.h"
#include "client/client.h"
#include "copy/copyplan.h"

#include <QString>

namespace quarry::cli {

// One side of a copy: "ID:PATH", or a path of this machine when ID is empty.
struct CopyPlace {
    QString sandbox;
    QString path;
};
// A path with a colon that is none of a sandbox starts with "/" or "./".
CopyPlace copyPlace(const QString &text);

// TO is a folder to copy into when it is one already or ends in "/".
Result<copy::CopyPlan> planUpload(client::Client &engine, const QString &from, const CopyPlace &to,
                                  bool recursive);
Result<copy::CopyPlan> planDownload(client::Client &engine, const CopyPlace &from,
                                    const QString &to, bool recursive);

} // namespace quarry::cli
