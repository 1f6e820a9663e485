// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Real calls on a real sandbox, by the unix socket and by an address, in its log.
#include "client/client.h"
#include "gui/pagecheck.h"
#include "hostbench.h"
#include "serverhost.h"
#include "support/parts.h"
#include "widgets/common/actionregistry.h"
#include "widgets/pages/sandboxes/log/logtab.h"
#include "widgets/patterns/tableview.h"
#include "widgets/requests/requestmodel.h"
#include "widgets/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>

using namespace quarry;
using namespace quarry::test;
using namespace quarry::widgets;
using namespace quarry::widgets::test;
using namespace Qt::StringLiterals;

class LogTabTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase();

    void callsByTheSocket();
    void callsByAnAddress();
    void otherSandboxesStayOut();
    void refusedCallsAreInItToo();
    void detailAndCurl();
    void replayed();
    void hiddenAndShownAgain();
    void deletedIsForgotten();

private:
    TableView *table() const { return named<TableView>(m_tab.get(), u"Log"_s); }
    // The row of the newest call whose path has TEXT in it; -1: none.
    int rowOf(const QString &text) const;
    bool shows(const QString &text) const
    {
        return HostBench::wait([&] { return rowOf(text) >= 0; });
    }
    QString cell(int row, int column) const
    {
        return table()->model()->index(row, column).data().toString();
    }
    // A call by the address; its status.
    int post(const QString &path, const QByteArray &body);

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<HostBench> m_bench;
    std::unique_ptr<workbench::ServerHost> m_server;
    std::unique_ptr<client::Client> m_client;
    std::unique_ptr<ActionRegistry> m_actions;
    std::unique_ptr<LogTab> m_tab;
    QNetworkAccessManager m_network;
};

void LogTabTest::initTestCase()
{
    m_theme = std::make_unique<Theme>(SchemeChoice::Light);
    m_bench = std::make_unique<HostBench>();
    QUARRY_NEEDS(m_bench->problem());
    service::Settings settings;
    settings.dataFolder = m_bench->host().settings().dataFolder;
    settings.access.dataFolder = settings.dataFolder;
    settings.access.listen = {{u"127.0.0.1"_s, 0}};
    m_server = std::make_unique<workbench::ServerHost>(m_bench->host(), settings);
    std::optional<Result<void>> bound;
    m_server->openSocket([&](const Result<void> &result) { bound = result; });
    QVERIFY(HostBench::wait([&] { return bound.has_value(); }));
    QVERIFY2(*bound, qPrintable(bound->error().message));
    m_server->start();
    QVERIFY(HostBench::wait([&] { return m_server->state() == ServerControl::State::On; }));
    m_client = std::make_unique<client::Client>(settings.dataFolder);
    QVERIFY(m_bench->start(u"mine"_s));
    QVERIFY(m_bench->start(u"other"_s));
}

void LogTabTest::init()
{
    m_actions = std::make_unique<ActionRegistry>();
    m_tab = std::make_unique<LogTab>(
        LogTab::Parts{m_bench->host(), m_server->calls(), *m_server, *m_actions});
    m_tab->resize(700, 600);
    m_tab->show(m_bench->info(u"mine"_s));
    m_tab->show();
}

void LogTabTest::cleanup()
{
    m_tab.reset();
    m_actions.reset();
}

void LogTabTest::cleanupTestCase()
{
    m_client.reset();
    if (m_server && m_server->state() == ServerControl::State::On) {
        m_server->stop();
        QVERIFY(HostBench::wait([&] { return m_server->state() == ServerControl::State::Off; }));
    }
    m_bench.reset();
    m_server.reset();
}

int LogTabTest::rowOf(const QString &text) const
{
    if (!table())
        return -1;
    for (int row = 0; row < table()->model()->rowCount(); ++row) {
        if (cell(row, RequestModel::PathColumn).contains(text))
            return row;
    }
    return -1;
}

int LogTabTest::post(const QString &path, const QByteArray &body)
{
    QNetworkRequest request(QUrl(m_server->addresses().first() + path));
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setRawHeader("Authorization", "Bearer hush-hush-hush");
    const std::unique_ptr<QNetworkReply> reply(m_network.post(request, body));
    HostBench::wait([&] { return reply->isFinished(); });
    return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

void LogTabTest::callsByTheSocket()
{
    QVERIFY(says(m_tab.get(), u"No calls yet"_s));
    QVERIFY(m_client->get(u"/sandboxes/mine"_s));
    QVERIFY(shows(u"/sandboxes/mine"_s));
    QCOMPARE(nameless(m_tab.get()), QStringList());
    QVERIFY(cell(0, RequestModel::ClientColumn).contains(u"unix socket"_s));
    QCOMPARE(cell(0, RequestModel::StatusColumn), u"200"_s);
}

void LogTabTest::callsByAnAddress()
{
    // This API carries the id in the body.
    QCOMPARE(post(u"/apis/envs/sandbox/v1/execute"_s,
                  R"({"sandbox_id":"mine","command":"echo answered","api_key":"hush"})"),
             200);
    QVERIFY(shows(u"/execute"_s));
    QVERIFY(cell(rowOf(u"/execute"_s), RequestModel::ClientColumn).contains(u"127.0.0.1"_s));
    QNetworkRequest alive(
        QUrl(m_server->addresses().first() + u"/apis/envs/sandbox/v1/is_alive?sandbox_id=mine"_s));
    const std::unique_ptr<QNetworkReply> reply(m_network.get(alive));
    QVERIFY(shows(u"/is_alive"_s));
}

void LogTabTest::otherSandboxesStayOut()
{
    QVERIFY(m_client->get(u"/sandboxes/other"_s));
    QVERIFY(!m_client->get(u"/sandboxes/made-up"_s));
    QVERIFY(m_client->get(u"/sandboxes/mine/statistics"_s));
    QVERIFY(shows(u"/mine/statistics"_s));
    QCOMPARE(rowOf(u"/sandboxes/other"_s), -1);
    QCOMPARE(rowOf(u"made-up"_s), -1);
    m_tab->show(m_bench->info(u"other"_s));
    QVERIFY(shows(u"/sandboxes/other"_s));
    QCOMPARE(rowOf(u"/mine/statistics"_s), -1);
}

void LogTabTest::refusedCallsAreInItToo()
{
    QVERIFY(post(u"/api/quarry/v1/sandboxes/mine/commit"_s, "no json") >= 400);
    QVERIFY(shows(u"/mine/commit"_s));
    QCOMPARE(cell(rowOf(u"/mine/commit"_s), RequestModel::StatusColumn), u"400"_s);
}

void LogTabTest::detailAndCurl()
{
    QVERIFY(shows(u"/execute"_s));
    QVERIFY(!named<QPlainTextEdit>(m_tab.get(), u"Request body"_s));
    table()->selectRow(rowOf(u"/execute"_s));
    auto *asked = named<QPlainTextEdit>(m_tab.get(), u"Request body"_s);
    auto *answered = named<QPlainTextEdit>(m_tab.get(), u"Answer body"_s);
    QVERIFY(asked && answered);
    QVERIFY(asked->toPlainText().contains(u"echo answered"_s));
    QVERIFY(!asked->toPlainText().contains(u"hush"_s));
    QVERIFY(answered->toPlainText().contains(u"answered\\n"_s));
    m_actions->action(u"call.copyCurl"_s)->trigger();
    const QString line = QGuiApplication::clipboard()->text();
    QVERIFY2(line.startsWith(u"curl -X POST http://127.0.0.1:"_s), qPrintable(line));
    QVERIFY(line.contains(u"echo answered"_s));
    QVERIFY(!line.contains(u"hush"_s));
    QCOMPARE(nameless(m_tab.get()), QStringList());
    table()->clearSelection();
    QVERIFY(!m_actions->action(u"call.copyCurl"_s)->isEnabled());
}

void LogTabTest::replayed()
{
    RequestRecord record;
    record.method = u"POST"_s;
    record.path = u"/apis/envs/sandbox/v1/execute"_s;
    record.type = u"application/json"_s;
    record.requestBody = R"({"sandbox_id":"mine","command":"echo again"})";
    record.received = record.requestBody.size();
    QSignalSpy failed(m_server.get(), &ServerControl::replayFailed);
    m_server->replay(record);
    const auto isReplay = [this] {
        return table() && cell(0, RequestModel::ClientColumn).endsWith(QLatin1String(ReplayAgent));
    };
    QVERIFY(HostBench::wait(isReplay));
    QCOMPARE(cell(0, RequestModel::StatusColumn), u"200"_s);
    table()->selectRow(0);
    QVERIFY(named<QPlainTextEdit>(m_tab.get(), u"Answer body"_s)
                ->toPlainText()
                .contains(u"again\\n"_s));
    QCOMPARE(failed.size(), 0);
}

void LogTabTest::hiddenAndShownAgain()
{
    QVERIFY(shows(u"/execute"_s));
    const int before = table()->model()->rowCount();
    table()->selectRow(rowOf(u"/execute"_s));
    m_tab->hide();
    for (int i = 0; i < 3; ++i)
        QVERIFY(m_client->get(u"/sandboxes/mine"_s));
    m_tab->show();
    QVERIFY(HostBench::wait([&] { return table()->model()->rowCount() == before + 3; }));
    QCOMPARE(table()->selectedRows(), QList<int>{rowOf(u"/execute"_s)});
}

void LogTabTest::deletedIsForgotten()
{
    m_bench->host().post([](engine::Engine &engine) {
        engine.sandboxes().remove(u"mine"_s, true, [](const Result<void> &) { });
    });
    const auto kept = [this] {
        std::optional<Result<int>> count;
        m_bench->host().ask<int>(
            this,
            [log = &m_server->calls()](engine::Engine &, const Callback<int> &done) {
                done(int(log->count(u"mine"_s)));
            },
            [&](const Result<int> &answer) { count = answer; });
        HostBench::wait([&] { return count.has_value(); });
        return **count;
    };
    QVERIFY(HostBench::wait([&] { return kept() == 0; }));
}

QTEST_MAIN(LogTabTest)
#include "tst_logtab.moc"
