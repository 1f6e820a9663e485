// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The gate over real sockets.
#include "api/auth/gate.h"
#include "http/router.h"
#include "http/server.h"

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>

using namespace quarry;
using namespace quarry::api;
using namespace Qt::StringLiterals;

namespace {

struct Answer {
    int status = 0;
    QByteArray body;
    QByteArray allowOrigin;
};

} // namespace

class GateTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_policy = {};
        m_policy.token = QByteArray(64, 't');
        m_policy.origins = {"https://trusted.example"};
        m_reached = 0;
    }

    void cleanup()
    {
        m_server.reset();
        m_gate.reset();
    }

    void ownUserComesIn()
    {
        serve();
        QCOMPARE(call("GET", {}).status, 200);
        QCOMPARE(call("POST", {{"X-Key", "wrong"}}, "x").status, 200);
        QCOMPARE(call("GET", {}, {}, u"/nothing"_s).status, 404);
        QCOMPARE(call("GET", {{"Host", "evil.example"}}).status, 403);
        QCOMPARE(call("POST", {{"Origin", "http://evil.example"}}, "x").status, 403);
        QCOMPARE(m_reached, 2);
    }

    void strangersNeedTheToken()
    {
        m_policy.ownUid = ::getuid() + 1;
        serve();
        // Before it is told whether there is such a route, and whatever the body.
        QCOMPARE(call("GET", {}, {}, u"/nothing"_s).status, 401);
        QCOMPARE(call("POST", {}, QByteArray(1 << 20, 'x')).status, 401);
        QCOMPARE(m_reached, 0);
        QCOMPARE(call("GET", {{"Authorization", "Bearer " + m_policy.token}}).status, 200);
        QCOMPARE(call("GET", {{"X-API-Key", m_policy.token}}, {}, u"/nothing"_s).status, 404);
    }

    void guessersWait()
    {
        m_policy.ownUid = ::getuid() + 1;
        serve();
        QElapsedTimer clock;
        clock.start();
        for (int i = 0; i < 4; ++i) {
            const Answer answer = call("GET", {{"X-Key", "guess"}});
            QCOMPARE(answer.status, 401);
            QVERIFY(!answer.body.contains("guess"));
        }
        QVERIFY(clock.elapsed() >= 700);
        QCOMPARE(call("GET", {{"X-Key", m_policy.token}}).status, 200);
    }

    void configuredOriginsMayRead()
    {
        serve();
        Answer answer = call("GET", {{"Origin", "https://trusted.example"}});
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.allowOrigin, QByteArray("https://trusted.example"));
        answer = call("GET", {{"Origin", "https://trusted.example"}}, {}, u"/nothing"_s);
        QCOMPARE(answer.status, 404);
        QCOMPARE(answer.allowOrigin, QByteArray("https://trusted.example"));
        answer = call(
            "OPTIONS",
            {{"Origin", "https://trusted.example"}, {"Access-Control-Request-Method", "POST"}});
        QCOMPARE(answer.status, 204);
        QVERIFY(call("GET", {}).allowOrigin.isEmpty());
    }

private:
    void serve()
    {
        m_gate = std::make_unique<Gate>(m_policy);
        m_server = std::make_unique<http::Server>();
        m_server->setHandler([this](const http::ExchangePtr &exchange) {
            m_gate->pass(exchange,
                         [this](const http::ExchangePtr &passed) { m_router.dispatch(passed); });
        });
        if (m_router.routes().empty()) {
            m_router.add("*", u"/here"_s, [this](const http::ExchangePtr &exchange) {
                ++m_reached;
                exchange->respond(200, {}, "here");
            });
        }
        QVERIFY(m_server->listen(u"127.0.0.1"_s, 0).ok());
    }

    Answer call(const QByteArray &method, const QList<QPair<QByteArray, QByteArray>> &fields,
                const QByteArray &body = {}, const QString &path = u"/here"_s)
    {
        QNetworkRequest request(QUrl(m_server->endpoints().front().url() + path));
        for (const auto &[name, value] : fields)
            request.setRawHeader(name, value);
        const std::unique_ptr<QNetworkReply> reply(
            m_network.sendCustomRequest(request, method, body));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        if (!reply->isFinished())
            finished.wait(10'000);
        return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
                reply->readAll(), reply->rawHeader("Access-Control-Allow-Origin")};
    }

    AccessPolicy m_policy;
    QNetworkAccessManager m_network;
    http::Router m_router;
    std::unique_ptr<Gate> m_gate;
    std::unique_ptr<http::Server> m_server;
    int m_reached = 0;
};

QTEST_GUILESS_MAIN(GateTest)
#include "gatetest.moc"
