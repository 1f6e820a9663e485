// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/common/context.h"

#include <QDir>

namespace quarry::api {

QString Context::spoolFolder() const
{
    const QString folder = engine.dataFolder() + QStringLiteral("/tmp");
    QDir().mkpath(folder);
    return folder;
}

} // namespace quarry::api
