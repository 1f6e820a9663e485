// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replayer.h"

#include <QFile>
#include <QNetworkProxy>
#include <QNetworkReply>

#include <chrono>

namespace quarry::workbench {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr auto patience = 60s;
constexpr qint64 tokenMax = 4096;
} // namespace

Replayer::Replayer(QObject *parent) : QObject(parent)
{
    m_network.setProxy(QNetworkProxy::NoProxy); // it is ours
    m_network.setTransferTimeout(int(std::chrono::milliseconds(patience).count()));
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

void Replayer::replay(const widgets::RequestRecord &record, const QString &address,
                      const QString &tokenFile, Callback<int> done)
{
    QString target = address + record.path;
    if (!record.query.isEmpty())
        target += u'?' + record.query;
    QNetworkRequest request(QUrl::fromEncoded(target.toUtf8()));
    request.setHeader(QNetworkRequest::UserAgentHeader, QLatin1String(widgets::ReplayAgent));
    if (!record.type.isEmpty())
        request.setHeader(QNetworkRequest::ContentTypeHeader, record.type);
    if (!tokenFile.isEmpty()) {
        QFile file(tokenFile);
        if (!file.open(QIODevice::ReadOnly)) {
            done({ErrorCode::Io,
                  tr("The token file %1 cannot be read: %2").arg(tokenFile, file.errorString())});
            return;
        }
        request.setRawHeader("Authorization", "Bearer " + file.read(tokenMax).trimmed());
    }
    QNetworkReply *reply
        = m_network.sendCustomRequest(request, record.method.toUtf8(), record.requestBody);
    // What it answers is told by the server; here it is only let through.
    connect(reply, &QIODevice::readyRead, reply, [reply] { reply->skip(reply->bytesAvailable()); });
    connect(reply, &QNetworkReply::finished, this, [reply, done = std::move(done)] {
        reply->deleteLater();
        const QVariant status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute);
        if (status.isValid())
            done(status.toInt());
        else
            done({ErrorCode::ConnectionLost, reply->errorString()});
    });
}

} // namespace quarry::workbench
