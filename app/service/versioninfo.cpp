// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/versioninfo.h"

#include <QFileInfo>

namespace quarry::service {

using namespace Qt::StringLiterals;

QString programVersion()
{
    return QStringLiteral(QUARRY_VERSION);
}

QString programCommit()
{
    return QStringLiteral(QUARRY_COMMIT);
}

QString programFolder()
{
    return QFileInfo(QFileInfo(u"/proc/self/exe"_s).symLinkTarget()).path();
}

} // namespace quarry::service
