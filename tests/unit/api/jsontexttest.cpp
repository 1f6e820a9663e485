// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Escaping, with every split.
#include "api/json/jsontext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace quarry::api;
using namespace Qt::StringLiterals;

namespace {

QByteArray escaped(const QByteArray &bytes, qsizetype piece)
{
    ByteEscaper escaper;
    QByteArray out;
    for (qsizetype at = 0; at < bytes.size(); at += piece)
        escaper.push(QByteArrayView(bytes).sliced(at, qMin(piece, bytes.size() - at)), out);
    escaper.finish(out);
    return out;
}

QString parsed(const QByteArray &inside)
{
    return QJsonDocument::fromJson("[\"" + inside + "\"]").array().at(0).toString();
}

} // namespace

class JsonTextTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyCharacterComesBack()
    {
        QString text;
        for (char16_t c = 1; c < 0x250; ++c)
            text += QChar(c);
        text += u" 世界 🚀 \u2028 end"_s;
        for (const qsizetype piece : {1, 2, 3, 5, 8, 1000})
            QCOMPARE(parsed(escaped(text.toUtf8(), piece)), text);
        QCOMPARE(QJsonDocument::fromJson('[' + quoted(text) + ']').array().at(0).toString(), text);
    }

    void whatIsNotUtf8IsHex()
    {
        QCOMPARE(escaped("a\xff"
                         "b",
                         1),
                 QByteArray("a\\\\xffb"));
        QCOMPARE(parsed(escaped("caf\xe9", 2)), u"caf\\xe9"_s);
        for (qsizetype piece = 1; piece < 8; ++piece) {
            QCOMPARE(escaped("\xe4\xb8", piece), QByteArray("\\\\xe4\\\\xb8"));
            QCOMPARE(escaped("\xe4\xb8\xc3\xa9", piece), QByteArray("\\\\xe4\\\\xb8\xc3\xa9"));
            QCOMPARE(escaped("\xf0\x9f\x9a\"", piece), QByteArray("\\\\xf0\\\\x9f\\\\x9a\\\""));
            QCOMPARE(escaped("\xed\xa0\x80", piece), QByteArray("\\\\xed\\\\xa0\\\\x80"));
            QCOMPARE(escaped("\xc0\xaf\xf5", piece), QByteArray("\\\\xc0\\\\xaf\\\\xf5"));
        }
        QCOMPARE(readable("x\xfe\n"), u"x\\xfe\n"_s);
    }

    void noiseIsAlwaysJsonAndTheSameHoweverSplit()
    {
        QRandomGenerator random(7);
        for (int round = 0; round < 200; ++round) {
            QByteArray noise;
            for (int i = 0; i < 300; ++i)
                noise.append(char(random.bounded(256)));
            const QByteArray whole = escaped(noise, noise.size());
            QVERIFY(QJsonDocument::fromJson("[\"" + whole + "\"]").isArray());
            for (const qsizetype piece : {1, 2, 3, 7, 64})
                QCOMPARE(escaped(noise, piece), whole);
        }
    }

    void values()
    {
        QCOMPARE(toJson(QJsonValue()), QByteArray("null"));
        QCOMPARE(toJson(u"a\"b"_s), QByteArray("\"a\\\"b\""));
        QCOMPARE(toJson(2.5), QByteArray("2.5"));
        QCOMPARE(toJson(QJsonObject{{u"a"_s, true}}), QByteArray("{\"a\":true}"));
        QCOMPARE(toJson(QJsonArray{1, 2}), QByteArray("[1,2]"));
    }

    void depth()
    {
        QVERIFY(!nestsDeeper("{\"a\":[[1]],\"b\":\"[[[[[[\"}", 3));
        QVERIFY(nestsDeeper("{\"a\":[[1]]}", 2));
        QVERIFY(!nestsDeeper("{\"a\":\"\\\"[[[[\"}", 1));
    }
};

QTEST_APPLESS_MAIN(JsonTextTest)
#include "jsontexttest.moc"
