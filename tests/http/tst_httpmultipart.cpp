// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// multipart/form-data: in pieces of every size, hostile, and by way of a real upload.
#include "client.h"
#include "http/message/multipartform.h"
#include "serverthread.h"

#include <QTest>

using namespace quarry;
using namespace quarry::http;
using namespace quarry::http::test;

namespace {

// Writes down what comes: "[name|file|type]", the data, "/".
class Log : public MultipartSink
{
public:
    Result<void> partBegan(const MultipartPart &part) override
    {
        text += '[' + part.name.toUtf8() + '|'
            + part.fileName.value_or(QStringLiteral("-")).toUtf8() + '|' + part.contentType + ']';
        return {};
    }
    Result<void> partData(QByteArrayView data) override
    {
        text += data;
        return {};
    }
    Result<void> partEnded() override
    {
        text += '/';
        return {};
    }

    QByteArray text;
};

Result<QByteArray> parse(const QList<QByteArray> &pieces, MultipartLimits limits = {})
{
    Log log;
    MultipartParser parser("B0", log, limits);
    for (const QByteArray &piece : pieces) {
        if (Result<void> pushed = parser.push(piece); !pushed)
            return pushed.error();
    }
    if (Result<void> finished = parser.finish(); !finished)
        return finished.error();
    return log.text;
}

QByteArray part(const QByteArray &disposition, const QByteArray &data)
{
    return "--B0\r\nContent-Disposition: " + disposition + "\r\n\r\n" + data + "\r\n";
}

} // namespace

class TestMultipart : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void splitAtEveryByte();
    void parts_data();
    void parts();
    void malformed_data();
    void malformed();
    void limits();
    void boundary();
    void form();
    void upload();
};

void TestMultipart::splitAtEveryByte()
{
    const QByteArray bytes
        = "preamble\r\n--B\r\n--B0 \t\r\nContent-Disposition: form-data; name=\"file\"; "
          "filename=\"a b\"\r\n"
          "Content-Type: text/plain\r\n\r\nline\r\n--B\r\n--B1\r\r\n\r\n--B0\r\n"
          "content-disposition: form-data; name=path\r\n\r\n\r\n--B0--\r\nepilogue\r\n--B0\r\n";
    const QByteArray expected = "[file|a b|text/plain]line\r\n--B\r\n--B1\r\r\n/[path|-|]/";
    QList<QByteArray> single;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        single.append(bytes.mid(i, 1));
        const Result<QByteArray> result = parse({bytes.left(i), bytes.mid(i)});
        QVERIFY(result);
        QCOMPARE(*result, expected);
        for (qsizetype j = i; j < bytes.size(); j += 5)
            QCOMPARE(*parse({bytes.left(i), bytes.mid(i, j - i), bytes.mid(j)}), expected);
    }
    QCOMPARE(*parse(single), expected);
    for (qsizetype i = 0; i < bytes.indexOf("--B0--"); ++i)
        QVERIFY(!parse({bytes.left(i)}));
}

void TestMultipart::parts_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("expected");
    const auto row
        = [](const char *name, const QByteArray &disposition, const QByteArray &expected) {
              QTest::newRow(name) << part(disposition, "x") + "--B0--" << expected;
          };
    row("quoted marks", R"(form-data; name="a\"b"; filename="c:\dir\\f")", R"([a"b|c:\dir\f|]x/)");
    row("semicolon in quotes", "form-data; name=\"a;b\"; filename=\"=;\"", "[a;b|=;|]x/");
    row("UTF-8", "form-data; name=\"\xc3\xbc\"; filename=\"\xe2\x82\xac\"",
        "[\xc3\xbc|\xe2\x82\xac|]x/");
    row("extended", "form-data; name=a; filename*=UTF-8''%e2%82%ac", "[a|\xe2\x82\xac|]x/");
    row("extended wins", "form-data; name=a; filename=b; filename*=utf-8'en'c", "[a|c|]x/");
    row("empty file name", "form-data; name=\"\"; filename=\"\"", "[||]x/");
    row("case and space", "Form-Data ;NAME=a ; FileName=b;", "[a|b|]x/");
    QTest::newRow("no parts") << QByteArray("--B0--\r\n") << QByteArray();
    QTest::newRow("break first") << "\r\n" + part("form-data; name=a", "") + "--B0--"
                                 << QByteArray("[a|-|]/");
}

void TestMultipart::parts()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, expected);
    const Result<QByteArray> result = parse({bytes});
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(*result, expected);
}

void TestMultipart::malformed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *name, const QByteArray &disposition) {
        QTest::newRow(name) << part(disposition, "x") + "--B0--";
    };
    row("not form-data", "attachment; name=a");
    row("no name", "form-data; filename=a");
    row("two names", "form-data; name=a; name=b");
    row("unended quote", "form-data; name=\"a");
    row("invalid UTF-8", "form-data; name=\"\xff\"");
    row("invalid UTF-8 file name", "form-data; name=a; filename=\"\xff\"");
    row("extended in another charset", "form-data; name=a; filename*=latin1''b");
    row("text behind quotes", "form-data; name=\"a\"b");
    row("folded", "form-data;\r\n name=a");
    row("control character", "form-data; name=\"a\x01\"");
    QTest::newRow("no disposition") << QByteArray("--B0\r\nContent-Type: a/b\r\n\r\nx\r\n--B0--");
    QTest::newRow("no header") << QByteArray("--B0\r\n\r\nx\r\n--B0--");
    QTest::newRow("two dispositions")
        << part("form-data; name=a\r\nContent-Disposition: form-data; name=b", "") + "--B0--";
    QTest::newRow("text behind boundary") << QByteArray("--B0x\r\n\r\n\r\n--B0--");
    QTest::newRow("no end") << part("form-data; name=a", "x");
    QTest::newRow("no boundary") << QByteArray("hello");
    QTest::newRow("empty") << QByteArray();
}

void TestMultipart::malformed()
{
    QFETCH(QByteArray, bytes);
    const Result<QByteArray> result = parse({bytes});
    QVERIFY(!result);
    QCOMPARE(int(result.error().code), int(ErrorCode::InvalidArgument));
}

void TestMultipart::limits()
{
    const QByteArray one = part("form-data; name=a", "x");
    QVERIFY(parse({one.repeated(256) + "--B0--"}));
    QCOMPARE(int(parse({one.repeated(257) + "--B0--"}).error().code),
             int(ErrorCode::LimitExceeded));
    const QByteArray endless = "--B0\r\nX: " + QByteArray(10'000, 'y');
    QCOMPARE(int(parse({endless}).error().code), int(ErrorCode::LimitExceeded));
    QVERIFY(!parse({"--B0" + QByteArray(1000, ' ')}));
}

void TestMultipart::boundary()
{
    QCOMPARE(*MultipartParser::boundaryOf("multipart/form-data; boundary=abc"), QByteArray("abc"));
    QCOMPARE(*MultipartParser::boundaryOf("Multipart/Form-Data;charset=x; Boundary=\"a b\""),
             QByteArray("a b"));
    for (const char *bad :
         {"", "text/plain; boundary=a", "multipart/form-data",
          "multipart/form-data; boundary=", "multipart/form-data; boundary=a; boundary=b",
          "multipart/form-data; boundary=\"a \"", "multipart/form-data; boundary=\"a\r\nb\""})
        QVERIFY(!MultipartParser::boundaryOf(bad));
    QVERIFY(!MultipartParser::boundaryOf("multipart/form-data; boundary=" + QByteArray(71, 'a')));
}

void TestMultipart::form()
{
    MultipartForm form(10);
    QByteArray file;
    form.fileData = [&file](QByteArrayView data) {
        file += data;
        return Result<void>();
    };
    MultipartParser parser("B0", form);
    QVERIFY(parser.push(
        part("form-data; name=a", "12345") + part("form-data; name=f; filename=g", "data")
        + part("form-data; name=a", "67890") + part("form-data; name=e", "") + "--B0--"));
    QVERIFY(parser.finish());
    QCOMPARE(form.field(QStringLiteral("a")), QByteArray("67890"));
    QCOMPARE(form.field(QStringLiteral("e")), QByteArray(""));
    QVERIFY(!form.field(QStringLiteral("f")));
    QCOMPARE(file, QByteArray("data"));
    MultipartForm tight(4);
    MultipartParser tightParser("B0", tight);
    QCOMPARE(int(tightParser.push(part("form-data; name=a", "12345")).error().code),
             int(ErrorCode::LimitExceeded));
}

void TestMultipart::upload()
{
    ServerThread thread([](const ExchangePtr &exchange) {
        auto form = std::make_shared<MultipartForm>();
        auto size = std::make_shared<qint64>(0);
        form->fileData = [size](QByteArrayView data) {
            *size += data.size();
            return Result<void>();
        };
        const QByteArray type = exchange->request().fields.value("content-type");
        auto parser = std::make_shared<MultipartParser>(*MultipartParser::boundaryOf(type), *form);
        exchange->streamBody(0,
                             {[parser, exchange, form](QByteArrayView data) {
                                  if (Result<void> pushed = parser->push(data); !pushed)
                                      exchange->respondError(400, pushed.error().message);
                              },
                              [parser, exchange, form, size](Result<void> whole) {
                                  if (whole && parser->finish())
                                      exchange->respond(
                                          200, {},
                                          form->field(QStringLiteral("p")).value_or("-") + ' '
                                              + QByteArray::number(*size));
                              }});
    });
    constexpr qsizetype size = 3'000'000;
    const QByteArray body = part("form-data; name=f; filename=x", QByteArray(size, '\r'))
        + part("form-data; name=p", "/a/b") + "--B0--\r\n";
    Client client(thread.port());
    const QByteArray fields = "Content-Type: multipart/form-data; boundary=B0\r\nContent-Length: ";
    const Reply reply
        = client.call(head("POST", "/", fields + QByteArray::number(body.size()) + "\r\n") + body);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.body, QByteArray("/a/b 3000000"));
    // A fault in the middle: answered at once, although the client goes on sending.
    Client faulty(thread.port());
    const QByteArray bad = "--B0\r\nnonsense\r\n\r\n" + QByteArray(size, 'x');
    faulty.send(head("POST", "/", fields + QByteArray::number(bad.size()) + "\r\n") + bad);
    QCOMPARE(faulty.read().status, 400);
}

QTEST_GUILESS_MAIN(TestMultipart)
#include "tst_httpmultipart.moc"
