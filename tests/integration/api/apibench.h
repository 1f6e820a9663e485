// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// An engine with one running sandbox, served on a port of its own, and a client of it.
#pragma once

#include "api/apiserver.h"
#include "engine/engine.h"
#include "http/server.h"

#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QTemporaryDir>

#include <memory>

namespace quarry::test {

struct Answer {
    int status = 0; // 0: none came
    QByteArray body;
    QJsonObject object;
};

class ApiBench
{
public:
    ApiBench();
    ~ApiBench();

    // Why there is no running sandbox; empty when there is one.
    QString problem() const { return m_problem; }
    QString sandboxId() const { return m_sandbox; }
    QString url() const;

    Answer call(const QByteArray &method, const QString &path, const QByteArray &body = {},
                const QByteArray &type = "application/json");
    // A call of the sandbox API; the sandbox's id is added.
    QJsonObject rock(const QString &route, QJsonObject fields);
    QJsonObject rockText(const QString &route, const QByteArray &body);
    // What a shell line prints.
    QString shell(const QString &line);

private:
    void open();

    QTemporaryDir m_folder;
    QNetworkAccessManager m_network;
    std::unique_ptr<engine::Engine> m_engine;
    std::unique_ptr<api::ApiServer> m_api;
    std::unique_ptr<http::Server> m_server;
    QString m_problem;
    QString m_sandbox;
};

} // namespace quarry::test
