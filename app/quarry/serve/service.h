// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A server's life: bind, open the engine, serve, stop in good order.
#pragma once

#include "service/httpservice.h"
#include "service/runsweeper.h"
#include "serve/servicenotifier.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace quarry::cli {

class Context;
class Log;

class Service : public QObject
{
    Q_OBJECT
public:
    Service(service::Settings settings, Context &context, Log &log, QObject *parent = nullptr);
    ~Service() override;

    // Answers with finished(), at once when it cannot start.
    void start();

Q_SIGNALS:
    void finished(int exitCode);

private:
    void opened(const Result<QString> &recovered);
    void serve();
    void announce();
    void stop(int signal);
    void partStopped();
    void fail(const Error &error);
    void end(int exitCode);

    service::Settings m_settings;
    Context &m_context;
    Log &m_log;
    ServiceNotifier m_notifier;
    // Taken down in the reverse order: no route outlives the engine.
    std::unique_ptr<engine::Engine> m_engine;
    std::unique_ptr<service::HttpService> m_http;
    service::RunSweeper m_sweeper;
    QTimer m_stopDeadline;
    bool m_open = false;
    int m_stopSignal = 0;
    int m_partsRunning = 0;
    int m_exitCode = 0;
    bool m_over = false;
};

} // namespace quarry::cli
