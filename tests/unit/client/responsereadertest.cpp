// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// HTTP answers, split at every byte.
#include "client/responsereader.h"

#include <QTest>

using namespace quarry;
using namespace quarry::client;
using namespace Qt::StringLiterals;

class ResponseReaderTest : public QObject
{
    Q_OBJECT

private:
    struct Outcome {
        QByteArray body;
        QByteArray rest;
        bool done = false;
        bool failed = false;
        int status = 0;
    };

    // FIRST bytes, then the others.
    static Outcome readSplit(const QByteArray &bytes, qsizetype first)
    {
        ResponseReader reader;
        Outcome outcome;
        const auto sink = [&](QByteArrayView piece) -> Result<void> {
            outcome.body += piece;
            return {};
        };
        for (const QByteArray &part : {bytes.left(first), bytes.mid(first)}) {
            outcome.rest += part;
            qsizetype before = -1;
            while (!outcome.failed && !outcome.rest.isEmpty() && outcome.rest.size() != before
                   && !reader.isDone()) {
                before = outcome.rest.size();
                outcome.failed = !reader.take(outcome.rest, sink);
            }
        }
        outcome.done = reader.isDone();
        outcome.status = outcome.failed ? 0 : reader.status();
        return outcome;
    }

private Q_SLOTS:
    void answersAreReadHoweverTheyAreSplit_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
                                << QByteArray("hello");
        QTest::newRow("chunked") << QByteArray(
            "HTTP/1.1 201 Created\r\nTransfer-Encoding: "
            "chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n")
                                 << QByteArray("abcde");
        QTest::newRow("empty") << QByteArray("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                               << QByteArray();
        QTest::newRow("upgrade") << QByteArray(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n")
                                 << QByteArray();
    }

    void answersAreReadHoweverTheyAreSplit()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QByteArray, body);
        for (qsizetype first = 0; first <= answer.size(); ++first) {
            const Outcome outcome = readSplit(answer + "next", first);
            QVERIFY2(outcome.done && !outcome.failed, qPrintable(QString::number(first)));
            QCOMPARE(outcome.body, body);
            QCOMPARE(outcome.rest, QByteArray("next"));
        }
    }

    void garbageIsAnError()
    {
        for (const QByteArray &bad :
             {QByteArray("garbage\r\n\r\n"),
              QByteArray("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"),
              QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")}) {
            for (qsizetype first = 0; first <= bad.size(); ++first)
                QVERIFY(readSplit(bad, first).failed);
        }
    }

    void theEndInTheMiddleIsAnError()
    {
        ResponseReader reader;
        QByteArray bytes = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel";
        QVERIFY(reader.take(bytes, [](QByteArrayView) -> Result<void> { return {}; }).ok());
        QVERIFY(!reader.takeEnd().ok());
    }

    void theSinkCanStop()
    {
        ResponseReader reader;
        QByteArray bytes = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
        const Result<void> taken = reader.take(bytes, [](QByteArrayView) -> Result<void> {
            return Error{ErrorCode::NoSpace, u"full"_s, {}};
        });
        QVERIFY(taken.error().code == ErrorCode::NoSpace);
    }
};

QTEST_GUILESS_MAIN(ResponseReaderTest)
#include "responsereadertest.moc"
