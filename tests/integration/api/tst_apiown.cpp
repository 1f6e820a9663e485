// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Quarry's own API over a real engine.
#include "apibench.h"

#include "support/parts.h"

#include <QJsonArray>
#include <QTest>

using namespace quarry::test;
using namespace Qt::StringLiterals;

class ApiOwnTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_bench = std::make_unique<ApiBench>();
        QUARRY_NEEDS(m_bench->problem());
        m_files = u"/api/quarry/v1/sandboxes/"_s + m_bench->sandboxId() + u"/files"_s;
    }
    void cleanupTestCase() { m_bench.reset(); }

    void atTheRoot()
    {
        QCOMPARE(m_bench->call("GET", u"/health"_s).object.value(u"status"_s).toString(),
                 u"healthy"_s);
        QCOMPARE(m_bench->call("GET", u"/ready"_s).object.value(u"status"_s).toString(),
                 u"ready"_s);
        QVERIFY(m_bench->call("GET", u"/"_s).body.contains("Quarry"));
        QVERIFY(!m_bench->call("GET", u"/api/quarry/v1/capabilities"_s).object.isEmpty());
        const QJsonObject info = m_bench->call("GET", u"/api/quarry/v1/info"_s).object;
        QCOMPARE(info.value(u"sandboxes"_s).toObject().value(u"alive"_s).toInt(), 1);
    }

    void files()
    {
        const QByteArray bytes = QByteArray("\0\xff", 2).repeated(1'000'000);
        QCOMPARE(m_bench->call("PUT", m_files + u"?path=/tmp/a/b&mode=0600"_s, bytes).status, 200);
        QCOMPARE(m_bench->call("GET", m_files + u"?path=/tmp/a/b"_s).body, bytes);
        const QJsonObject about = m_bench->call("GET", m_files + u"/stat?path=/tmp/a/b"_s).object;
        QCOMPARE(about.value(u"type"_s).toString(), u"file"_s);
        QCOMPARE(about.value(u"size"_s).toInt(), 2'000'000);
        QCOMPARE(about.value(u"mode"_s).toInt(), 0600);
        QCOMPARE(m_bench->call("POST", m_files + u"/mkdir"_s, R"({"path":"/tmp/a/c","mode":448})")
                     .status,
                 200);
        const QJsonObject list = m_bench->call("GET", m_files + u"/list?path=/tmp/a"_s).object;
        QCOMPARE(list.value(u"total"_s).toInt(), 2);
        QVERIFY(m_bench->call("DELETE", m_files + u"?path=/tmp/a"_s).status >= 400);
        QCOMPARE(m_bench->call("DELETE", m_files + u"?path=/tmp/a&recursive=true"_s).status, 200);
        QCOMPARE(m_bench->call("GET", m_files + u"?path=/tmp/a/b"_s).status, 404);
        QCOMPARE(m_bench->call("GET", m_files).status, 400);
    }

    void execNeedsAnUpgrade()
    {
        const QString path = u"/api/quarry/v1/sandboxes/"_s + m_bench->sandboxId() + u"/exec"_s;
        QCOMPARE(m_bench->call("POST", path, R"({"argv":["true"]})").status, 426);
        QCOMPARE(m_bench->call("POST", path, R"({"argv":[]})").status, 400);
    }

    void lifeOfASandbox()
    {
        const QString base = u"/api/quarry/v1/sandboxes"_s;
        const Answer made
            = m_bench->call("POST", base, R"({"image":"host","id":"second","memory":"256m"})");
        QCOMPARE(made.status, 201);
        QCOMPARE(made.object.value(u"state"_s).toString(), u"running"_s);
        QCOMPARE(m_bench->call("POST", base, R"({"image":"host","id":"second"})").status, 409);
        QCOMPARE(m_bench->call("GET", base).object.value(u"total"_s).toInt(), 2);
        QCOMPARE(m_bench->call("DELETE", base + u"/second"_s).status, 409);
        QCOMPARE(
            m_bench->call("POST", base + u"/second/stop"_s).object.value(u"state"_s).toString(),
            u"stopped"_s);
        QCOMPARE(
            m_bench->call("POST", base + u"/second/restart"_s).object.value(u"state"_s).toString(),
            u"running"_s);
        QCOMPARE(m_bench->call("DELETE", base + u"/second?force=true"_s).status, 200);
        QCOMPARE(m_bench->call("POST", base + u"/none/stop"_s).status, 404);
        QCOMPARE(m_bench->call("POST", base, R"({"network":"mars","cpus":-1})").status, 400);
    }

private:
    std::unique_ptr<ApiBench> m_bench;
    QString m_files;
};

QTEST_GUILESS_MAIN(ApiOwnTest)
#include "tst_apiown.moc"
