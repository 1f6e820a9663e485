// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// All faults of a call are told together.
#include "api/json/fieldreader.h"

#include <QJsonDocument>
#include <QTest>

using namespace quarry::api;
using namespace Qt::StringLiterals;

namespace {

FieldReader of(const char *json)
{
    return FieldReader(QJsonDocument::fromJson(json).object());
}

} // namespace

class FieldReaderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void faultsAreToldTogether()
    {
        FieldReader fields = of(
            R"({"image":3,"cpus":"many","id":"  ","flag":"maybe","memory":[],"list":["a",5],"env":["A=b"]})");
        fields.name(u"image"_s);
        fields.positive(u"cpus"_s);
        fields.name(u"id"_s);
        fields.flag(u"flag"_s);
        fields.size(u"memory"_s, 1000);
        fields.textList(u"list"_s);
        fields.textMap(u"env"_s);
        fields.text(u"absent"_s);
        for (const char16_t *name :
             {u"image", u"cpus", u"id", u"flag", u"memory", u"list", u"env", u"absent"})
            QVERIFY2(fields.faults().contains(QString::fromUtf16(name) + u':'),
                     qPrintable(fields.faults()));
        QVERIFY(!fields.good());
    }

    void lenientWhereClientsAre()
    {
        FieldReader fields = of(
            R"({"cpu":"2","yes":"True","no":0,"memory":"8g","bytes":1048576,"id":" a ","none":null,"env":{"A":"b"}})");
        QCOMPARE(fields.positive(u"cpu"_s).value(), 2.0);
        QVERIFY(fields.flag(u"yes"_s));
        QVERIFY(!fields.flag(u"no"_s, true));
        QCOMPARE(fields.size(u"memory"_s, qint64(1) << 50).value(), qint64(8) << 30);
        QCOMPARE(fields.size(u"bytes"_s, qint64(1) << 50).value(), qint64(1) << 20);
        QCOMPARE(fields.name(u"id"_s), u"a"_s);
        QVERIFY(!fields.number(u"none"_s).has_value());
        QCOMPARE(fields.optionalText(u"none"_s, u"x"_s), u"x"_s);
        QCOMPARE(fields.textMap(u"env"_s).value(u"A"_s), u"b"_s);
        QVERIFY2(fields.good(), qPrintable(fields.faults()));
    }

    void hostileValues_data()
    {
        QTest::addColumn<QByteArray>("json");
        for (const char *json : {R"({"x":"nan"})", R"({"x":"inf"})", R"({"x":1e400})", R"({"x":0})",
                                 R"({"x":-1})", R"({"x":true})", R"({"x":{}})", R"({"x":""})"})
            QTest::newRow(json) << QByteArray(json);
    }

    void hostileValues()
    {
        QFETCH(QByteArray, json);
        FieldReader fields = of(json.constData());
        // 1e400 is no JSON number that QJsonDocument takes: then the field is absent.
        const bool absent = !fields.has(u"x"_s);
        fields.positive(u"x"_s);
        QVERIFY(absent || !fields.good());
    }

    void nulIsRefused()
    {
        FieldReader fields
            = of(R"({"a":"x\u0000y","l":["\u0000"],"m":{"k":"\u0000"},"n":{"a=b":"c"}})");
        fields.text(u"a"_s);
        fields.textList(u"l"_s);
        fields.textMap(u"m"_s);
        fields.textMap(u"n"_s);
        QCOMPARE(fields.faults().count(u';'), 3);
    }

    void ids()
    {
        for (const char16_t *good : {u"a", u"A-b_c.9", u"-x"})
            QVERIFY(isSandboxId(QString::fromUtf16(good)));
        for (const char16_t *bad : {u"", u".a", u"a/b", u"a b", u"é", u"a\n"})
            QVERIFY(!isSandboxId(QString::fromUtf16(bad)));
        QVERIFY(isSandboxId(QString(64, u'a')));
        QVERIFY(!isSandboxId(QString(65, u'a')));
    }

    void references()
    {
        for (const char16_t *good :
             {u"a", u"a:b", u"python:3.11", u"reg.example.org:5000/a/b_c:V1.0", u"localhost/x",
              u"full:1",
              u"a@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"})
            QVERIFY(isImageReference(QString::fromUtf16(good)));
        for (const char16_t *bad :
             {u"", u"a\nb", u"A", u":x", u"a:", u"a//b", u"a b", u"a:b:c", u"-a", u"a/", u"../x"})
            QVERIFY(!isImageReference(QString::fromUtf16(bad)));
    }
};

QTEST_APPLESS_MAIN(FieldReaderTest)
#include "fieldreadertest.moc"
