// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal/asciicastreader.h"
#include "terminal/asciicastwriter.h"

#include <QTemporaryDir>
#include <QTest>

using namespace quarry;
using namespace quarry::terminal;

namespace {

struct Read {
    CastReader reader;
    std::vector<CastEvent> events;
    QString error;
};

Read readAll(const QByteArray &bytes, qsizetype piece)
{
    Read out;
    for (qsizetype at = 0; at < bytes.size() && out.error.isEmpty(); at += piece) {
        const auto view = QByteArrayView(bytes).sliced(at, qMin(piece, bytes.size() - at));
        if (const Result<void> fed = out.reader.feed(view, out.events); !fed)
            out.error = fed.error().message;
    }
    if (out.error.isEmpty()) {
        if (const Result<void> finished = out.reader.finish(out.events); !finished)
            out.error = finished.error().message;
    }
    return out;
}

} // namespace

class TestAsciicastReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsVersion2();
    void readsVersion3();
    void readsWhatTheWriterWrites();
    void tornLastLineIsLeftOut();
    void refuses_data();
    void refuses();
    void longestLineIsBounded();
    void timeNeverRunsBack();
};

void TestAsciicastReader::readsVersion2()
{
    const QByteArray cast
        = "{\"version\": 2, \"width\": 80, \"height\": 24, \"timestamp\": 1700000000, "
          "\"title\": \"t\"}\n[0.25, \"o\", \"a\\u001b[1m\\u00e9\"]\n"
          "[1.5, \"r\", \"100x30\"]\n[2, \"m\", \"here\"]\n[2.5, \"q\", \"new\"]";
    for (const qsizetype piece : {qsizetype(1), qsizetype(7), cast.size()}) {
        const Read read = readAll(cast, piece);
        QCOMPARE(read.error, QString());
        QCOMPARE(read.reader.header().version, 2);
        QCOMPARE(read.reader.header().columns, 80);
        QCOMPARE(read.reader.header().rows, 24);
        QCOMPARE(read.reader.header().timestamp, 1'700'000'000);
        QCOMPARE(read.reader.header().title, QStringLiteral("t"));
        QCOMPARE(read.events.size(), std::size_t(4));
        QCOMPARE(read.events[0].microseconds, 250'000);
        QCOMPARE(read.events[0].data, QByteArray("a\x1b[1m\xc3\xa9"));
        QVERIFY(read.events[0].kind == CastEvent::Kind::Output);
        QVERIFY(read.events[1].kind == CastEvent::Kind::Resize);
        QVERIFY(read.events[2].kind == CastEvent::Kind::Marker);
        QVERIFY(read.events[3].kind == CastEvent::Kind::Other);
    }
}

void TestAsciicastReader::readsVersion3()
{
    const Read read
        = readAll("{\"version\":3,\"term\":{\"cols\":100,\"rows\":50,\"type\":\"xterm\"},"
                  "\"command\":\"ls\"}\n"
                  "# a comment\n\n[0.5,\"o\",\"a\"]\n[0.25,\"o\",\"b\"]\r\n[1,\"x\",\"3\"]\n",
                  5);
    QCOMPARE(read.error, QString());
    QCOMPARE(read.reader.header().columns, 100);
    QCOMPARE(read.reader.header().command, QStringLiteral("ls"));
    QCOMPARE(read.events.size(), std::size_t(3));
    QCOMPARE(read.events[1].microseconds, 750'000); // intervals add up
    QCOMPARE(read.events[2].microseconds, 1'750'000);
    QVERIFY(read.events[2].kind == CastEvent::Kind::Exit);
}

void TestAsciicastReader::readsWhatTheWriterWrites()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.cast"));
    {
        AsciicastWriter writer(path, 80, 24);
        writer.output("one \xe6\xbc\xa2\n\"quoted\"\x1b[m");
        writer.resized(100, 30);
        writer.flush();
    }
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const Read read = readAll(file.readAll(), 16);
    QCOMPARE(read.error, QString());
    QCOMPARE(read.events.size(), std::size_t(2));
    QCOMPARE(read.events[0].data, QByteArray("one \xe6\xbc\xa2\n\"quoted\"\x1b[m"));
    QCOMPARE(read.events[1].data, QByteArray("100x30"));
}

void TestAsciicastReader::tornLastLineIsLeftOut()
{
    const Read read
        = readAll("{\"version\":2,\"width\":9,\"height\":9}\n[1,\"o\",\"a\"]\n[2,\"o\",\"b", 4);
    QCOMPARE(read.error, QString());
    QCOMPARE(read.events.size(), std::size_t(1));
}

void TestAsciicastReader::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray header = "{\"version\":2,\"width\":9,\"height\":9}\n";
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("other text") << QByteArray("hello\n");
    QTest::newRow("version 1") << QByteArray("{\"version\":1,\"width\":9,\"height\":9}\n");
    QTest::newRow("no size") << QByteArray("{\"version\":2}\n");
    QTest::newRow("size of nothing") << QByteArray("{\"version\":2,\"width\":0,\"height\":9}\n");
    QTest::newRow("huge size") << QByteArray("{\"version\":2,\"width\":1e9,\"height\":9}\n");
    QTest::newRow("size of version 2 in 3")
        << QByteArray("{\"version\":3,\"width\":9,\"height\":9}\n");
    QTest::newRow("no array") << header + "{}\n";
    QTest::newRow("too short") << header + "[1,\"o\"]\n";
    QTest::newRow("no text") << header + "[1,\"o\",2]\n";
    QTest::newRow("no time") << header + "[\"1\",\"o\",\"a\"]\n";
    QTest::newRow("impossible time") << header + "[1e300,\"o\",\"a\"]\n";
}

void TestAsciicastReader::refuses()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(!readAll(bytes, 3).error.isEmpty());
}

void TestAsciicastReader::longestLineIsBounded()
{
    CastReader reader;
    std::vector<CastEvent> events;
    const QByteArray piece(1 << 20, 'a');
    bool failed = false;
    for (int i = 0; i < 20 && !failed; ++i)
        failed = !reader.feed(piece, events);
    QVERIFY(failed);
    QVERIFY(!reader.feed("x", events)); // and stays so
}

void TestAsciicastReader::timeNeverRunsBack()
{
    const Read read = readAll("{\"version\":2,\"width\":9,\"height\":9}\n[2,\"o\",\"a\"]\n[1,\"o\","
                              "\"b\"]\n[-5,\"o\",\"c\"]\n",
                              50);
    QCOMPARE(read.events.size(), std::size_t(3));
    QCOMPARE(read.events[2].microseconds, 2'000'000);
}

QTEST_GUILESS_MAIN(TestAsciicastReader)
#include "tst_asciicastreader.moc"
