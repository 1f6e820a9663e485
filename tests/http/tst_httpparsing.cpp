// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Requests and bodies in pieces of every kind, and chunked bodies that are broken.
#include "client.h"
#include "http/message/headscanner.h"
#include "http/message/requestreader.h"
#include "serverthread.h"

#include <QTest>

using namespace quarry::http;
using namespace quarry::http::test;

namespace {

struct Parsed {
    Request request;
    QByteArray body;
    std::optional<Rejection> rejection;
    bool done = false;
    QByteArray rest;
};

// Feeds the pieces one after the other, as a connection does.
Parsed parse(const QList<QByteArray> &pieces, const Limits &limits)
{
    Parsed parsed;
    RequestReader reader(limits);
    HeadScanner scanner(limits);
    QByteArray input;
    bool headDone = false;
    for (const QByteArray &piece : pieces) {
        input += piece;
        if (!headDone && !input.isEmpty()) {
            const HeadScanner::Found found = scanner.scan(input);
            parsed.rejection = found.rejection;
            if (!found.rejection && found.size > 0) {
                parsed.rejection
                    = reader.readHead(QByteArrayView(input).first(found.size), parsed.request);
                input.remove(0, found.size);
                headDone = true;
            }
        }
        while (headDone && !parsed.rejection && !reader.isDone() && !input.isEmpty()) {
            const BodyStep step = reader.readBody(input);
            parsed.rejection = step.rejection;
            parsed.body += step.data;
            input.remove(0, step.consumed);
            if (step.consumed == 0)
                break;
        }
        if (parsed.rejection)
            break;
    }
    parsed.done = headDone && !parsed.rejection && reader.isDone();
    parsed.rest = input;
    return parsed;
}

} // namespace

class TestParsing : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void splitAtEveryByte_data();
    void splitAtEveryByte();
    void brokenChunks_data();
    void brokenChunks();
    void pipelineSplitAtEveryByteOverASocket();
    void byteByByteOverASocket();
    void request();
};

void TestParsing::splitAtEveryByte_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("no body") << head("GET", "/a?b=c", "X-A: b\r\nX-C: d\r\n") << QByteArray();
    QTest::newRow("length") << head("POST", "/a", "Content-Length: 12\r\n") + "hello\r\nworld"
                            << QByteArray("hello\r\nworld");
    QTest::newRow("chunked") << head("POST", "/a", "Transfer-Encoding: chunked\r\n")
            + "5;a=b\r\nhello\r\nA ; c=\"d\"\r\n\r\n0\r\n\r\nabc\r\n00\r\nX-T: u\r\n\r\n"
                             << QByteArray("hello\r\n0\r\n\r\nabc");
    QTest::newRow("chunked, empty") << head("POST", "/a", "Transfer-Encoding: chunked\r\n")
            + "0\r\n\r\n" << QByteArray();
}

void TestParsing::splitAtEveryByte()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, body);
    const Limits limits;
    const auto check = [&](const QList<QByteArray> &pieces) {
        const Parsed parsed = parse(pieces, limits);
        return !parsed.rejection && parsed.done && parsed.body == body && parsed.rest.isEmpty()
            && parsed.request.rawPath == "/a";
    };
    QList<QByteArray> single;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        single.append(bytes.mid(i, 1));
        QVERIFY2(check({bytes.left(i), bytes.mid(i)}), qPrintable(QString::number(i)));
        QVERIFY(!parse({bytes.left(i)}, limits).done);
        QVERIFY(!parse({bytes.left(i)}, limits).rejection);
        for (qsizetype j = i; j < bytes.size(); j += 7)
            QVERIFY2(check({bytes.left(i), bytes.mid(i, j - i), bytes.mid(j)}),
                     qPrintable(QString::number(i)));
    }
    QVERIFY(check(single));
}

void TestParsing::brokenChunks_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &body, int status = 400) {
        QTest::newRow(name) << body << status;
    };
    row("no digits", "\r\nabc\r\n0\r\n\r\n");
    row("not hex", "g\r\nabc\r\n0\r\n\r\n");
    row("prefix", "0x3\r\nabc\r\n0\r\n\r\n");
    row("sign", "+3\r\nabc\r\n0\r\n\r\n");
    row("minus", "-3\r\nabc\r\n0\r\n\r\n");
    row("leading space", " 3\r\nabc\r\n0\r\n\r\n");
    row("above 64 bits", "ffffffffffffffffff\r\nabc\r\n0\r\n\r\n");
    row("64 bits", "ffffffffffffffff\r\nabc\r\n0\r\n\r\n");
    row("63 bits", "7fffffffffffffff\r\nabc\r\n0\r\n\r\n", 0);
    row("bare LF behind size", "3\nabc\r\n0\r\n\r\n");
    row("bare LF behind data", "3\r\nabc\n0\r\n\r\n");
    row("no break behind data", "3\r\nabc0\r\n\r\n");
    row("data longer than size", "3\r\nabcd\r\n0\r\n\r\n");
    row("CR in extension", "3;a=\rb\r\nabc\r\n0\r\n\r\n");
    row("control character in extension", "3;a=\"\x01\"\r\nabc\r\n0\r\n\r\n");
    row("long extension", "3;a=" + QByteArray(300, 'b') + "\r\nabc\r\n0\r\n\r\n");
    row("endless extension", "3;a=" + QByteArray(100'000, 'b'), 431);
    row("endless size", QByteArray(100'000, '0'), 431);
    row("length in trailer", "3\r\nabc\r\n0\r\nContent-Length: 3\r\n\r\n");
    row("coding in trailer", "3\r\nabc\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n");
    row("bare LF in trailer", "3\r\nabc\r\n0\r\nX-A: b\n\r\n");
    row("endless trailer", "3\r\nabc\r\n0\r\nX-A: " + QByteArray(100'000, 'b'), 431);
    row("many trailers", "0\r\n" + QByteArray("X-A: b\r\n").repeated(10'000), 431);
}

void TestParsing::brokenChunks()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    const QByteArray start = head("POST", "/echo", "Transfer-Encoding: chunked\r\n");
    ServerThread thread(plainRoutes());
    Client client(thread.port());
    QVERIFY(client.send(start));
    client.send(body);
    client.shutdownWrite();
    const Reply reply = client.read();
    if (status == 0) // fine until it ends early
        QCOMPARE(reply.status, 400);
    else
        QVERIFY2(reply.status == status || (status == 431 && reply.status == 400),
                 qPrintable(QString::number(reply.status)));
    QCOMPARE(client.readAll(), QByteArray());
    QVERIFY(client.ended());
}

void TestParsing::pipelineSplitAtEveryByteOverASocket()
{
    const QByteArray bytes = head("GET", "/hello") + head("POST", "/echo", "Content-Length: 5\r\n")
        + "first" + head("POST", "/echo", "Transfer-Encoding: chunked\r\n")
        + "6\r\nsecond\r\n0\r\n\r\n" + head("GET", "/hello", "Connection: close\r\n");
    ServerThread thread(plainRoutes());
    for (qsizetype i = 1; i < bytes.size(); ++i) {
        Client client(thread.port());
        QVERIFY(client.send(bytes.left(i)));
        thread.settle();
        QVERIFY(client.send(bytes.mid(i)));
        for (const char *body : {"hello", "first", "second", "hello"})
            QCOMPARE(client.read().body, QByteArray(body));
        QCOMPARE(client.readAll(), QByteArray());
    }
}

void TestParsing::byteByByteOverASocket()
{
    ServerThread thread(plainRoutes());
    Client client(thread.port());
    const QByteArray bytes
        = head("POST", "/echo", "Transfer-Encoding: chunked\r\n") + "3\r\nabc\r\n0\r\n\r\n";
    for (const char byte : bytes) {
        QVERIFY(client.send(QByteArray(1, byte)));
        thread.settle();
    }
    QCOMPARE(client.read().body, QByteArray("abc"));
}

void TestParsing::request()
{
    const Parsed parsed = parse({"GET /a%2Fb/%C3%BC+c?x=1&y=%20+&x=2&z HTTP/1.1\r\nhOsT: "
                                 "EXAMPLE:80\r\nX-A: 1\r\nx-a:  2 \r\n\r\n"},
                                {});
    QVERIFY(!parsed.rejection);
    const Request &request = parsed.request;
    QCOMPARE(request.method, QByteArray("GET"));
    QCOMPARE(request.rawPath, QByteArray("/a%2Fb/%C3%BC+c"));
    QCOMPARE(request.path, QStringLiteral("/a/b/ü+c"));
    QCOMPARE(request.host, QByteArray("example:80"));
    QCOMPARE(request.fields.values("X-a"), (QList<QByteArray>{"1", "2"}));
    QCOMPARE(request.queryValues(QStringLiteral("x")),
             (QStringList{QStringLiteral("1"), QStringLiteral("2")}));
    QCOMPARE(request.queryValue(QStringLiteral("y")), QStringLiteral("  "));
    QVERIFY(request.hasQuery(QStringLiteral("z")));
    QVERIFY(request.queryValue(QStringLiteral("none")).isNull());
    QVERIFY(parsed.done);
}

QTEST_GUILESS_MAIN(TestParsing)
#include "tst_httpparsing.moc"
