// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/httpservice.h"

#include "client/connection.h"
#include "service/versioninfo.h"

#include <QFile>

#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

namespace quarry::service {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto exchangeDeadline = 5s; // for answers under way when we stop

// Removes what an engine that has died left at its socket's place. Only with the data folder's
// lock.
Result<void> clearSocket(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    struct stat info = {};
    if (::lstat(name.constData(), &info) != 0)
        return {};
    if (!S_ISSOCK(info.st_mode) && !S_ISLNK(info.st_mode))
        return Error{ErrorCode::AlreadyExists,
                     u"%1 is in the way of the unix socket, and is no socket."_s.arg(path),
                     {}};
    if (S_ISSOCK(info.st_mode) && client::Connection::open(path, -1))
        return Error{ErrorCode::AlreadyExists,
                     u"Another program listens on the unix socket %1."_s.arg(path),
                     {}};
    if (::unlink(name.constData()) != 0)
        return systemError(u"Cannot remove the old socket "_s + path, errno);
    return {};
}

} // namespace

HttpService::HttpService(Settings settings, QObject *parent)
    : QObject(parent), m_settings(std::move(settings)),
      m_server(std::make_unique<http::Server>(m_settings.limits))
{
    m_server->setHandler([](const http::ExchangePtr &exchange) {
        exchange->respondError(503, u"The server is still starting."_s, {{"Retry-After", "1"}});
    });
}

HttpService::~HttpService()
{
    m_server.reset();
    if (m_socket && !m_socket->link.isEmpty())
        QFile::remove(m_socket->link);
}

Result<void> HttpService::listen()
{
    const Result<api::AccessPolicy> access = api::accessPolicy(m_settings.access);
    if (!access)
        return access.error();
    m_access = *access;
    for (const api::ListenAddress &address : std::as_const(m_settings.access.listen)) {
        const Result<http::Endpoint> endpoint = m_server->listen(address.host, address.port);
        if (endpoint)
            continue;
        Error error = endpoint.error();
        if (error.code == ErrorCode::AlreadyExists && address.port == 18890)
            error.message += u" It may be AgentFlow's own server, whose port this is."_s;
        return error;
    }
    return {};
}

Result<void> HttpService::listenLocal(const QString &dataFolder)
{
    const Result<client::EngineSocket> place
        = client::placeEngineSocket(dataFolder, m_settings.socket);
    if (!place)
        return place.error();
    for (const QString &path : {place->path, client::engineSocketName(dataFolder)}) {
        if (const Result<void> cleared = clearSocket(path); !cleared)
            return cleared;
    }
    if (const Result<http::Endpoint> endpoint = m_server->listenLocal(place->path); !endpoint)
        return endpoint.error();
    m_socket = *place;
    if (!place->link.isEmpty()
        && ::symlink(QFile::encodeName(place->path).constData(),
                     QFile::encodeName(place->link).constData())
            != 0)
        return systemError(u"Cannot make the link "_s + place->link, errno);
    return {};
}

void HttpService::serve(engine::Engine &engine)
{
    api::ApiSettings settings;
    settings.access = m_access;
    settings.version = programVersion();
    settings.listening = [this] { return addresses(); };
    settings.jsonDepth = m_settings.jsonDepth;
    settings.maxUpload = m_settings.limits.maxUpload;
    settings.outputMax = m_settings.engine.sandbox.outputMax;
    m_api = std::make_unique<api::ApiServer>(engine, settings);
    m_server->setHandler(m_api->handler());
}

void HttpService::stop(std::function<void()> done)
{
    m_server->stop(exchangeDeadline, std::move(done));
}

QStringList HttpService::addresses() const
{
    QStringList all;
    for (const http::Endpoint &endpoint : m_server->endpoints()) {
        if (!endpoint.isLocal())
            all << endpoint.url();
    }
    return all;
}

} // namespace quarry::service
