// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Terminals over the API: opened by a call, looked at and typed into over WebSockets.
#include "apibench.h"

#include "support/parts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QWebSocket>

using namespace quarry::test;
using namespace Qt::StringLiterals;

namespace {

// A client of one terminal.
struct Viewer {
    Viewer(const ApiBench &bench, const QString &path)
    {
        QObject::connect(&socket, &QWebSocket::binaryMessageReceived, &socket,
                         [this](const QByteArray &bytes) { text += bytes; });
        QObject::connect(&socket, &QWebSocket::textMessageReceived, &socket,
                         [this](const QString &message) {
                             told.append(QJsonDocument::fromJson(message.toUtf8()).object());
                         });
        socket.open(QUrl(bench.url().replace(u"http"_s, u"ws"_s) + path));
    }
    bool sees(const QByteArray &words)
    {
        return QTest::qWaitFor([&] { return text.contains(words); }, 10000);
    }
    // The last message of that type that says so.
    bool hears(const QString &type, const QString &key = {}, const QJsonValue &value = {})
    {
        return QTest::qWaitFor(
            [&] {
                for (const QJsonObject &each : told) {
                    if (each.value(u"type"_s) == type
                        && (key.isEmpty() || each.value(key) == value))
                        return true;
                }
                return false;
            },
            10000);
    }
    void type(const QByteArray &bytes) { socket.sendBinaryMessage(bytes); }
    void say(const QString &json) { socket.sendTextMessage(json); }

    QWebSocket socket;
    QByteArray text;
    QList<QJsonObject> told;
};

} // namespace

class ApiTerminalsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_bench = std::make_unique<ApiBench>();
        QUARRY_NEEDS(m_bench->problem());
        m_path = u"/api/quarry/v1/sandboxes/"_s + m_bench->sandboxId() + u"/terminals"_s;
    }
    void cleanupTestCase() { m_bench.reset(); }

    void twoViewersOfOneShell()
    {
        const Answer made = m_bench->call("POST", m_path, R"({"name":"a b","rows":30,"cols":100})");
        QCOMPARE(made.status, 201);
        QCOMPARE(made.object.value(u"kind"_s).toString(), u"shell"_s);
        QCOMPARE(m_bench->call("POST", m_path, R"({"name":"a b"})").status, 409);
        Viewer first(*m_bench, m_path + u"/a%20b"_s);
        QVERIFY(first.hears(u"state"_s, u"cols"_s, 100));
        first.type("echo $((6*7)) $(id -u)\n");
        QVERIFY2(first.sees("42 0"), first.text);
        Viewer second(*m_bench, m_path + u"/a%20b"_s);
        QVERIFY(second.sees("42 0")); // what was missed
        second.say(uR"({"type":"resize","rows":40,"cols":120})"_s);
        QVERIFY(first.hears(u"state"_s, u"cols"_s, 120));
        second.type("stty size; exit 3\n");
        QVERIFY(first.sees("40 120"));
        QVERIFY(first.hears(u"ended"_s, u"exit_code"_s, 3));
        QVERIFY(second.hears(u"ended"_s, u"exit_code"_s, 3));
        const Answer shown = m_bench->call("GET", m_path + u"/a%20b"_s);
        QCOMPARE(shown.object.value(u"ended"_s).toBool(), true);
        QCOMPARE(m_bench->call("DELETE", m_path + u"/a%20b"_s).status, 200);
        QCOMPARE(m_bench->call("GET", m_path + u"/a%20b"_s).status, 404);
    }

    void sessionIsTakenOver()
    {
        QCOMPARE(m_bench->rock(u"/create_session"_s, {{u"session"_s, u"agent"_s}})
                     .value(u"status"_s)
                     .toString(),
                 u"Success"_s);
        m_bench->rock(u"/run_in_session"_s,
                      {{u"session"_s, u"agent"_s}, {u"command"_s, u"x=1; echo by the agent"_s}});
        Viewer viewer(*m_bench, m_path + u"/agent"_s);
        QVERIFY(viewer.hears(u"state"_s, u"read_only"_s, true));
        QVERIFY(viewer.sees("by the agent"));
        viewer.type("echo no\n");
        QVERIFY(viewer.hears(u"error"_s));
        viewer.say(uR"({"type":"take_over"})"_s);
        QVERIFY(viewer.hears(u"state"_s, u"taken_over"_s, true));
        QVERIFY(viewer.sees("\x1b]133;A"));
        viewer.type("x=2; echo pers''on\r");
        QVERIFY(viewer.sees("person"));
        viewer.say(uR"({"type":"give_back"})"_s);
        const QJsonObject answer = m_bench->rock(
            u"/run_in_session"_s, {{u"session"_s, u"agent"_s}, {u"command"_s, u"echo $x"_s}});
        QCOMPARE(answer.value(u"result"_s).toObject().value(u"output"_s).toString(), u"2"_s);
        QCOMPARE(m_bench->call("DELETE", m_path + u"/agent"_s).status, 409);
        const QJsonArray all = m_bench->call("GET", m_path).object.value(u"items"_s).toArray();
        QCOMPARE(all.last().toObject().value(u"kind"_s).toString(), u"session"_s);
    }

    void floodReachesASlowClientWhole()
    {
        QCOMPARE(m_bench->call("POST", m_path, R"({"name":"flood"})").status, 201);
        Viewer viewer(*m_bench, m_path + u"/flood"_s);
        QVERIFY(viewer.hears(u"state"_s));
        viewer.type("head -c 5000000 /dev/zero | tr '\\0' x; exit\n");
        QVERIFY(viewer.hears(u"ended"_s));
        QVERIFY(viewer.text.count('x') >= 5'000'000);
    }

    void badWordsAreRefused_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addRow("no json") << u"}{"_s;
        QTest::addRow("no type") << u"{}"_s;
        QTest::addRow("unknown type") << uR"({"type":"dance"})"_s;
        QTest::addRow("no size") << uR"({"type":"resize"})"_s;
        QTest::addRow("size of another kind") << uR"({"type":"resize","rows":"x","cols":[]})"_s;
        QTest::addRow("size past the range") << uR"({"type":"resize","rows":0,"cols":99999})"_s;
        QTest::addRow("a shell is nobody's") << uR"({"type":"take_over"})"_s;
    }

    void badWordsAreRefused()
    {
        QFETCH(QString, words);
        m_bench->call("POST", m_path, R"({"name":"words"})");
        Viewer viewer(*m_bench, m_path + u"/words"_s);
        QVERIFY(viewer.hears(u"state"_s));
        viewer.say(words);
        QVERIFY(viewer.hears(u"error"_s));
        viewer.type("echo ali''ve\n");
        QVERIFY(viewer.sees("alive"));
    }

    void endOfTheSandboxIsTold()
    {
        const QString base = u"/api/quarry/v1/sandboxes"_s;
        QCOMPARE(m_bench->call("POST", base, R"({"image":"host","id":"brief"})").status, 201);
        QCOMPARE(m_bench->call("POST", base + u"/brief/terminals"_s, "{}").status, 201);
        Viewer viewer(*m_bench, base + u"/brief/terminals/shell"_s);
        QVERIFY(viewer.hears(u"state"_s));
        QCOMPARE(m_bench->call("POST", base + u"/brief/stop"_s).status, 200);
        QVERIFY(viewer.hears(u"ended"_s));
        QVERIFY(viewer.told.last().value(u"reason"_s).toString().contains(u"stopped"_s));
        QCOMPARE(m_bench->call("GET", base + u"/brief/terminals"_s).status, 409);
        QCOMPARE(m_bench->call("GET", base + u"/none/terminals"_s).status, 404);
    }

private:
    std::unique_ptr<ApiBench> m_bench;
    QString m_path;
};

QTEST_GUILESS_MAIN(ApiTerminalsTest)
#include "tst_apiterminals.moc"
