// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "serve/service.h"

#include "cli/context.h"
#include "service/signalwatch.h"
#include "service/versioninfo.h"
#include "serve/log.h"

#include <QJsonArray>
#include <QLoggingCategory>

#include <csignal>
#include <malloc.h>
#include <unistd.h>

namespace quarry::cli {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(serveLog, "quarry.serve", QtInfoMsg)

constexpr auto stopDeadline = 60s;    // for all of it

} // namespace

Service::Service(service::Settings settings, Context &context, Log &log, QObject *parent)
    : QObject(parent), m_settings(std::move(settings)), m_context(context), m_log(log),
      m_sweeper(m_settings)
{
    connect(&context.signalWatch(), &service::SignalWatch::interrupted, this, &Service::stop);
    m_stopDeadline.setSingleShot(true);
    connect(&m_stopDeadline, &QTimer::timeout, this, [this] {
        fail({ErrorCode::Timeout,
              u"Not everything has ended within a minute; what is left ends with this program."_s,
              {}});
    });
}

Service::~Service() = default;

// ---- starting

void Service::start()
{
    m_http = std::make_unique<service::HttpService>(m_settings);
    if (const Result<void> bound = m_http->listen(); !bound) {
        Error error = bound.error();
        if (error.code == ErrorCode::AlreadyExists)
            error.message += u" Choose another one with --listen HOST:PORT."_s;
        fail(error);
        return;
    }
    m_engine = std::make_unique<engine::Engine>(m_settings.engine);
    m_engine->open([this](const Result<QString> &recovered) { opened(recovered); });
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
    if (const Result<void> bound = m_http->listenLocal(m_engine->dataFolder()); !bound) {
        m_exitCode = m_context.fail(bound.error());
        stop(SIGTERM);
        return;
    }
    m_http->serve(*m_engine);
    announce();
}

void Service::announce()
{
    ::malloc_trim(0); // what the start needed and serving does not
    qCInfo(serveLog).noquote() << "quarry" << service::programVersion() << "listens on"
                               << m_http->addresses().join(u", "_s);
    for (const QString &warning : m_http->access().warnings)
        qCWarning(serveLog).noquote() << warning;
    if (m_context.json()) {
        m_context.printLine({{u"event"_s, u"listening"_s},
                             {u"addresses"_s, QJsonArray::fromStringList(m_http->addresses())},
                             {u"socket"_s, m_http->socketPath()},
                             {u"pid"_s, qint64(::getpid())}});
    } else {
        QString banner = u"Quarry %1 listens on\n"_s.arg(service::programVersion());
        for (const QString &address : m_http->addresses())
            banner += u"  "_s + address + u'\n';
        banner += u"  unix socket %1\nData folder: %2\n"_s.arg(m_http->socketPath(),
                                                               m_engine->dataFolder());
        if (!m_http->access().tokenFile.isEmpty())
            banner += u"Token for other callers: in %1\n"_s.arg(m_http->access().tokenFile);
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
    m_http->stop([this] { partStopped(); });
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
