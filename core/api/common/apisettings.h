// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the program says to its APIs.
#pragma once

#include "api/auth/accesspolicy.h"

#include <QStringList>

#include <functional>

namespace quarry::api {

struct ApiSettings {
    AccessPolicy access;
    QString version; // of the program
    // Where the server listens, as URLs; asked for with each GET info.
    std::function<QStringList()> listening;
    int jsonDepth = 64;
    qint64 maxUpload = 10ll << 30;
    qint64 outputMax = 32 << 20; // of one stream of one command
};

} // namespace quarry::api
