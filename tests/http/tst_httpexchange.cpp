// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Answers: order, framing, long calls, clients that leave, slow readers, the graceful end.
#include "client.h"
#include "serverthread.h"

#include <QTest>
#include <QTimer>

#include <atomic>

using namespace quarry;
using namespace quarry::http;
using namespace quarry::http::test;
using namespace std::chrono_literals;

namespace {

// Exchanges that wait for the test to answer them; used on the server's thread.
struct Held {
    std::vector<ExchangePtr> exchanges;
    Handler handler()
    {
        return [this](const ExchangePtr &exchange) { exchanges.push_back(exchange); };
    }
};

} // namespace

class TestExchange : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answersKeepTheirOrder();
    void unsafeMethodsWaitForTheirTurn();
    void headOnly();
    void expectContinue();
    void refusedBeforeTheBody();
    void keptAliveBySpaces();
    void quickAnswerWithoutSpaces();
    void chunkedAnswer();
    void announcedLength();
    void oldProtocol();
    void unsendableAnswer();
    void droppedExchange();
    void droppedWhileReading();
    void clientLeavesWhileWaiting_data();
    void clientLeavesWhileWaiting();
    void clientLeavesWhileSending();
    void clientLeavesWhileReading();
    void halfClosedClientIsAnswered();
    void slowReaderIsBounded();
    void pausedBodyIsBounded();
    void answersBehindAClosingOneAreAborted();
    void gracefulStop();
    void stopAtTheDeadline();
};

void TestExchange::answersKeepTheirOrder()
{
    Held held;
    ServerThread thread(held.handler());
    Client client(thread.port());
    for (int i = 0; i < 5; ++i)
        client.send(head("GET", "/" + QByteArray::number(i)));
    QVERIFY(thread.waitUntil([&] { return held.exchanges.size() == 5; }));
    thread.run([&] {
        for (const std::size_t i : {4u, 2u, 1u, 3u, 0u}) { // the first comes last
            const ExchangePtr exchange = held.exchanges[i];
            exchange->beginResponse(200, {});
            exchange->write("for ");
            exchange->write(exchange->request().rawPath);
            exchange->finish();
        }
        held.exchanges.clear();
    });
    for (int i = 0; i < 5; ++i)
        QCOMPARE(client.read().body, "for /" + QByteArray::number(i));
}

void TestExchange::unsafeMethodsWaitForTheirTurn()
{
    Held held;
    ServerThread thread(held.handler());
    Client client(thread.port());
    client.send(head("GET", "/a") + head("POST", "/b") + head("GET", "/c"));
    QVERIFY(thread.waitUntil([&] { return held.exchanges.size() == 1; }));
    thread.settle();
    thread.run([&] {
        QCOMPARE(held.exchanges.size(), std::size_t(1));
        held.exchanges[0]->respond(200, {}, "a");
    });
    QVERIFY(thread.waitUntil([&] { return held.exchanges.size() == 2; }));
    thread.settle();
    thread.run([&] {
        QCOMPARE(held.exchanges.size(), std::size_t(2));
        held.exchanges[1]->respond(200, {}, "b");
    });
    QVERIFY(thread.waitUntil([&] { return held.exchanges.size() == 3; }));
    thread.run([&] {
        held.exchanges[2]->respond(200, {}, "c");
        held.exchanges.clear();
    });
    for (const char *body : {"a", "b", "c"})
        QCOMPARE(client.read().body, QByteArray(body));
}

void TestExchange::headOnly()
{
    ServerThread thread(plainRoutes());
    Client client(thread.port());
    client.send(head("HEAD", "/hello") + head("HEAD", "/size/100000") + head("HEAD", "/none")
                + head("GET", "/hello"));
    QCOMPARE(client.read(true).field("content-length"), QByteArray("5"));
    QCOMPARE(client.read(true).field("transfer-encoding"), QByteArray("chunked"));
    QCOMPARE(client.read(true).status, 404);
    QCOMPARE(client.read().body, QByteArray("hello"));
}

void TestExchange::expectContinue()
{
    ServerThread thread(plainRoutes());
    Client client(thread.port());
    client.send(head("POST", "/echo", "Content-Length: 3\r\nExpect: 100-continue\r\n"));
    QCOMPARE(client.read().status, 100);
    client.send("abc");
    QCOMPARE(client.read().body, QByteArray("abc"));
    // Who does not wait gets no 100.
    const Reply reply = client.call(
        head("POST", "/echo", "Content-Length: 3\r\nExpect: 100-Continue\r\n") + "def");
    QCOMPARE(reply.body, QByteArray("def"));
}

void TestExchange::refusedBeforeTheBody()
{
    ServerThread thread(
        [](const ExchangePtr &exchange) { exchange->respondError(401, QStringLiteral("no")); });
    Client waiting(thread.port());
    waiting.send(head("POST", "/", "Content-Length: 1000000\r\nExpect: 100-continue\r\n"));
    const Reply refused = waiting.read();
    QCOMPARE(refused.status, 401);
    QCOMPARE(refused.body, QByteArray("{\"detail\":\"no\"}"));
    QCOMPARE(refused.field("connection"), QByteArray("close"));
    // Who sends all the same still gets to see the answer.
    Client sending(thread.port());
    sending.send(head("POST", "/", "Content-Length: 20000000\r\n"));
    sending.send(QByteArray(20'000'000, 'x'));
    QCOMPARE(sending.read().status, 401);
    // A short body is thrown away, and the connection goes on.
    Client short_(thread.port());
    for (int i = 0; i < 2; ++i)
        QCOMPARE(short_.call(head("POST", "/", "Content-Length: 5\r\n") + "12345").status, 401);
}

void TestExchange::keptAliveBySpaces()
{
    Held held;
    ServerThread thread(held.handler());
    Client client(thread.port());
    client.send(head("POST", "/"));
    QVERIFY(thread.waitUntil([&] { return held.exchanges.size() == 1; }));
    thread.run(
        [&] { held.exchanges[0]->keepAlive(1ms, 1ms, {{"Content-Type", "application/json"}}); });
    const Reply start = client.read(true);
    QCOMPARE(start.status, 200);
    QCOMPARE(start.field("content-type"), QByteArray("application/json"));
    thread.run([&] {
        held.exchanges[0]->respond(500, {{"X-A", "ignored"}}, "{\"a\":1}");
        held.exchanges.clear();
    });
    client.send(head("GET", "/second", "Connection: close\r\n"));
    QVERIFY(thread.waitUntil([&] { return held.exchanges.size() == 1; }));
    thread.run([&] {
        held.exchanges[0]->respond(204, {}, {});
        held.exchanges.clear();
    });
    const QByteArray rest = client.readAll();
    QVERIFY(rest.startsWith("1\r\n \r\n"));
    QVERIFY(rest.contains("7\r\n{\"a\":1}\r\n0\r\n\r\nHTTP/1.1 204"));
}

void TestExchange::quickAnswerWithoutSpaces()
{
    ServerThread thread([](const ExchangePtr &exchange) {
        exchange->keepAlive(60s, 60s, {});
        exchange->respond(201, {}, "x");
    });
    Client client(thread.port());
    const Reply reply = client.call(head("POST", "/"));
    QCOMPARE(reply.status, 201);
    QCOMPARE(reply.field("content-length"), QByteArray("1"));
}

void TestExchange::chunkedAnswer()
{
    ServerThread thread(plainRoutes());
    Client client(thread.port());
    for (const int size : {0, 1, 100'000, 20'000'000}) {
        const Reply reply = client.call(head("GET", "/size/" + QByteArray::number(size)));
        QVERIFY(reply.whole);
        QCOMPARE(reply.body.size(), size);
    }
    const QByteArray body(5'000'000, 'y');
    QCOMPARE(client.call(head("POST", "/echo", "Content-Length: 5000000\r\n") + body).body, body);
}

void TestExchange::announcedLength()
{
    ServerThread thread([](const ExchangePtr &exchange) {
        exchange->beginResponse(200, {{"Content-Length", "999"}, {"Connection", "x"}}, 5);
        exchange->write(exchange->request().rawPath.mid(1));
        exchange->finish();
    });
    Client client(thread.port());
    const Reply exact = client.call(head("GET", "/12345"));
    QCOMPARE(exact.body, QByteArray("12345"));
    QVERIFY(!exact.head.contains("999"));
    // Too much or too little is cut, so that nobody takes it for whole.
    QVERIFY(!client.call(head("GET", "/123456")).whole);
    Client other(thread.port());
    QVERIFY(!other.call(head("GET", "/1234")).whole);
}

void TestExchange::oldProtocol()
{
    ServerThread thread(plainRoutes());
    Client client(thread.port());
    const Reply kept = client.call("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    QCOMPARE(kept.field("connection"), QByteArray("keep-alive"));
    const Reply reply = client.call("GET /size/100000 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    QVERIFY(!reply.head.contains("chunked"));
    QCOMPARE(reply.body.size(), 100'000);
    QVERIFY(client.ended());
}

void TestExchange::unsendableAnswer()
{
    ServerThread thread([](const ExchangePtr &exchange) {
        const QByteArray which = exchange->request().rawPath;
        if (which == "/break")
            exchange->respond(200, {{"X-A", "b\r\nX-B: c"}}, "body");
        else if (which == "/name")
            exchange->beginResponse(200, {{"X A", "b"}});
        else
            exchange->respond(99, {}, "body");
        exchange->respond(200, {}, "again"); // changes nothing
    });
    Client client(thread.port());
    for (const char *target : {"/break", "/name", "/status"}) {
        const Reply reply = client.call(head("GET", target));
        QCOMPARE(reply.status, 500);
        QVERIFY(!reply.head.contains("X-B"));
    }
}

void TestExchange::droppedExchange()
{
    ServerThread thread([](const ExchangePtr &exchange) {
        if (exchange->request().rawPath == "/begun")
            exchange->beginResponse(200, {});
    });
    Client client(thread.port());
    QCOMPARE(client.call(head("GET", "/open")).status, 500);
    QVERIFY(!client.call(head("GET", "/begun")).whole);
}

void TestExchange::droppedWhileReading()
{
    std::atomic<int> cancelled = 0;
    ServerThread thread([&](const ExchangePtr &exchange) {
        exchange->readBody(0, [&](Result<QByteArray> body) {
            if (!body && body.error().code == ErrorCode::Cancelled)
                ++cancelled;
        });
    });
    Client client(thread.port());
    QCOMPARE(client.call(head("POST", "/", "Content-Length: 5\r\n")).status, 500);
    QVERIFY(thread.waitUntil([&] { return cancelled == 1; }));
}

void TestExchange::clientLeavesWhileWaiting_data()
{
    QTest::addColumn<bool>("reset");
    QTest::newRow("closed") << false;
    QTest::newRow("reset") << true;
}

void TestExchange::clientLeavesWhileWaiting()
{
    QFETCH(bool, reset);
    Held held;
    int aborted = 0;
    ServerThread thread([&](const ExchangePtr &exchange) {
        QObject::connect(exchange.get(), &Exchange::aborted, exchange.get(), [&] { ++aborted; });
        held.exchanges.push_back(exchange);
    });
    Client client(thread.port());
    client.send(head("GET", "/a") + head("GET", "/b"));
    QVERIFY(thread.waitUntil([&] { return held.exchanges.size() == 2; }));
    if (reset)
        client.reset();
    else
        client.close();
    QVERIFY(thread.waitUntil([&] { return aborted == 2; }));
    thread.run([&] {
        for (const ExchangePtr &exchange : held.exchanges) {
            QVERIFY(exchange->isAborted());
            exchange->respond(200, {}, "nobody hears"); // allowed, and nothing happens
        }
        held.exchanges.clear();
        QCOMPARE(thread.server().connectionCount(), 0);
    });
}

void TestExchange::clientLeavesWhileSending()
{
    std::atomic<int> lost = 0;
    ServerThread thread([&](const ExchangePtr &exchange) {
        exchange->streamBody(0,
                             {[](QByteArrayView) {},
                              [&, exchange](Result<void> result) {
                                  if (!result && result.error().code == ErrorCode::ConnectionLost)
                                      ++lost;
                              }});
    });
    for (const QByteArray fields :
         {"Content-Length: 100000\r\n", "Transfer-Encoding: chunked\r\n"}) {
        lost = 0;
        for (const bool reset : {false, true}) {
            Client client(thread.port());
            client.send(head("POST", "/", fields) + "5000\r\n" + QByteArray(10'000, 'x'));
            thread.settle();
            if (reset)
                client.reset();
        }
        QVERIFY(thread.waitUntil([&] { return lost == 2; }));
    }
    QVERIFY(thread.waitUntil([&] { return thread.server().connectionCount() == 0; }));
}

void TestExchange::clientLeavesWhileReading()
{
    ServerThread thread(plainRoutes());
    for (int i = 0; i < 10; ++i) {
        Client client(thread.port());
        client.send(head("GET", "/size/1000000000"));
        QCOMPARE(client.read(true).status, 200);
    }
    QVERIFY(thread.waitUntil([&] { return thread.server().connectionCount() == 0; }));
}

void TestExchange::halfClosedClientIsAnswered()
{
    Held held;
    ServerThread thread(held.handler());
    Client client(thread.port());
    client.send(head("GET", "/"));
    client.shutdownWrite();
    QVERIFY(thread.waitUntil([&] { return held.exchanges.size() == 1; }));
    thread.settle();
    thread.run([&] {
        held.exchanges[0]->respond(200, {}, "for you");
        held.exchanges.clear();
    });
    QCOMPARE(client.read().body, QByteArray("for you"));
    QCOMPARE(client.readAll(), QByteArray());
    QVERIFY(client.ended());
}

void TestExchange::slowReaderIsBounded()
{
    Held held;
    ServerThread thread(held.handler());
    Client client(thread.port());
    for (int i = 0; i < 200; ++i)
        client.send(head("GET", "/" + QByteArray::number(i)));
    // No more is begun than may be in work, and none while much waits.
    QVERIFY(thread.waitUntil([&] { return int(held.exchanges.size()) == Limits().maxPipelined; }));
    thread.settle();
    thread.run([&] {
        QCOMPARE(int(held.exchanges.size()), Limits().maxPipelined);
        for (const ExchangePtr &exchange : std::exchange(held.exchanges, {}))
            exchange->respond(200, {}, QByteArray(1 << 20, 'x'));
    });
    thread.settle();
    thread.run([&] { QCOMPARE(held.exchanges.size(), std::size_t(0)); });
    for (int i = 0; i < Limits().maxPipelined; ++i)
        QCOMPARE(client.read().body.size(), 1 << 20);
    for (int i = Limits().maxPipelined; i < 200; ++i) {
        QVERIFY(thread.waitUntil([&] { return !held.exchanges.empty(); }));
        thread.run([&] {
            held.exchanges.front()->respond(200, {}, held.exchanges.front()->request().rawPath);
            held.exchanges.erase(held.exchanges.begin());
        });
        QCOMPARE(client.read().body, '/' + QByteArray::number(i));
    }
}

void TestExchange::pausedBodyIsBounded()
{
    Held held;
    qint64 received = 0;
    ServerThread thread([&](const ExchangePtr &exchange) {
        held.exchanges.push_back(exchange);
        exchange->streamBody(0,
                             {[&received, raw = exchange.get()](QByteArrayView data) {
                                  received += data.size();
                                  raw->pauseBody();
                              },
                              [exchange](Result<void>) { exchange->respond(200, {}, "done"); }});
    });
    Client client(thread.port());
    constexpr qint64 size = 600'000;
    client.send(head("POST", "/", "Content-Length: 600000\r\n"));
    client.send(QByteArray(size, 'x'));
    thread.settle();
    thread.run([&] { QVERIFY(received > 0 && received <= 128 * 1024); });
    QVERIFY(thread.waitUntil([&] {
        if (!held.exchanges.empty())
            held.exchanges[0]->resumeBody();
        return received == size;
    }));
    thread.run([&] {
        held.exchanges[0]->resumeBody();
        held.exchanges.clear();
    });
    QCOMPARE(client.read().body, QByteArray("done"));
}

void TestExchange::answersBehindAClosingOneAreAborted()
{
    Held held;
    int aborted = 0;
    ServerThread thread([&](const ExchangePtr &exchange) {
        QObject::connect(exchange.get(), &Exchange::aborted, exchange.get(), [&] { ++aborted; });
        held.exchanges.push_back(exchange);
    });
    Client client(thread.port());
    for (int i = 0; i < 3; ++i)
        client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    QVERIFY(thread.waitUntil([&] { return held.exchanges.size() == 3; }));
    thread.run([&] { // its end is the connection's
        held.exchanges[0]->beginResponse(200, {});
        held.exchanges[0]->write("all");
        held.exchanges[0]->finish();
    });
    QCOMPARE(client.read().body, QByteArray("all"));
    QVERIFY(thread.waitUntil([&] { return aborted == 2; }));
    client.close();
    QVERIFY(thread.waitUntil([&] { return thread.server().connectionCount() == 0; }));
    thread.run([&] {
        held.exchanges[1]->respond(200, {}, "late");
        held.exchanges.clear();
    });
}

void TestExchange::gracefulStop()
{
    Held held;
    std::atomic<bool> stopped = false;
    ServerThread thread(held.handler());
    Client busy(thread.port());
    Client idle(thread.port());
    busy.send(head("GET", "/") + head("POST", "/never"));
    QVERIFY(thread.waitUntil(
        [&] { return held.exchanges.size() == 1 && thread.server().connectionCount() == 2; }));
    thread.run([&] { thread.server().stop(1h, [&] { stopped = true; }); });
    QCOMPARE(idle.readAll(), QByteArray());
    QVERIFY(!Client(thread.port()).isConnected());
    QVERIFY(!stopped);
    thread.run([&] {
        held.exchanges[0]->respond(200, {}, "last");
        held.exchanges.clear();
    });
    QCOMPARE(busy.read().body, QByteArray("last"));
    QCOMPARE(busy.readAll(), QByteArray());
    QVERIFY(thread.waitUntil([&] { return stopped.load(); }));
}

void TestExchange::stopAtTheDeadline()
{
    Held held;
    std::atomic<bool> stopped = false;
    ServerThread thread(held.handler());
    Client client(thread.port());
    client.send(head("GET", "/"));
    QVERIFY(thread.waitUntil([&] { return held.exchanges.size() == 1; }));
    thread.run([&] { thread.server().stop(1ms, [&] { stopped = true; }); });
    QCOMPARE(client.readAll(), QByteArray());
    QVERIFY(thread.waitUntil([&] { return stopped.load(); }));
    thread.run([&] { held.exchanges.clear(); });
}

QTEST_GUILESS_MAIN(TestExchange)
#include "tst_httpexchange.moc"
