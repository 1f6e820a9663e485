// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The server's page: off, refused, on, under more requests than it can list.
#include "fakeserver.h"
#include "pagecheck.h"

#include "widgets/common/actionregistry.h"
#include "widgets/common/notices.h"
#include "widgets/pages/server/clientmodel.h"
#include "widgets/pages/server/errormodel.h"
#include "widgets/requests/requestfilter.h"
#include "widgets/pages/server/serveractions.h"
#include "widgets/pages/server/serverpage.h"
#include "widgets/pages/server/snippets.h"
#include "widgets/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QTest>

using namespace quarry::widgets;
using namespace quarry::widgets::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Mode = QAbstractItemModelTester::FailureReportingMode;

QList<RequestRecord> records(int count, int status = 200)
{
    QList<RequestRecord> all;
    for (int i = 0; i < count; ++i)
        all.append({QDateTime::currentDateTimeUtc(), u"GET"_s, u"/path/%1"_s.arg(i),
                    u"127.0.0.1 · curl"_s, status, 10, 200, 300us});
    return all;
}

RequestBatch batch(int count, int status = 200)
{
    RequestBatch made;
    made.count = count;
    made.span = 100ms;
    if (status >= 400)
        made.errors[status] = count;
    made.newest = records(std::min(count, int(RequestBatchMax)), status);
    made.connections = 3;
    return made;
}

} // namespace

class TestServerPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(SchemeChoice::Light); }
    void init()
    {
        m_server = std::make_unique<FakeServer>();
        m_registry = std::make_unique<ActionRegistry>();
        m_notices = std::make_unique<Notices>();
        m_actions = std::make_unique<ServerActions>(*m_server, *m_registry, *m_notices);
        m_page = std::make_unique<ServerPage>(*m_server, *m_registry, u"/data"_s);
        m_page->resize(1300, 800);
        m_page->show();
    }
    void cleanup()
    {
        m_page.reset();
        m_actions.reset();
        m_notices.reset();
        m_registry.reset();
        m_server.reset();
    }
    void offAndOn();
    void busyPortHasAWayOut();
    void requestsAreListedAndCounted();
    void pausedAndHidden();
    void requestModel();
    void errorModel();
    void clientModel();
    void detailAndReplay();
    void snippetsAreQuoted();

private:
    QAbstractItemModel *requests() const
    {
        return named<QTableView>(m_page.get(), u"Requests"_s)->model();
    }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<ActionRegistry> m_registry;
    std::unique_ptr<Notices> m_notices;
    std::unique_ptr<ServerActions> m_actions;
    std::unique_ptr<ServerPage> m_page;
};

void TestServerPage::offAndOn()
{
    QVERIFY(button(m_page.get(), u"Start server"_s));
    QVERIFY(!button(m_page.get(), u"Stop server"_s));
    QVERIFY(!m_page->focusFilter());
    QCOMPARE(nameless(m_page.get()), QStringList());
    button(m_page.get(), u"Start server"_s)->click();
    QVERIFY(!button(m_page.get(), u"Start server"_s));
    QVERIFY(button(m_page.get(), u"Stop server"_s));
    QVERIFY(says(m_page.get(), u"http://127.0.0.1:8080"_s));
    QVERIFY(says(m_page.get(), u"/data/token"_s));
    QVERIFY(named<QTableView>(m_page.get(), u"Requests"_s));
    QVERIFY(named<QLineEdit>(m_page.get(), u"Filter requests"_s));
    QVERIFY(m_page->focusFilter());
    QCOMPARE(nameless(m_page.get()), QStringList());
    button(m_page.get(), u"Copy address"_s)->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"http://127.0.0.1:8080"_s);
    button(m_page.get(), u"Stop server"_s)->click();
    QVERIFY(button(m_page.get(), u"Start server"_s));
}

void TestServerPage::busyPortHasAWayOut()
{
    m_server->fail(u"127.0.0.1:8080 is taken by nginx (pid 7)"_s);
    QVERIFY(says(m_page.get(), u"127.0.0.1:8080 is taken"_s));
    QCOMPARE(m_notices->count(), 1);
    QAbstractButton *out = button(m_page.get(), u"Use a free port for the server"_s);
    QVERIFY(out);
    out->click();
    QVERIFY(button(m_page.get(), u"Stop server"_s));
    QCOMPARE(m_notices->count(), 0);
}

void TestServerPage::requestsAreListedAndCounted()
{
    m_server->start();
    Q_EMIT m_server->requestsSeen(batch(20));
    Q_EMIT m_server->requestsSeen(batch(1000, 404));
    QCOMPARE(requests()->rowCount(), 20 + int(RequestBatchMax));
    QCOMPARE(requests()->index(0, RequestModel::StatusColumn).data().toString(), u"404"_s);
    QVERIFY(says(m_page.get(), u"800 only counted"_s));
    auto *errors = named<QTableView>(m_page.get(), u"Errors by code"_s);
    QCOMPARE(errors->model()->rowCount(), 1);
    for (int i = 0; i < 40; ++i)
        Q_EMIT m_server->requestsSeen(batch(1000));
    QCOMPARE(requests()->rowCount(), RequestModel::Kept);
    // A new start counts anew.
    m_server->stop();
    m_server->start();
    QCOMPARE(requests()->rowCount(), 0);
    QCOMPARE(errors->model()->rowCount(), 0);
}

void TestServerPage::pausedAndHidden()
{
    m_server->start();
    QVERIFY(m_server->isWatched());
    m_registry->action(u"request.pause"_s)->setChecked(true);
    Q_EMIT m_server->requestsSeen(batch(5));
    QCOMPARE(requests()->rowCount(), 0);
    m_page->hide();
    QVERIFY(!m_server->isWatched());
}

void TestServerPage::requestModel()
{
    RequestModel model;
    RequestFilter filter(&model);
    QAbstractItemModelTester one(&model, Mode::QtTest);
    QAbstractItemModelTester two(&filter, Mode::QtTest);
    model.add({});
    model.add(records(3));
    model.add(records(RequestModel::Kept + 10));
    QCOMPARE(model.rowCount(), RequestModel::Kept);
    QCOMPARE(model.record(0).path, u"/path/%1"_s.arg(RequestModel::Kept + 9));
    model.add(records(2, 500));
    filter.setErrorsOnly(true);
    QCOMPARE(filter.rowCount(), 2);
    filter.setErrorsOnly(false);
    filter.setText(u"get /path/0 curl 500"_s);
    QCOMPARE(filter.rowCount(), 1);
    model.clear();
    QCOMPARE(filter.rowCount(), 0);
}

void TestServerPage::errorModel()
{
    ErrorModel model;
    QAbstractItemModelTester tester(&model, Mode::QtTest);
    model.add({{404, 2}, {0, 1}});
    model.add({{404, 3}, {401, 1}});
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.total(), 7);
    QCOMPARE(model.index(2, ErrorModel::CountColumn).data().toString(), u"5"_s);
    QMap<int, qint64> many;
    for (int i = 0; i < 1000; ++i)
        many[1000 + i] = 1;
    model.add(many);
    QCOMPARE(model.rowCount(), ErrorModel::MaxStatus);
}

void TestServerPage::clientModel()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    ClientModel model;
    QAbstractItemModelTester tester(&model, Mode::QtTest);
    model.add({{u"10.0.0.1"_s, u"rock"_s, 5, 1}, {u"10.0.0.1"_s, u"curl"_s, 1, 0}}, now);
    model.add({{u"10.0.0.1"_s, u"rock"_s, 2, 1}}, now.addSecs(60));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0, ClientModel::RequestsColumn).data().toString(), u"7"_s);
    QCOMPARE(model.index(0, ClientModel::ErrorsColumn).data().toString(), u"2"_s);
    QCOMPARE(model.index(0, ClientModel::SeenColumn).data().toString(), u"now"_s);
    QCOMPARE(model.index(1, ClientModel::SeenColumn).data().toString(), u"1 m ago"_s);
    model.tick(now.addSecs(240));
    QCOMPARE(model.index(1, ClientModel::SeenColumn).data().toString(), u"4 m ago"_s);
    // Made-up names push out the one not seen for longest, and no more than that.
    for (int i = 0; i < 1000; ++i)
        model.add({{u"10.0.0.2"_s, u"agent-%1"_s.arg(i), 1, 0}}, now.addSecs(300 + i));
    QCOMPARE(model.rowCount(), ClientModel::MaxClients);
    model.clear();
    QCOMPARE(model.rowCount(), 0);
}

void TestServerPage::detailAndReplay()
{
    m_server->start();
    RequestBatch one = batch(1);
    RequestRecord &record = one.newest.first();
    record.method = u"POST"_s;
    record.requestBody = "{\"command\":\"id\",\"api_key\":\"hush\"}";
    record.received = record.requestBody.size();
    record.answerBody = "{\"stdout\":\"uid=0\"}";
    one.clients = {{u"127.0.0.1"_s, u"curl"_s, 1, 0}};
    Q_EMIT m_server->requestsSeen(one);
    QCOMPARE(named<QTableView>(m_page.get(), u"Clients"_s)->model()->rowCount(), 1);
    QVERIFY(!button(m_page.get(), u"Replay request"_s));
    auto *table = named<QTableView>(m_page.get(), u"Requests"_s);
    table->selectRow(0);
    auto *asked = named<QPlainTextEdit>(m_page.get(), u"Request body"_s);
    QVERIFY(asked && asked->toPlainText().contains(u"\"id\""_s));
    QVERIFY(!asked->toPlainText().contains(u"hush"_s));
    QVERIFY(
        named<QPlainTextEdit>(m_page.get(), u"Answer body"_s)->toPlainText().contains(u"uid=0"_s));
    QCOMPARE(nameless(m_page.get()), QStringList());
    button(m_page.get(), u"Replay request"_s)->click();
    QCOMPARE(m_server->replayed().size(), 1);
    QCOMPARE(m_server->replayed().first().requestBody, record.requestBody);
    // Its request comes like others, and is chosen.
    RequestBatch answer = batch(3);
    answer.newest[1].client += u" · "_s + QLatin1String(ReplayAgent);
    Q_EMIT m_server->requestsSeen(answer);
    QCOMPARE(table->selectionModel()->selectedRows().first().row(), 1);
    // What was not kept whole is not sent again as something else.
    RequestBatch cut = batch(1);
    cut.newest.first().received = 100'000;
    cut.newest.first().requestBody = QByteArray(RequestBodyMax, 'x');
    Q_EMIT m_server->requestsSeen(cut);
    table->selectRow(0);
    QVERIFY(!m_registry->action(u"request.replay"_s)->isEnabled());
    Q_EMIT m_server->replayFailed(u"no answer"_s);
    QCOMPARE(m_notices->count(), 1);
}

void TestServerPage::snippetsAreQuoted()
{
    QVERIFY(!pythonSnippet(u"http://127.0.0.1:1"_s, {}).contains(u"authorization"_s));
    QVERIFY(pythonSnippet(u"http://127.0.0.1:1"_s, u"/my \"data\"/token"_s)
                .contains(u"open(\"/my \\\"data\\\"/token\")"_s));
    QVERIFY(
        curlSnippet(u"http://127.0.0.1:1"_s, u"/a b/token"_s).contains(u"$(cat '/a b/token')"_s));
}

QTEST_MAIN(TestServerPage)
#include "tst_serverpage.moc"
