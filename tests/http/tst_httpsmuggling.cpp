// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Every form of request that could be understood in two ways is refused, and the connection with
// it.
#include "client.h"
#include "serverthread.h"

#include <QTest>

using namespace quarry::http;
using namespace quarry::http::test;

class TestSmuggling : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refused_data();
    void refused();
    void accepted_data();
    void accepted();
};

void TestSmuggling::refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &bytes, int status = 400) {
        QTest::newRow(name) << bytes << status;
    };
    const auto post
        = [&row](const char *name, const QByteArray &fields, const QByteArray &body = "0\r\n\r\n",
                 int status = 400) { row(name, head("POST", "/echo", fields) + body, status); };
    post("length and coding", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n");
    post("coding and length", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n");
    post("two lengths", "Content-Length: 5\r\nContent-Length: 6\r\n");
    post("two equal lengths", "Content-Length: 5\r\nContent-Length: 5\r\n");
    post("list of lengths", "Content-Length: 5, 5\r\n");
    post("signed length", "Content-Length: +5\r\n");
    post("negative length", "Content-Length: -5\r\n");
    post("hex length", "Content-Length: 0x5\r\n");
    post("length with space", "Content-Length: 5 5\r\n");
    post("empty length", "Content-Length:\r\n");
    post("length of 30 digits", "Content-Length: 111111111111111111111111111111\r\n");
    post("length of 2^64", "Content-Length: 18446744073709551616\r\n");
    post("gzip, chunked", "Transfer-Encoding: gzip, chunked\r\n");
    post("chunked, chunked", "Transfer-Encoding: chunked, chunked\r\n");
    post("chunked twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n");
    post("chunked, identity", "Transfer-Encoding: chunked, identity\r\n");
    post("xchunked", "Transfer-Encoding: xchunked\r\n");
    post("identity", "Transfer-Encoding: identity\r\n");
    post("quoted chunked", "Transfer-Encoding: \"chunked\"\r\n");
    post("vertical tab before chunked",
         "Transfer-Encoding: \x0b"
         "chunked\r\n");
    post("chunked with parameter", "Transfer-Encoding: chunked;q=1\r\n");
    post("space before colon", "Transfer-Encoding : chunked\r\n");
    post("tab before colon", "Content-Length\t: 5\r\n");
    post("folded field", "X-A: b\r\n c\r\n");
    post("folded coding", "Transfer-Encoding:\r\n chunked\r\n");
    post("no colon", "Nonsense\r\n");
    post("empty name", ": x\r\n");
    post("name with a space", "Content Length: 5\r\n");
    post("name with a high byte", "Content-L\xe9ngth: 5\r\n");
    post("NUL in value", QByteArray("X-A: b\0c\r\n", 10));
    post("control character in value", "X-A: b\x01\r\n");
    post("DEL in value", "X-A: b\x7f\r\n");
    post("bare CR in value", "X-A: b\rContent-Length: 7\r\n");
    post("bare LF in fields", "X-A: b\nX-B: c\r\n");
    post("two hosts", "Host: other\r\n");
    post("two equal hosts", "Host: localhost\r\n");
    post("unknown expectation", "Expect: 200-ok\r\nContent-Length: 5\r\n", "12345", 417);
    row("bare LF throughout", "GET /hello HTTP/1.1\nHost: localhost\n\n");
    row("bare LF at the end", "GET /hello HTTP/1.1\r\nHost: localhost\r\n\n");
    row("no host", "GET /hello HTTP/1.1\r\n\r\n");
    row("empty host", "GET /hello HTTP/1.1\r\nHost:\r\n\r\n");
    row("host with a path", "GET /hello HTTP/1.1\r\nHost: localhost/x\r\n\r\n");
    row("host with a user", "GET /hello HTTP/1.1\r\nHost: a@localhost\r\n\r\n");
    row("host with a comma", "GET /hello HTTP/1.1\r\nHost: localhost,evil\r\n\r\n");
    row("host with a bad port", "GET /hello HTTP/1.1\r\nHost: localhost:8x\r\n\r\n");
    row("leading space in first field", "GET /hello HTTP/1.1\r\n Host: localhost\r\n\r\n");
    row("absolute of another host", "GET http://other/hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
    row("absolute of another scheme",
        "GET ftp://localhost/hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
    row("authority", "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    row("asterisk for GET", "GET * HTTP/1.1\r\nHost: localhost\r\n\r\n");
    row("relative target", "GET hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
    row("fragment", "GET /hello#x HTTP/1.1\r\nHost: localhost\r\n\r\n");
    row("two spaces", "GET  /hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
    row("space in target", "GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n");
    row("tab for space", "GET\t/hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
    row("no version", "GET /hello\r\nHost: localhost\r\n\r\n");
    row("HTTP/0.9", "GET /hello HTTP/0.9\r\nHost: localhost\r\n\r\n");
    row("HTTP/1.2", "GET /hello HTTP/1.2\r\nHost: localhost\r\n\r\n");
    row("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    row("lower-case version", "GET /hello http/1.1\r\nHost: localhost\r\n\r\n");
    row("bracket in method", "G(T /hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
    row("long method", QByteArray(40, 'A') + " /hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
    row("NUL in target", QByteArray("GET /he\0lo HTTP/1.1\r\nHost: localhost\r\n\r\n", 41));
    row("high byte in target", "GET /h\xc3\xa9 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    row("broken escape", "GET /h%zz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    row("cut escape", "GET /h%4 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    row("encoded NUL", "GET /h%00 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    row("encoded invalid UTF-8", "GET /h%ff HTTP/1.1\r\nHost: localhost\r\n\r\n");
    row("broken escape in query", "GET /hello?a=%g1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    row("coding in HTTP/1.0", "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    row("TLS", QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11));
    row("empty lines only", "\r\n\r\n\r\n\r\n");
}

void TestSmuggling::refused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    int handled = 0;
    ServerThread thread([&handled](const ExchangePtr &exchange) {
        ++handled;
        exchange->respond(200, {}, "served");
    });
    Client client(thread.port());
    QVERIFY(client.send(bytes));
    const Reply reply = client.read();
    QCOMPARE(reply.status, status);
    QVERIFY(reply.whole);
    QVERIFY(reply.body.startsWith("{\"detail\":"));
    QCOMPARE(reply.field("connection"), QByteArray("close"));
    // What follows is never taken for a request.
    client.send(head("GET", "/hello"));
    QCOMPARE(client.readAll(), QByteArray());
    QVERIFY(client.ended());
    thread.run([&] { QCOMPARE(handled, 0); });
}

void TestSmuggling::accepted_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, const QByteArray &bytes, const QByteArray &body) {
        QTest::newRow(name) << bytes << body;
    };
    row("plain", "GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n", "hello");
    row("empty line before", "\r\nGET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n", "hello");
    row("IPv6 host", "GET /hello HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", "hello");
    row("absolute of the same host",
        "GET http://LocalHost/hello HTTP/1.1\r\nHost: localhost\r\n\r\n", "hello");
    row("white space around value", "GET /hello HTTP/1.1\r\nHost: \t localhost \r\n\r\n", "hello");
    row("no white space", "GET /hello HTTP/1.1\r\nHost:localhost\r\n\r\n", "hello");
    row("HTTP/1.0 without host", "GET /hello HTTP/1.0\r\n\r\n", "hello");
    row("query", "GET /hello?a=%20&a=+&&b HTTP/1.1\r\nHost: localhost\r\n\r\n", "hello");
    row("mixed-case coding",
        head("POST", "/echo", "transfer-ENCODING: CHUNKED\r\n") + "3\r\nabc\r\n0\r\n\r\n", "abc");
    row("chunk extension",
        head("POST", "/echo", "Transfer-Encoding: chunked\r\n") + "3;a=\"b\"\r\nabc\r\n0\r\n\r\n",
        "abc");
    row("trailer",
        head("POST", "/echo", "Transfer-Encoding: chunked\r\n")
            + "3\r\nabc\r\n0\r\nX-A: b\r\nX-B: c\r\n\r\n",
        "abc");
    row("length zero", head("POST", "/echo", "Content-Length: 0\r\n"), "");
    row("no length", head("POST", "/echo"), "");
    row("leading zeros", head("POST", "/echo", "Content-Length: 0003\r\n") + "abc", "abc");
    row("GET with a body", head("GET", "/hello", "Content-Length: 3\r\n") + "abc", "hello");
    row("high bytes in a value", head("GET", "/hello", "X-A: \xc3\xa9\r\n"), "hello");
}

void TestSmuggling::accepted()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, body);
    ServerThread thread(plainRoutes());
    Client client(thread.port());
    const Reply reply = client.call(bytes);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.body, body);
    if (!bytes.contains("HTTP/1.0")) { // nothing of it is left in the way of the next request
        const Reply next = client.call(head("GET", "/hello"));
        QCOMPARE(next.status, 200);
        QCOMPARE(next.body, QByteArray("hello"));
    }
}

QTEST_GUILESS_MAIN(TestSmuggling)
#include "tst_httpsmuggling.moc"
