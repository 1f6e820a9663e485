// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/enginesocket.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

namespace quarry::client {

using namespace Qt::StringLiterals;

namespace {

bool fits(const QString &path)
{
    return QFile::encodeName(path).size() <= socketPathMax;
}

} // namespace

QString engineSocketName(const QString &dataFolder)
{
    return dataFolder + u"/quarry.sock"_s;
}

Result<EngineSocket> placeEngineSocket(const QString &dataFolder, const QString &configured)
{
    const QString name = engineSocketName(dataFolder);
    if (!configured.isEmpty()) {
        const QString path = QFileInfo(configured).absoluteFilePath();
        if (!fits(path))
            return Error{
                ErrorCode::InvalidArgument,
                u"The socket's path %1 is longer than %2 bytes."_s.arg(path).arg(socketPathMax),
                {}};
        return EngineSocket{path, path == name ? QString() : name};
    }
    if (fits(name))
        return EngineSocket{name, {}};
    const QByteArray hash
        = QCryptographicHash::hash(QFile::encodeName(dataFolder), QCryptographicHash::Sha256);
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    const QString path
        = runtime + u"/quarry-"_s + QString::fromLatin1(hash.toHex().left(16)) + u".sock"_s;
    if (!runtime.startsWith(u'/') || !fits(path))
        return Error{
            ErrorCode::InvalidArgument,
            u"The path of the data folder %1 is too long for a socket in it, and XDG_RUNTIME_DIR "
            "names no folder for it; give a shorter one with --socket PATH."_s.arg(dataFolder),
            {}};
    return EngineSocket{path, name};
}

QString findEngineSocket(const QString &dataFolder)
{
    const QFileInfo info(engineSocketName(dataFolder));
    return info.isSymLink() ? info.symLinkTarget() : info.filePath();
}

} // namespace quarry::client
