// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Host, Origin, token: who may go on.
#include "api/auth/decision.h"

#include <QTest>

using namespace quarry;
using namespace quarry::api;
using http::Peer;
using http::Request;

namespace {

const QByteArray token(64, 't');

AccessPolicy policy(AuthMode mode = AuthMode::Auto)
{
    AccessPolicy p;
    p.mode = mode;
    p.ownUid = 1000;
    p.token = token;
    p.hosts = {"box.example.org", "only.example.org:8080"};
    p.origins = {"https://trusted.example"};
    return p;
}

Request request(QByteArray host = "127.0.0.1:8080", http::Fields fields = {})
{
    Request r;
    r.method = "GET";
    r.host = std::move(host);
    r.fields = std::move(fields);
    return r;
}

Peer peer(std::optional<uid_t> uid, bool local = false)
{
    Peer p;
    p.transport = local ? Peer::Transport::Local : Peer::Transport::Tcp;
    if (!local) {
        p.address = QHostAddress(QHostAddress::LocalHost);
        p.localAddress = p.address;
        p.localPort = 8080;
    }
    p.uid = uid;
    return p;
}

} // namespace

class DecisionTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void ownUserNeedsNothing()
    {
        QCOMPARE(decide(policy(), request(), peer(1000)).status, 0);
        QCOMPARE(decide(policy(), request(), peer(1000, true)).status, 0);
        QCOMPARE(
            decide(policy(), request({"127.0.0.1:8080"}, {{"X-Key", "wrong"}}), peer(1000)).status,
            0);
    }

    void othersNeedTheToken()
    {
        for (const std::optional<uid_t> uid :
             {std::optional<uid_t>(1001), std::optional<uid_t>(0), std::optional<uid_t>()}) {
            QCOMPARE(decide(policy(), request(), peer(uid)).status, 401);
            QVERIFY(!decide(policy(), request(), peer(uid)).guessed);
            for (const http::Fields &fields :
                 {http::Fields{{"Authorization", "Bearer " + token}},
                  http::Fields{{"authorization", "bearer " + token}},
                  http::Fields{{"XRL-Authorization", "Bearer " + token}},
                  http::Fields{{"X-API-Key", token}}, http::Fields{{"X-Key", token}},
                  http::Fields{{"X-Key", "other"}, {"Authorization", "Bearer " + token}}})
                QCOMPARE(decide(policy(), request({"127.0.0.1:8080"}, fields), peer(uid)).status,
                         0);
            for (const http::Fields &fields :
                 {http::Fields{{"Authorization", "Bearer " + token + "x"}},
                  http::Fields{{"Authorization", "Bearer "}},
                  http::Fields{{"Authorization", "Basic " + token}},
                  http::Fields{{"X-API-Key", token.chopped(1)}}, http::Fields{{"X-API-Key", ""}},
                  http::Fields{{"Cookie", token}}})
                QCOMPARE(decide(policy(), request({"127.0.0.1:8080"}, fields), peer(uid)).status,
                         401);
        }
        QVERIFY(decide(policy(), request({"127.0.0.1:8080"}, {{"X-Key", "w"}}), peer(7)).guessed);
    }

    void rootIsOnlyItself()
    {
        AccessPolicy root = policy();
        root.ownUid = 0;
        QCOMPARE(decide(root, request(), peer(0)).status, 0);
        QCOMPARE(decide(root, request(), peer({})).status, 401);
    }

    void modes()
    {
        QCOMPARE(decide(policy(AuthMode::Token), request(), peer(1000)).status, 401);
        QCOMPARE(decide(policy(AuthMode::Token), request(), peer(1000, true)).status, 0);
        QCOMPARE(decide(policy(AuthMode::None), request(), peer({})).status, 0);
        QCOMPARE(decide(policy(AuthMode::None), request("evil.example"), peer({})).status, 403);
        AccessPolicy empty = policy();
        empty.token.clear();
        QCOMPARE(decide(empty, request({"127.0.0.1:8080"}, {{"X-Key", ""}}), peer(7)).status, 401);
    }

    void fromElsewhereTheUidCountsNothing()
    {
        Peer far = peer(1000);
        far.address = QHostAddress(QStringLiteral("10.1.2.3"));
        far.localAddress = QHostAddress(QStringLiteral("10.1.2.4"));
        QCOMPARE(decide(policy(), request("10.1.2.4:8080"), far).status, 401);
        QCOMPARE(decide(policy(), request("10.1.2.4:8080", {{"X-Key", token}}), far).status, 0);
        QCOMPARE(decide(policy(), request("10.1.2.5:8080", {{"X-Key", token}}), far).status, 403);
        QCOMPARE(decide(policy(), request("10.1.2.4:81", {{"X-Key", token}}), far).status, 403);
    }

    void hosts_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<int>("status");
        for (const char *good : {"localhost", "localhost:8080", "LocalHost:8080", "127.0.0.1",
                                 "127.0.0.1:9000", "[::1]:8080", "127.8.8.8:8080",
                                 "box.example.org", "box.example.org:99", "only.example.org:8080"})
            QTest::newRow(good) << QByteArray(good) << 0;
        for (const char *bad : {"evil.example", "evil.example:8080", "localhost.evil.example",
                                "127.0.0.1.evil.example", "127.0.0.1@evil", "127.1", "2130706433",
                                "0x7f.1", "only.example.org:1", "[::2]:8080", "localhost.",
                                "0.0.0.0:8080", "box.example.org.evil"})
            QTest::newRow(bad) << QByteArray(bad) << 403;
    }

    void hosts()
    {
        QFETCH(QByteArray, host);
        QFETCH(int, status);
        QCOMPARE(decide(policy(), request(host), peer(1000)).status, status);
    }

    void pagesOfOthersAreRefused()
    {
        const auto status = [](http::Fields fields, const QByteArray &method = "POST") {
            Request r = request("127.0.0.1:8080", std::move(fields));
            r.method = method;
            return decide(policy(), r, peer(1000)).status;
        };
        QCOMPARE(status({{"Origin", "http://127.0.0.1:8080"}}), 0);
        QCOMPARE(status({{"Origin", "http://127.0.0.1:8080"}, {"Sec-Fetch-Site", "same-origin"}}),
                 0);
        QCOMPARE(status({{"Sec-Fetch-Site", "none"}}), 0);
        for (const char *origin :
             {"http://evil.example", "null", "", "http://127.0.0.1:3000", "http://localhost:8080",
              "https://127.0.0.1:8080", "http://127.0.0.1:8080.evil", "file://"})
            QCOMPARE(status({{"Origin", origin}}), 403);
        QCOMPARE(status({{"Origin", "http://127.0.0.1:8080"}, {"Origin", "http://evil.example"}}),
                 403);
        for (const char *site : {"cross-site", "same-site", "", "SAME-ORIGIN, cross-site"})
            QCOMPARE(status({{"Sec-Fetch-Site", site}}), 403);
        QCOMPARE(status({{"Origin", "http://127.0.0.1:8080"}, {"Sec-Fetch-Site", "cross-site"}}),
                 403);
    }

    void configuredOrigins()
    {
        Request r
            = request("127.0.0.1:8080",
                      {{"Origin", "https://trusted.example"}, {"Sec-Fetch-Site", "cross-site"}});
        QCOMPARE(decide(policy(), r, peer(1000)).status, 0);
        QCOMPARE(decide(policy(), r, peer(1000)).corsOrigin, QByteArray("https://trusted.example"));
        QCOMPARE(decide(policy(), r, peer(7)).status, 401);
        r.method = "OPTIONS";
        QCOMPARE(decide(policy(), r, peer(7)).status, 401);
        r.fields.add("Access-Control-Request-Method", "POST");
        QCOMPARE(decide(policy(), r, peer(7)).status, 204);
    }

    void comparison()
    {
        QVERIFY(equalInConstantTime("abc", "abc"));
        QVERIFY(!equalInConstantTime("abcabc", "abc"));
        QVERIFY(!equalInConstantTime("ab", "abc"));
        QVERIFY(!equalInConstantTime("", ""));
    }
};

QTEST_APPLESS_MAIN(DecisionTest)
#include "decisiontest.moc"
