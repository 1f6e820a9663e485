// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reading an object whose text field is streamed, whole and split anywhere.
#include "contentstreamcases.h"

#include "api/json/contentstream.h"

#include <QJsonDocument>
#include <QTest>

using namespace quarry;
using namespace quarry::api;
using namespace Qt::StringLiterals;

namespace {

struct Outcome {
    bool good = false;
    QByteArray content;
    QJsonObject fields;
    QString message;
};

// PIECE bytes at once.
Outcome read(const QByteArray &text, qsizetype piece, ContentLimits limits = {})
{
    Outcome out;
    ContentStream stream("content",
                         {[&out](QByteArrayView data) {
                              out.content.append(data.data(), data.size());
                              return Result<void>();
                          },
                          [&out] {
                              out.content.clear();
                              return Result<void>();
                          }},
                         limits);
    for (qsizetype at = 0; at < text.size(); at += piece) {
        if (const Result<void> pushed
            = stream.push(QByteArrayView(text).sliced(at, qMin(piece, text.size() - at)));
            !pushed) {
            out.message = pushed.error().message;
            return out;
        }
    }
    const Result<QJsonObject> fields = stream.finish();
    out.good = fields.ok();
    if (fields)
        out.fields = *fields;
    else
        out.message = fields.error().message;
    return out;
}

} // namespace

class ContentStreamTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void agreesWithAWholeParserHoweverSplit_data()
    {
        QTest::addColumn<QByteArray>("text");
        const QList<QByteArray> texts = wellFormedObjects();
        for (const QByteArray &text : texts)
            QTest::newRow(text.left(40).constData()) << text;
    }

    void agreesWithAWholeParserHoweverSplit()
    {
        QFETCH(QByteArray, text);
        QJsonObject expected = QJsonDocument::fromJson(text).object();
        const QByteArray content = expected.value(u"content"_s).toString().toUtf8();
        if (expected.contains(u"content"_s))
            expected[u"content"_s] = QString();
        for (qsizetype piece = 1; piece <= text.size(); ++piece) {
            const Outcome outcome = read(text, piece);
            QVERIFY2(outcome.good, qPrintable(outcome.message));
            QCOMPARE(outcome.content, content);
            QCOMPARE(outcome.fields, expected);
        }
        for (qsizetype cut = 0; cut < text.size(); ++cut)
            QVERIFY(cut == 0 || !read(text.left(cut), 7).good);
    }

    void contentThatIsNoTextStays()
    {
        const Outcome outcome = read("{\"content\":{\"a\":1},\"path\":\"p\"}", 3);
        QVERIFY(outcome.good);
        QVERIFY(outcome.fields.value(u"content"_s).isObject());
        QVERIFY(read("{\"content\":null}", 1).fields.value(u"content"_s).isNull());
    }

    void malformedIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        const QList<QByteArray> texts = malformedObjects();
        for (const QByteArray &text : texts)
            QTest::newRow(text.toPercentEncoding().left(60).constData()) << text;
    }

    void malformedIsRefused()
    {
        QFETCH(QByteArray, text);
        for (qsizetype piece : {qsizetype(1), qsizetype(2), text.size()}) {
            const Outcome outcome = read(text, piece);
            QVERIFY(!outcome.good);
            QVERIFY(!outcome.message.isEmpty());
        }
    }

    void bounds()
    {
        QVERIFY(read("{\"a\":" + QByteArray(63, '[') + QByteArray(63, ']') + '}', 5).good);
        QVERIFY(!read("{\"a\":" + QByteArray(64, '[') + QByteArray(64, ']') + '}', 5).good);
        QVERIFY(!read("{\"a\":\"" + QByteArray(2000, 'x') + "\"}", 64, {64, 1000}).good);
        QVERIFY(read("{\"a\":1" + QByteArray(100'000, ' ') + "}", 64, {64, 1000}).good);
    }

    void largeContentComesInPieces()
    {
        QByteArray content;
        while (content.size() < 3'000'000)
            content += "line \xc3\xa9 with a quote\" and more\n";
        QByteArray escaped = content;
        escaped.replace("\"", "\\\"").replace("\n", "\\n");
        QCOMPARE(read("{\"content\":\"" + escaped + "\",\"path\":\"p\"}", 65536).content, content);
        const QByteArray plain(5'000'000, 'z');
        QCOMPARE(read("{\"content\":\"" + plain + "\"}", 65536).content, plain);
    }
};

QTEST_APPLESS_MAIN(ContentStreamTest)
#include "contentstreamtest.moc"
