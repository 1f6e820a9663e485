// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The log of calls stays within its bounds, and what is shown of a call holds no secret.
#include "gui/fakeserver.h"
#include "widgets/models/calllog.h"
#include "widgets/requests/requesttext.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace quarry::widgets;
using namespace quarry::widgets::test;
using namespace Qt::StringLiterals;

namespace {

RequestRecord call(const QString &sandbox, int number, qsizetype body = 10)
{
    RequestRecord record;
    record.ended = QDateTime::currentDateTimeUtc();
    record.method = u"POST"_s;
    record.path = u"/call/%1"_s.arg(number);
    record.status = 200;
    record.requestBody = record.answerBody = QByteArray(body, 'x');
    record.received = body;
    record.sandbox = sandbox;
    return record;
}

// What came last.
QList<RequestRecord> last(const QSignalSpy &told)
{
    return told.last().at(1).value<QList<RequestRecord>>();
}

} // namespace

class CallLogTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tenThousandCallsAreBounded();
    void aThousandSandboxesAreBounded();
    void toldToWhoWatches();
    void forgotten();
    void secretsStayOut_data();
    void secretsStayOut();
    void bodies();
    void curl();
};

void CallLogTest::tenThousandCallsAreBounded()
{
    CallLog log;
    log.add(call(u"quiet"_s, 0));
    for (int i = 0; i < 10'000; ++i)
        log.add(call(u"busy"_s, i));
    QCOMPARE(log.count(u"busy"_s), CallLog::Kept);
    QCOMPARE(log.count(u"quiet"_s), 1);
    QSignalSpy told(&log, &CallLog::told);
    log.watch(u"busy"_s, 1);
    QCOMPARE(last(told).size(), CallLog::Kept);
    QCOMPARE(last(told).first().path, u"/call/9000"_s);
    QCOMPARE(last(told).last().path, u"/call/9999"_s);
    QCOMPARE(told.last().at(2).toLongLong(), 10'000);
}

void CallLogTest::aThousandSandboxesAreBounded()
{
    CallLog log;
    for (int i = 0; i < 20'000; ++i)
        log.add(call(u"sb-%1"_s.arg(i % 1000), i, RequestBodyMax));
    QVERIFY(log.bytes() <= CallLog::BytesKept);
    QVERIFY(log.bytes() > CallLog::BytesKept / 2);
    qsizetype all = 0;
    for (int i = 0; i < 1000; ++i)
        all += log.count(u"sb-%1"_s.arg(i));
    QVERIFY(all > 1000); // the newest of each
}

void CallLogTest::toldToWhoWatches()
{
    CallLog log;
    QSignalSpy told(&log, &CallLog::told);
    log.watch(u"a"_s, 1);
    QCOMPARE(told.size(), 1); // that there is none is an answer too
    log.add(call(u"a"_s, 1));
    log.add(call(u"b"_s, 2));
    log.add(call(u"a"_s, 3));
    QTRY_COMPARE(told.size(), 2); // together
    QCOMPARE(last(told).size(), 2);
    QCOMPARE(told.last().at(0).toULongLong(), 1);
    QVERIFY(last(told).first().serial < last(told).last().serial);
    log.watch({}, 2);
    log.add(call(u"a"_s, 4));
    log.watch(u"a"_s, 3);
    QCOMPARE(told.size(), 3);
    QCOMPARE(last(told).size(), 3);
}

void CallLogTest::forgotten()
{
    CallLog log;
    log.add(call(u"a"_s, 1, RequestBodyMax));
    log.forget(u"a"_s);
    log.forget(u"never"_s);
    QCOMPARE(log.bytes(), 0);
    QCOMPARE(log.count(u"a"_s), 0);
}

void CallLogTest::secretsStayOut_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("json") << u"{\"api_key\": \"hush-1\", \"image\": \"host\"}"_s;
    QTest::newRow("nested")
        << u"{\"env\":{\"OPENAI_API_KEY\":\"hush-\\\"1\"},\"image\":\"host\"}"_s;
    QTest::newRow("cut") << u"{\"image\":\"host\",\"AccessToken\":\"hush-and-no-e"_s;
    QTest::newRow("query") << u"/host?token=hush&x=1"_s;
    QTest::newRow("second") << u"/host?x=1&my_secret=hush"_s;
    QTest::newRow("bearer") << u"host: curl -H 'Authorization: Bearer hush.hush-hush'"_s;
    QTest::newRow("password") << u"{\"image\":\"host\",\"password\" : \"hush\"}"_s;
}

void CallLogTest::secretsStayOut()
{
    QFETCH(QString, text);
    QVERIFY2(!redacted(text).contains(u"hush"_s), qPrintable(redacted(text)));
    QVERIFY(redacted(text).contains(u"host"_s));
}

void CallLogTest::bodies()
{
    QCOMPARE(bodyText("{\"b\":1}", 7), u"{\n    \"b\": 1\n}"_s);
    QVERIFY(bodyText({}, 0).contains(u"nothing"_s));
    QVERIFY(bodyText({}, 5000).contains(u"not kept"_s));
    QVERIFY(bodyText("\xff\xfe\x00", 3).contains(u"no text"_s));
    const QString hostile = bodyText("a\x1b[31m\nb<b>", 10);
    QVERIFY(!hostile.contains(QChar(0x1b)));
    QVERIFY(hostile.contains(u"\nb<b>"_s));
    // Cut within a character, and within JSON.
    QVERIFY(bodyText("{\"a\":\"\xc3", 5000).startsWith(u"{\"a\":\""_s));
    // A body made to be slow to search.
    QByteArray slow;
    while (slow.size() < RequestBodyMax)
        slow += "\"token";
    QElapsedTimer clock;
    clock.start();
    bodyText(slow, slow.size());
    QVERIFY(clock.elapsed() < 30'000);
}

void CallLogTest::curl()
{
    FakeServer server;
    RequestRecord record = call(u"a"_s, 1);
    record.path = u"/x';id;"_s;
    record.method = u"GET"_s;
    record.received = 0;
    QCOMPARE(curlOf(record, server),
             u"curl -X GET --unix-socket /data/quarry.sock 'http://localhost/x'\\'';id;'"_s);
    server.start();
    record.method = u"POST"_s;
    record.type = u"application/json"_s;
    record.requestBody = "{\"a\":\"it's\"}";
    record.received = record.requestBody.size();
    record.query = u"token=hush"_s;
    const QString line = curlOf(record, server);
    QVERIFY2(line.contains(u"--data-binary '{\"a\":\"it'\\''s\"}'"_s), qPrintable(line));
    QVERIFY(line.contains(u"http://127.0.0.1:8080"_s));
    QVERIFY(!line.contains(u"hush"_s));
    record.received = 100'000;
    QVERIFY(curlOf(record, server).contains(u"--data-binary @BODY"_s));
    record.local = true;
    QVERIFY(curlOf(record, server).contains(u"--unix-socket"_s));
}

QTEST_MAIN(CallLogTest)
#include "tst_calllog.moc"
