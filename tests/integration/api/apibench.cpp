// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "apibench.h"

#include <QEventLoop>
#include <QJsonDocument>
#include <QNetworkReply>
#include <QTimer>

#include <optional>

namespace quarry::test {

using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 60'000;

void wait(QEventLoop &loop)
{
    QTimer::singleShot(patienceMs, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace

ApiBench::ApiBench() : m_folder(u"/var/tmp/quarry-api-XXXXXX"_s)
{
    open();
    if (!m_problem.isEmpty())
        return;
    const QJsonObject started
        = rockText(u"/start"_s, R"({"image":"host","memory":"512m","cpus":1})");
    m_sandbox = started.value(u"result"_s).toObject().value(u"sandbox_id"_s).toString();
    if (started.value(u"status"_s) != "Success"_L1)
        m_problem = started.value(u"error"_s).toString();
}

ApiBench::~ApiBench()
{
    m_server.reset();
    m_api.reset();
    if (!m_engine)
        return;
    QEventLoop loop;
    m_engine->close([&loop](const Result<void> &) { loop.quit(); });
    wait(loop);
    m_engine.reset();
}

void ApiBench::open()
{
    engine::EngineSettings settings;
    settings.dataFolder = m_folder.path() + u"/data"_s;
    settings.programFolder = QStringLiteral(QUARRY_BIN_DIR);
    settings.deleteOnExit = true;
    m_engine = std::make_unique<engine::Engine>(settings);
    QEventLoop loop;
    m_problem = u"the engine did not open"_s;
    m_engine->open([this, &loop](const Result<QString> &opened) {
        m_problem = opened ? QString() : opened.error().message;
        loop.quit();
    });
    wait(loop);
    if (!m_problem.isEmpty())
        return;
    api::AccessSettings access;
    access.dataFolder = settings.dataFolder;
    const Result<api::AccessPolicy> policy = api::accessPolicy(access);
    api::ApiSettings served;
    if (policy)
        served.access = *policy;
    m_api = std::make_unique<api::ApiServer>(*m_engine, served);
    m_server = std::make_unique<http::Server>();
    m_server->setHandler(m_api->handler());
    if (const Result<http::Endpoint> endpoint = m_server->listen(u"127.0.0.1"_s, 0); !endpoint)
        m_problem = endpoint.error().message;
}

QString ApiBench::url() const
{
    return m_server->endpoints().front().url();
}

Answer ApiBench::call(const QByteArray &method, const QString &path, const QByteArray &body,
                      const QByteArray &type)
{
    QNetworkRequest request(QUrl(url() + path));
    request.setHeader(QNetworkRequest::ContentTypeHeader, type);
    const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, method, body));
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    if (!reply->isFinished())
        wait(loop);
    Answer answer{
        reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll(), {}};
    answer.object = QJsonDocument::fromJson(answer.body).object();
    return answer;
}

QJsonObject ApiBench::rockText(const QString &route, const QByteArray &body)
{
    return call("POST", u"/apis/envs/sandbox/v1"_s + route, body).object;
}

QJsonObject ApiBench::rock(const QString &route, QJsonObject fields)
{
    fields.insert(u"sandbox_id"_s, m_sandbox);
    return rockText(route, QJsonDocument(fields).toJson());
}

QString ApiBench::shell(const QString &line)
{
    return rock(u"/execute"_s, {{u"command"_s, line}})
        .value(u"result"_s)
        .toObject()
        .value(u"stdout"_s)
        .toString();
}

} // namespace quarry::test
