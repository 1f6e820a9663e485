// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// From HTTP to something else: WebSockets and streams of bytes.
#include "client.h"
#include "serverthread.h"

#include <QTemporaryDir>
#include <QTest>
#include <QWebSocket>

#include <atomic>

using namespace quarry;
using namespace quarry::http;
using namespace quarry::http::test;
using namespace std::chrono_literals;

namespace {

constexpr char handshake[]
    = "Upgrade: websocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
constexpr char accepted[] = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="; // of RFC 6455 1.3

// A masked text frame with a mask of zeros.
QByteArray frame(const QByteArray &text)
{
    return QByteArray("\x81", 1) + char(0x80 | text.size()) + QByteArray(4, '\0') + text;
}

void echoWebSocket(const ExchangePtr &exchange)
{
    const QString chosen = exchange->request().fields.contains("sec-websocket-protocol")
        ? QStringLiteral("b")
        : QString();
    exchange->acceptWebSocket(chosen, [](Result<QWebSocket *> result) {
        if (!result)
            return;
        QWebSocket *socket = *result;
        QObject::connect(socket, &QWebSocket::textMessageReceived, socket,
                         [socket](const QString &text) { socket->sendTextMessage(text); });
        QObject::connect(socket, &QWebSocket::disconnected, socket, &QObject::deleteLater);
    });
}

// Echoes bytes until their end.
void echoStream(UpgradedStream upgraded)
{
    Stream *stream = upgraded.stream.release();
    stream->write(upgraded.first);
    stream->flush();
    QObject::connect(stream, &Stream::readable, stream, [stream] {
        QByteArray bytes;
        if (stream->read(bytes) == Stream::ReadResult::End) {
            stream->deleteLater();
            return;
        }
        stream->write(bytes);
        stream->flush();
    });
    stream->setReading(true);
}

void upgrade(const ExchangePtr &exchange, std::atomic<int> &refused)
{
    exchange->readBody(0, [exchange, &refused](Result<QByteArray> body) {
        if (!body)
            return;
        exchange->acceptUpgrade("quarry-test", [&refused](Result<UpgradedStream> result) {
            if (result)
                echoStream(std::move(*result));
            else
                ++refused;
        });
    });
}

} // namespace

class TestUpgrade : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void webSocketEcho();
    void webSocketOverUnixIsTheSame();
    void badHandshakes_data();
    void badHandshakes();
    void streamEcho();
    void refusedStream();
    void countAndStop();
};

void TestUpgrade::webSocketEcho()
{
    ServerThread thread(echoWebSocket);
    Client client(thread.port());
    // The first frame comes in one piece with the handshake.
    client.send(head("GET", "/ws", handshake) + frame("early"));
    const Reply reply = client.read(true);
    QCOMPARE(reply.status, 101);
    QCOMPARE(reply.field("sec-websocket-accept"), QByteArray(accepted));
    client.send(frame("late") + QByteArray("\x88\x82\0\0\0\0\x03\xe8", 8));
    const QByteArray answer = client.readAll();
    QVERIFY(answer.startsWith(QByteArray("\x81\x05") + "early" + QByteArray("\x81\x04") + "late"
                              + QByteArray("\x88")));
    QVERIFY(thread.waitUntil([&] { return thread.server().connectionCount() == 0; }));
    Client chosen(thread.port());
    chosen.send(
        head("GET", "/ws",
             QByteArray(handshake) + "Sec-WebSocket-Protocol: a, b\r\nOrigin: http://evil\r\n"));
    const Reply protocol = chosen.read(true);
    QCOMPARE(protocol.field("sec-websocket-protocol"), QByteArray("b"));
}

void TestUpgrade::webSocketOverUnixIsTheSame()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("s"));
    ServerThread thread(echoWebSocket);
    thread.run([&] { QVERIFY(thread.server().listenLocal(path)); });
    Client client(path);
    client.send(head("GET", "/ws", handshake) + frame("hi") + QByteArray("\x88\x80\0\0\0\0", 6));
    QCOMPARE(client.read(true).status, 101);
    QVERIFY(client.readAll().startsWith(QByteArray("\x81\x02") + "hi"));
}

void TestUpgrade::badHandshakes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const auto row
        = [](const char *name, const QByteArray &fields, int status, const char *method = "GET") {
              QTest::newRow(name) << head(method, "/ws", fields) << status;
          };
    row("no upgrade", {}, 426);
    row("no connection", QByteArray(handshake).replace("keep-alive, Upgrade", "keep-alive"), 426);
    row("old version", QByteArray(handshake).replace("13", "8"), 426);
    row("short key", QByteArray(handshake).replace("dGhl", ""), 400);
    row("no key", QByteArray(handshake).replace("Sec-WebSocket-Key", "X-Key"), 400);
    row("two keys", QByteArray(handshake) + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", 400);
    row("post", handshake, 400, "POST");
    row("with a body", QByteArray(handshake) + "Content-Length: 3\r\n", 400);
}

void TestUpgrade::badHandshakes()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    ServerThread thread(echoWebSocket);
    Client client(thread.port());
    const Reply reply = client.call(bytes);
    QCOMPARE(reply.status, status);
    QCOMPARE(reply.field("sec-websocket-version"), QByteArray("13"));
}

void TestUpgrade::streamEcho()
{
    std::atomic<int> refused = 0;
    ServerThread thread([&](const ExchangePtr &exchange) { upgrade(exchange, refused); });
    Client client(thread.port());
    client.send(
        head("POST", "/", "Connection: Upgrade\r\nUpgrade: quarry-test\r\nContent-Length: 2\r\n")
        + "{}early");
    const Reply reply = client.read(true);
    QCOMPARE(reply.status, 101);
    QCOMPARE(reply.field("upgrade"), QByteArray("quarry-test"));
    client.send(QByteArray("\0late", 5));
    client.shutdownWrite();
    QCOMPARE(client.readAll(), QByteArray("early\0late", 10));
    QVERIFY(client.ended());
    QVERIFY(thread.waitUntil([&] { return thread.server().connectionCount() == 0; }));
    QCOMPARE(refused, 0);
}

void TestUpgrade::refusedStream()
{
    std::atomic<int> refused = 0;
    ServerThread thread([&](const ExchangePtr &exchange) { upgrade(exchange, refused); });
    Client client(thread.port());
    const Reply plain = client.call(head("POST", "/", "Content-Length: 2\r\n") + "{}");
    QCOMPARE(plain.status, 426);
    QCOMPARE(plain.field("upgrade"), QByteArray("quarry-test"));
    const Reply other = client.call(
        head("POST", "/", "Connection: Upgrade\r\nUpgrade: other\r\nContent-Length: 2\r\n") + "{}");
    QCOMPARE(other.status, 426);
    QVERIFY(thread.waitUntil([&] { return refused == 2; }));
}

void TestUpgrade::countAndStop()
{
    std::atomic<int> refused = 0;
    std::atomic<bool> stopped = false;
    ServerThread thread([&](const ExchangePtr &exchange) {
        if (exchange->isWebSocketHandshake())
            echoWebSocket(exchange);
        else
            upgrade(exchange, refused);
    });
    Client stream(thread.port());
    stream.send(head("POST", "/", "Connection: Upgrade\r\nUpgrade: quarry-test\r\n"));
    QCOMPARE(stream.read(true).status, 101);
    Client webSocket(thread.port());
    webSocket.send(head("GET", "/ws", handshake));
    QCOMPARE(webSocket.read(true).status, 101);
    QVERIFY(thread.waitUntil([&] { return thread.server().connectionCount() == 2; }));
    thread.run([&] { thread.server().stop(1ms, [&] { stopped = true; }); });
    QVERIFY(thread.waitUntil([&] { return stopped.load(); }));
    QCOMPARE(stream.readAll(), QByteArray());
    QVERIFY(webSocket.readAll().startsWith("\x88")); // going away
}

QTEST_GUILESS_MAIN(TestUpgrade)
#include "tst_httpupgrade.moc"
