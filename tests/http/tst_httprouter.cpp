// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The table of routes: which one serves what, and what the others are told.
#include "client.h"
#include "serverthread.h"

#include <QTest>

using namespace quarry::http;
using namespace quarry::http::test;

class TestRouter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void matches_data();
    void matches();
    void methods();
    void table();
    void fallback();

private:
    static void fill(Router &router);
};

void TestRouter::fill(Router &router)
{
    for (const char *pattern : {"/", "/a", "/a/{id}", "/a/fixed", "/a/{id}/x", "/a/fixed/y",
                                "/t/{path...}", "/t/{one}/end", "/a/{id}/p/{path...}"})
        router.add("GET", QString::fromLatin1(pattern), [pattern](const ExchangePtr &exchange) {
            QByteArray text = pattern;
            for (const char *name : {"id", "one", "path"}) {
                const QString value = exchange->pathParam(QString::fromLatin1(name));
                if (!value.isNull())
                    text += ' ' + value.toUtf8() + '|'
                        + exchange->rawPathParam(QString::fromLatin1(name));
            }
            exchange->respond(200, {}, text);
        });
}

void TestRouter::matches_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("served"); // empty: 404
    const auto row = [](const char *target, const QByteArray &served) {
        QTest::newRow(target) << QByteArray(target) << served;
    };
    row("/", "/");
    row("/a", "/a");
    row("/a?b=/c", "/a");
    row("/a/", "");
    row("/a/7", "/a/{id} 7|7");
    row("/a/%37%2F8", "/a/{id} 7/8|%37%2F8");
    row("/a/%C3%BC", "/a/{id} \xc3\xbc|%C3%BC");
    row("/%61/7", "/a/{id} 7|7");
    row("/a/fixed", "/a/fixed");
    row("/a/fixed/x", "/a/{id}/x fixed|fixed");
    row("/a/fixed/y", "/a/fixed/y");
    row("/a/7/y", "");
    row("/t/1", "/t/{path...} 1|1");
    row("/t/1/2//%33/", "/t/{path...} 1/2//3/|1/2//%33/");
    row("/t/1/end", "/t/{one}/end 1|1");
    row("/t/", "/t/{path...}");
    row("/t", "");
    row("/a/7/p/../..", "/a/{id}/p/{path...} 7|7 ../..|../..");
    row("//a", "");
    row("/A", "");
    row("/{id}", "");
    row("/a//x", "");
}

void TestRouter::matches()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, served);
    auto router = std::make_shared<Router>();
    fill(*router);
    ServerThread thread([router](const ExchangePtr &exchange) { router->dispatch(exchange); });
    const Reply reply = Client(thread.port()).call(head("GET", target));
    if (served.isEmpty()) {
        QCOMPARE(reply.status, 404);
        QCOMPARE(reply.body, QByteArray("{\"detail\":\"Not Found\"}"));
    } else {
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.body, served);
    }
}

void TestRouter::methods()
{
    auto router = std::make_shared<Router>();
    for (const char *method : {"GET", "POST", "DELETE"})
        router->add(method, QStringLiteral("/m"),
                    [method](const ExchangePtr &exchange) { exchange->respond(200, {}, method); });
    router->add("*", QStringLiteral("/any"), [](const ExchangePtr &exchange) {
        exchange->respond(200, {}, exchange->request().method);
    });
    ServerThread thread([router](const ExchangePtr &exchange) { router->dispatch(exchange); });
    Client client(thread.port());
    QCOMPARE(client.call(head("DELETE", "/m")).body, QByteArray("DELETE"));
    client.send(head("HEAD", "/m"));
    QCOMPARE(client.read(true).field("content-length"), QByteArray("3"));
    for (const char *method : {"PUT", "get", "TRACE", "CONNECT", "FOO"}) {
        const Reply refused = client.call(head(method, "/m"));
        QCOMPARE(refused.status, 405);
        QCOMPARE(refused.field("allow"), QByteArray("DELETE, GET, POST, HEAD, OPTIONS"));
    }
    const Reply options = client.call(head("OPTIONS", "/m"));
    QCOMPARE(options.status, 204);
    QVERIFY(options.field("allow").contains("DELETE"));
    QCOMPARE(client.call(head("PATCH", "/any")).body, QByteArray("PATCH"));
    QCOMPARE(client.call(head("OPTIONS", "*")).status, 404);
}

void TestRouter::table()
{
    Router router;
    fill(router);
    QCOMPARE(router.routes().size(), std::size_t(9));
    QCOMPARE(router.routes()[2].pattern, QStringLiteral("/a/{id}"));
    QCOMPARE(router.routes()[2].method, QByteArray("GET"));
}

void TestRouter::fallback()
{
    auto router = std::make_shared<Router>();
    fill(*router);
    router->setFallback([](const ExchangePtr &exchange) { exchange->respond(418, {}, "else"); });
    ServerThread thread([router](const ExchangePtr &exchange) { router->dispatch(exchange); });
    QCOMPARE(Client(thread.port()).call(head("GET", "/none")).status, 418);
}

QTEST_GUILESS_MAIN(TestRouter)
#include "tst_httprouter.moc"
