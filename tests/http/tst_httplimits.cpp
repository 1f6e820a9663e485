// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Every limit has its answer, and hurts nobody else.
#include "client.h"
#include "serverthread.h"

#include <QTest>

#include <poll.h>

using namespace quarry::http;
using namespace quarry::http::test;
using namespace std::chrono_literals;

class TestLimits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void longHeader();
    void manyFields();
    void longTarget();
    void longBody_data();
    void longBody();
    void routeLimit();
    void tooManyConnections();
    void idleOneMakesRoom();
    void slowHeader();
    void slowBody();
    void trickledBody();
    void slowReader();
    void idle();
};

void TestLimits::longHeader()
{
    ServerThread thread(plainRoutes());
    Client fits(thread.port());
    const qsizetype rest = Limits().maxHeader - head("GET", "/hello", "X-A: \r\n").size();
    QCOMPARE(fits.call(head("GET", "/hello", "X-A: " + QByteArray(rest, 'x') + "\r\n")).status,
             200);
    QCOMPARE(fits.call(head("GET", "/hello", "X-A: " + QByteArray(rest + 1, 'x') + "\r\n")).status,
             431);
    Client endless(thread.port());
    endless.send("GET /hello HTTP/1.1\r\nX-A: ");
    endless.send(QByteArray(4 << 20, 'x'));
    QCOMPARE(endless.read().status, 431);
}

void TestLimits::manyFields()
{
    ServerThread thread(plainRoutes());
    Client client(thread.port());
    QCOMPARE(client.call(head("GET", "/hello", QByteArray("A: b\r\n").repeated(127))).status, 200);
    QCOMPARE(client.call(head("GET", "/hello", QByteArray("A: b\r\n").repeated(128))).status, 431);
    Client million(thread.port());
    million.send("GET /hello HTTP/1.1\r\n");
    million.send(QByteArray("A: b\r\n").repeated(1'000'000));
    QCOMPARE(million.read().status, 431);
}

void TestLimits::longTarget()
{
    ServerThread thread(plainRoutes());
    Client client(thread.port());
    client.send("GET /" + QByteArray(100'000, 'x'));
    QCOMPARE(client.read().status, 414);
}

void TestLimits::longBody_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<qint64>("size");
    QTest::newRow("read") << QByteArray("/echo") << qint64(200'000);
    QTest::newRow("streamed") << QByteArray("/length") << qint64(400'000);
    QTest::newRow("above all") << QByteArray("/hello") << qint64(5'000'000);
}

void TestLimits::longBody()
{
    QFETCH(QByteArray, target);
    QFETCH(qint64, size);
    Limits limits;
    limits.maxBody = 100'000;
    limits.maxUpload = 300'000;
    ServerThread thread(plainRoutes(), limits);
    Client declared(thread.port());
    declared.send(head("POST", target, "Content-Length: " + QByteArray::number(size) + "\r\n"));
    declared.send(QByteArray(size, 'x'));
    const Reply reply = declared.read();
    QCOMPARE(reply.status, 413);
    QCOMPARE(reply.field("connection"), QByteArray("close"));
    if (target == "/hello")
        return;
    Client expecting(thread.port());
    const Reply refused = expecting.call(
        head("POST", target,
             "Content-Length: " + QByteArray::number(size) + "\r\nExpect: 100-continue\r\n"));
    QCOMPARE(refused.status, 413);
    Client chunked(thread.port());
    chunked.send(head("POST", target, "Transfer-Encoding: chunked\r\n"));
    for (qint64 sent = 0; sent < size; sent += 1000)
        chunked.send("3e8\r\n" + QByteArray(1000, 'x') + "\r\n");
    QCOMPARE(chunked.read().status, 413);
    Client other(thread.port());
    QCOMPARE(other.call(head("GET", "/hello")).status, 200);
}

void TestLimits::routeLimit()
{
    auto router = std::make_shared<Router>();
    router->add("POST", QStringLiteral("/small"),
                [](const ExchangePtr &exchange) {
                    exchange->readBody(0, [exchange](quarry::Result<QByteArray> body) {
                        if (body)
                            exchange->respond(200, {}, *body);
                    });
                },
                {.maxBody = 10});
    ServerThread thread([router](const ExchangePtr &exchange) { router->dispatch(exchange); });
    Client client(thread.port());
    QCOMPARE(client.call(head("POST", "/small", "Content-Length: 10\r\n") + "0123456789").status,
             200);
    QCOMPARE(client.call(head("POST", "/small", "Content-Length: 11\r\n") + "0123456789x").status,
             413);
    Client chunked(thread.port());
    QCOMPARE(chunked
                 .call(head("POST", "/small", "Transfer-Encoding: chunked\r\n")
                       + "b\r\n0123456789x\r\n0\r\n\r\n")
                 .status,
             413);
}

void TestLimits::tooManyConnections()
{
    Limits limits;
    limits.maxConnections = 4;
    ServerThread thread(plainRoutes(), limits);
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < 4; ++i) {
        clients.push_back(std::make_unique<Client>(thread.port()));
        QCOMPARE(clients.back()->call(head("GET", "/hello")).status, 200);
    }
    Client late(thread.port());
    const Reply refused = late.call(head("GET", "/hello"));
    QCOMPARE(refused.status, 503);
    QCOMPARE(refused.field("retry-after"), QByteArray("1"));
    QCOMPARE(late.readAll(), QByteArray());
    for (const auto &client : clients) // unharmed
        QCOMPARE(client->call(head("GET", "/hello")).status, 200);
    clients.pop_back();
    late.close();
    QVERIFY(thread.waitUntil([&] { return thread.server().connectionCount() == 3; }));
    QCOMPARE(Client(thread.port()).call(head("GET", "/hello")).status, 200);
}

void TestLimits::idleOneMakesRoom()
{
    Limits limits;
    limits.maxConnections = 2;
    limits.expendableIdle = 0ms;
    ServerThread thread(plainRoutes(), limits);
    Client first(thread.port());
    QCOMPARE(first.call(head("GET", "/hello")).status, 200);
    Client second(thread.port());
    QCOMPARE(second.call(head("GET", "/hello")).status, 200);
    Client third(thread.port());
    QCOMPARE(third.call(head("GET", "/hello")).status, 200);
    QVERIFY(thread.waitUntil([&] { return thread.server().connectionCount() == 2; }));
}

void TestLimits::slowHeader()
{
    Limits limits;
    limits.header = 50ms;
    ServerThread thread(plainRoutes(), limits);
    Client client(thread.port());
    client.send("GET /hello HT");
    QCOMPARE(client.read().status, 408);
    QCOMPARE(client.readAll(), QByteArray());
    // Also behind other requests, and however steadily it drips.
    Client dripping(thread.port());
    QCOMPARE(dripping.call(head("GET", "/hello")).status, 200);
    while (dripping.send("X")) {
        thread.run([] { });
        bool over = false;
        thread.run([&] { over = thread.server().connectionCount() == 0; });
        if (over)
            break;
    }
}

void TestLimits::slowBody()
{
    Limits limits;
    limits.body = 50ms;
    ServerThread thread(plainRoutes(), limits);
    for (const QByteArray fields : {"Content-Length: 10\r\n", "Transfer-Encoding: chunked\r\n"}) {
        Client client(thread.port());
        client.send(head("POST", "/echo", fields) + "5");
        QCOMPARE(client.read().status, 408);
        QCOMPARE(client.readAll(), QByteArray());
    }
}

void TestLimits::trickledBody()
{
    Limits limits;
    limits.body = 50ms;
    limits.minRate = 1 << 30; // nobody is that fast
    ServerThread thread(plainRoutes(), limits);
    Client client(thread.port());
    client.send(head("POST", "/length", "Content-Length: 1000000000\r\n"));
    const QByteArray piece(10, 'x');
    int sent = 0;
    while (sent < 10'000'000 && client.send(piece)) {
        ++sent;
        bool over = false;
        thread.run([&] { over = thread.server().connectionCount() == 0; });
        pollfd look{client.descriptor(), POLLIN, 0};
        if (over || ::poll(&look, 1, 0) > 0)
            break;
    }
    QCOMPARE(client.read().status, 408);
}

void TestLimits::slowReader()
{
    Limits limits;
    limits.write = 50ms;
    ServerThread thread(plainRoutes(), limits);
    Client client(thread.port());
    client.shrinkReceiveBuffer();
    client.send(head("GET", "/size/1000000000"));
    // It does not read: cut, so that its memory and its place are free again.
    QVERIFY(thread.waitUntil([&] { return thread.server().connectionCount() == 0; }));
}

void TestLimits::idle()
{
    Limits limits;
    limits.idle = 50ms;
    ServerThread thread(plainRoutes(), limits);
    Client silent(thread.port());
    QCOMPARE(silent.readAll(), QByteArray());
    QVERIFY(silent.ended());
    Client used(thread.port());
    QCOMPARE(used.call(head("GET", "/hello")).status, 200);
    QCOMPARE(used.readAll(), QByteArray());
    QVERIFY(used.ended());
}

QTEST_GUILESS_MAIN(TestLimits)
#include "tst_httplimits.moc"
