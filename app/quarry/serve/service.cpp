// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "serve/service.h"

#include "cli/context.h"
#include "cli/signalwatch.h"
#include "cli/versioninfo.h"
#include "client/connection.h"
#include "serve/log.h"

#include <QFile>
#include <QJsonArray>
#include <QLoggingCategory>

#include <cerrno>
#include <csignal>
#include <malloc.h>
#include <sys/stat.h>
#include <unistd.h>

namespace quarry::cli {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(serveLog, "quarry.serve", QtInfoMsg)

constexpr auto exchangeDeadline = 5s; // for answers under way when we stop
constexpr auto stopDeadline = 60s;    // for all of it

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

Service::Service(Settings settings, Context &context, Log &log, QObject *parent)
    : QObject(parent), m_settings(std::move(settings)), m_context(context), m_log(log),
      m_sweeper(m_settings)
{
    connect(&context.signalWatch(), &SignalWatch::interrupted, this, &Service::stop);
    m_stopDeadline.setSingleShot(true);
    connect(&m_stopDeadline, &QTimer::timeout, this, [this] {
        fail({ErrorCode::Timeout,
              u"Not everything has ended within a minute; what is left ends with this program."_s,
              {}});
    });
}

Service::~Service()
{
    m_server.reset();
    if (m_socket && !m_socket->link.isEmpty())
        QFile::remove(m_socket->link);
}

// ---- starting

void Service::start()
{
    const Result<api::AccessPolicy> access = api::accessPolicy(m_settings.access);
    if (!access) {
        fail(access.error());
        return;
    }
    m_access = *access;
    if (const Result<void> bound = bind(); !bound) {
        fail(bound.error());
        return;
    }
    m_engine = std::make_unique<engine::Engine>(m_settings.engine);
    m_engine->open([this](const Result<QString> &recovered) { opened(recovered); });
}

Result<void> Service::bind()
{
    m_server = std::make_unique<http::Server>(m_settings.limits);
    m_server->setHandler([](const http::ExchangePtr &exchange) {
        exchange->respondError(503, u"The server is still starting."_s, {{"Retry-After", "1"}});
    });
    for (const api::ListenAddress &address : std::as_const(m_settings.access.listen)) {
        const Result<http::Endpoint> endpoint = m_server->listen(address.host, address.port);
        if (endpoint)
            continue;
        Error error = endpoint.error();
        if (error.code == ErrorCode::AlreadyExists && address.port == 18890)
            error.message += u" It may be AgentFlow's own server, whose port this is."_s;
        if (error.code == ErrorCode::AlreadyExists)
            error.message += u" Choose another one with --listen HOST:PORT."_s;
        return error;
    }
    return {};
}

Result<void> Service::bindSocket()
{
    const Result<client::EngineSocket> place
        = client::placeEngineSocket(m_engine->dataFolder(), m_settings.socket);
    if (!place)
        return place.error();
    for (const QString &path : {place->path, client::engineSocketName(m_engine->dataFolder())}) {
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

void Service::opened(const Result<QString> &recovered)
{
    if (m_over)
        return;
    if (!recovered) {
        fail(recovered.error());
        return;
    }
    m_log.setQuiet(true);
    m_log.openFile(m_engine->dataFolder() + u"/logs"_s);
    for (const QString &line : recovered->split(u'\n', Qt::SkipEmptyParts))
        qCInfo(serveLog).noquote() << line;
    m_sweeper.start([this](const QStringList &removed) {
        for (const QString &line : removed)
            qCInfo(serveLog).noquote() << line;
        m_open = true;
        if (m_stopSignal != 0) // it came while we were opening
            stop(m_stopSignal);
        else
            serve();
    });
}

void Service::serve()
{
    if (const Result<void> bound = bindSocket(); !bound) {
        m_exitCode = m_context.fail(bound.error());
        stop(SIGTERM);
        return;
    }
    api::ApiSettings settings;
    settings.access = m_access;
    settings.version = programVersion();
    settings.listening = [this] { return addresses(); };
    settings.jsonDepth = m_settings.jsonDepth;
    settings.maxUpload = m_settings.limits.maxUpload;
    settings.outputMax = m_settings.engine.sandbox.outputMax;
    m_api = std::make_unique<api::ApiServer>(*m_engine, settings);
    m_server->setHandler(m_api->handler());
    announce();
}

QStringList Service::addresses() const
{
    QStringList all;
    for (const http::Endpoint &endpoint : m_server->endpoints()) {
        if (!endpoint.isLocal())
            all << endpoint.url();
    }
    return all;
}

void Service::announce()
{
    ::malloc_trim(0); // what the start needed and serving does not
    qCInfo(serveLog).noquote() << "quarry" << programVersion() << "listens on"
                               << addresses().join(u", "_s);
    for (const QString &warning : std::as_const(m_access.warnings))
        qCWarning(serveLog).noquote() << warning;
    if (m_context.json()) {
        m_context.printLine({{u"event"_s, u"listening"_s},
                             {u"addresses"_s, QJsonArray::fromStringList(addresses())},
                             {u"socket"_s, m_socket->path},
                             {u"pid"_s, qint64(::getpid())}});
    } else {
        QString banner = u"Quarry %1 listens on\n"_s.arg(programVersion());
        for (const QString &address : addresses())
            banner += u"  "_s + address + u'\n';
        banner
            += u"  unix socket %1\nData folder: %2\n"_s.arg(m_socket->path, m_engine->dataFolder());
        if (!m_access.tokenFile.isEmpty())
            banner += u"Token for other callers: in %1\n"_s.arg(m_access.tokenFile);
        m_context.print(banner + u"Ctrl-C ends it.\n"_s);
    }
    m_notifier.ready();
}

// ---- stopping

void Service::stop(int signal)
{
    m_stopSignal = signal;
    if (!m_open || m_over)
        return; // opened() goes on here
    m_open = false;
    m_notifier.stopping();
    qCInfo(serveLog) << "stopping";
    if (m_exitCode == 0 && signal != SIGTERM)
        m_exitCode = 128 + signal;
    m_stopDeadline.start(stopDeadline);
    // Together: calls that wait for a command are answered when its sandbox ends.
    m_partsRunning = 2;
    m_server->stop(exchangeDeadline, [this] { partStopped(); });
    m_engine->close([this](const Result<void> &closed) {
        if (!closed) {
            m_context.warn(closed.error().message);
            m_exitCode = exitcode::failed;
        }
        partStopped();
    });
}

void Service::partStopped()
{
    if (--m_partsRunning == 0)
        end(m_exitCode);
}

void Service::fail(const Error &error)
{
    end(m_context.fail(error));
}

void Service::end(int exitCode)
{
    if (!std::exchange(m_over, true))
        Q_EMIT finished(exitCode);
}

} // namespace quarry::cli
