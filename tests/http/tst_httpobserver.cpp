// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Who looks on is told of every request once, with what became of it.
#include "client.h"
#include "serverthread.h"

#include <QTest>

using namespace quarry;
using namespace quarry::http;
using namespace quarry::http::test;

namespace {

struct Seen {
    QByteArray line; // "GET /hello", "-"
    int status;
    qint64 received, sent, took;
    bool loopback;
};

// Filled on the server's thread, read there too.
struct Witness {
    QList<Seen> seen;
    Observer observer()
    {
        return [this](const Observed &one) {
            const QByteArray line
                = one.request ? one.request->method + ' ' + one.request->rawPath : "-";
            seen.append({line, one.status, one.received, one.sent, one.took.count(),
                         one.peer.isLoopback()});
        };
    }
};

QList<Seen> seenBy(ServerThread &server, Witness &witness)
{
    QList<Seen> seen;
    server.run([&] { seen = witness.seen; });
    return seen;
}

} // namespace

class TestObserver : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void requestsAndAnswers();
    void refusedOnes();
    void clientThatLeaves();
    void nobodyLooks();
    void beginningsOfBodies();
    void subject();
};

void TestObserver::requestsAndAnswers()
{
    Witness witness;
    ServerThread server(plainRoutes());
    server.run([&] { server.server().setObserver(witness.observer()); });
    Client client(server.port());
    const Reply hello = client.call(head("GET", "/hello"));
    QCOMPARE(hello.status, 200);
    client.call(head("POST", "/echo", "Content-Length: 5\r\n") + "abcde");
    client.call(head("GET", "/size/100000"));
    client.call(head("GET", "/nowhere"));
    const QList<Seen> seen = seenBy(server, witness);
    QCOMPARE(seen.size(), 4);
    QCOMPARE(seen[0].line, QByteArray("GET /hello"));
    QCOMPARE(seen[0].status, 200);
    QCOMPARE(seen[0].sent, hello.head.size() + hello.body.size());
    QVERIFY(seen[0].loopback);
    QVERIFY(seen[0].took >= 0);
    QCOMPARE(seen[1].received, 5);
    QCOMPARE(seen[2].line, QByteArray("GET /size/100000"));
    QVERIFY(seen[2].sent > 100'000);
    QCOMPARE(seen[3].status, 404);
}

void TestObserver::refusedOnes()
{
    Witness witness;
    ServerThread server(plainRoutes());
    server.run([&] { server.server().setObserver(witness.observer()); });
    Client client(server.port());
    QCOMPARE(client.call("rubbish\r\n\r\n").status, 400);
    const QList<Seen> seen = seenBy(server, witness);
    QCOMPARE(seen.size(), 1);
    QCOMPARE(seen[0].line, QByteArray("-"));
    QCOMPARE(seen[0].status, 400);
}

void TestObserver::clientThatLeaves()
{
    Witness witness;
    std::vector<ExchangePtr> held;
    ServerThread server([&](const ExchangePtr &exchange) { held.push_back(exchange); });
    server.run([&] { server.server().setObserver(witness.observer()); });
    Client client(server.port());
    client.send(head("GET", "/slow"));
    QVERIFY(server.waitUntil([&] { return held.size() == 1; }));
    client.reset();
    QVERIFY(server.waitUntil([&] { return witness.seen.size() == 1; }));
    server.run([&] {
        held.front()->respond(200, {}, "too late");
        held.clear();
    });
    const QList<Seen> seen = seenBy(server, witness);
    QCOMPARE(seen.size(), 1);
    QCOMPARE(seen[0].status, 0);
}

void TestObserver::nobodyLooks()
{
    Witness witness;
    ServerThread server(plainRoutes());
    Client client(server.port());
    QCOMPARE(client.call(head("GET", "/hello")).status, 200);
    server.run([&] { server.server().setObserver(witness.observer()); });
    QCOMPARE(client.call(head("GET", "/hello")).status, 200);
    server.run([&] { server.server().setObserver({}); });
    QCOMPARE(client.call(head("GET", "/hello")).status, 200);
    QCOMPARE(seenBy(server, witness).size(), 1);
}

void TestObserver::beginningsOfBodies()
{
    Witness witness;
    QList<QByteArray> bodies;
    ServerThread server(plainRoutes());
    const auto look
        = [&](const Observed &one) { bodies.append(one.requestBody + '|' + one.answerBody); };
    server.run([&] { server.server().setObserver(look, 10); });
    Client client(server.port());
    client.call(head("POST", "/echo", "Content-Length: 5\r\n") + "abcde");
    client.call(head("POST", "/echo", "Content-Length: 20\r\n") + "abcdefghijklmnopqrst");
    QList<QByteArray> seen;
    server.run([&] { seen = bodies; });
    QCOMPARE(seen, (QList<QByteArray>{"abcde|abcde", "abcdefghij|abcdefghij"}));
    // Who wants none is given none.
    server.run([&] {
        bodies.clear();
        server.server().setObserver(look);
    });
    client.call(head("POST", "/echo", "Content-Length: 5\r\n") + "abcde");
    server.run([&] { seen = bodies; });
    QCOMPARE(seen, QList<QByteArray>{"|"});
}

void TestObserver::subject()
{
    QString subject;
    ServerThread server([](const ExchangePtr &exchange) {
        exchange->setSubject(QStringLiteral("sb-7f3a"));
        exchange->respond(200, {}, "done");
    });
    server.run(
        [&] { server.server().setObserver([&](const Observed &one) { subject = one.subject; }); });
    Client client(server.port());
    QCOMPARE(client.call(head("GET", "/")).status, 200);
    QString seen;
    server.run([&] { seen = subject; });
    QCOMPARE(seen, QStringLiteral("sb-7f3a"));
}

QTEST_GUILESS_MAIN(TestObserver)
#include "tst_httpobserver.moc"
