// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secondstart.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QLocalSocket>
#include <QStandardPaths>

#include <chrono>

namespace quarry::workbench {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds answerDeadline = 3s;

// Short whatever the data folder is called: a socket's name has 107 bytes. Empty where there is no
// folder that is this user's alone.
QString socketPath(const QString &dataFolder)
{
    const QString place = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    if (place.isEmpty())
        return {};
    const QString folder = QFileInfo(dataFolder).canonicalFilePath();
    const QByteArray hash
        = QCryptographicHash::hash(folder.toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
    return place + u"/quarry-window-"_s + QLatin1String(hash);
}

} // namespace

bool SecondStart::handOver(const QString &dataFolder)
{
    const QString path = socketPath(dataFolder);
    if (path.isEmpty())
        return false;
    QLocalSocket socket;
    socket.connectToServer(path, QIODevice::ReadOnly);
    return socket.waitForConnected(int(answerDeadline.count()))
        && socket.waitForReadyRead(int(answerDeadline.count()));
}

SecondStart::SecondStart(QObject *parent) : QObject(parent)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SecondStart::answer);
}

Result<void> SecondStart::await(const QString &dataFolder)
{
    const QString path = socketPath(dataFolder);
    if (path.isEmpty())
        return {ErrorCode::Unsupported,
                u"A second start will not find this window: there is no runtime folder."_s,
                {}};
    QLocalServer::removeServer(path); // of one that was killed: the lock is ours
    if (m_server.listen(path))
        return {};
    return {
        ErrorCode::Internal,
        u"A second start will not find this window: %1 (%2)."_s.arg(m_server.errorString(), path),
        {}};
}

void SecondStart::answer()
{
    while (QLocalSocket *caller = m_server.nextPendingConnection()) {
        connect(caller, &QLocalSocket::disconnected, caller, &QObject::deleteLater);
        caller->write("shown\n");
        caller->disconnectFromServer();
        Q_EMIT called();
    }
}

} // namespace quarry::workbench
