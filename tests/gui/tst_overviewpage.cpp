// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The overview: nothing there, what runs, what failed and the way to it.
#include "pagecheck.h"

#include "base/clock.h"
#include "widgets/charts/sharebar.h"
#include "widgets/common/actionregistry.h"
#include "widgets/common/activitymodel.h"
#include "widgets/common/notices.h"
#include "widgets/models/machinegauge.h"
#include "widgets/models/machinehistory.h"
#include "widgets/models/sandboxsource.h"
#include "widgets/pages/overview/housekeeping.h"
#include "widgets/pages/overview/overviewpage.h"
#include "widgets/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QMessageBox>
#include <QSignalSpy>
#include <QTest>

using namespace quarry;
using namespace quarry::widgets;
using namespace quarry::widgets::test;
using namespace Qt::StringLiterals;

namespace {

sandbox::SandboxInfo made(const QString &id, sandbox::State state)
{
    sandbox::SandboxInfo info;
    info.id = id;
    info.image = u"python:3.11"_s;
    info.state = state;
    info.createTime = utcNow().addSecs(-60);
    info.startTime = info.createTime;
    return info;
}

} // namespace

class TestOverviewPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(SchemeChoice::Light); }
    void init();
    void cleanup();
    void nothingThere();
    void diskIsTold();
    void returnGoesToTheSandbox();
    void stopAllAsksOnce();
    void sweepWithoutEngine();
    void historyIsBounded();
    void paletteFindsSandboxes();
    void groupsAreModels();

private:
    std::unique_ptr<Theme> m_theme;
    MachineGauge m_gauge;
    ActivityModel m_activity;
    std::unique_ptr<engine::EngineHost> m_host;
    std::unique_ptr<SandboxModel> m_model;
    std::unique_ptr<MachineHistory> m_history;
    std::unique_ptr<ActionRegistry> m_registry;
    std::unique_ptr<Notices> m_notices;
    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<OverviewPage> m_page;
    const DiskUse m_use{100LL << 30, 40LL << 30, 20LL << 30, 5LL << 30, 1LL << 30, true};
};

void TestOverviewPage::init()
{
    m_host = std::make_unique<engine::EngineHost>(engine::EngineSettings());
    m_model = std::make_unique<SandboxModel>(*m_host);
    m_history = std::make_unique<MachineHistory>(m_gauge);
    m_registry = std::make_unique<ActionRegistry>();
    m_notices = std::make_unique<Notices>();
    m_window = std::make_unique<QWidget>();
    m_registry->add({.id = u"sandbox.new"_s, .text = u"New sandbox"_s}, m_window.get(), [] { });
    m_registry->add({.id = u"server.start"_s, .text = u"Start server"_s}, m_window.get(), [] { });
    new Housekeeping({*m_host, *m_model, *m_registry, m_activity, *m_notices}, m_window.get());
    m_page = std::make_unique<OverviewPage>(
        *m_model, m_gauge, *m_history, [this] { return m_use; }, *m_registry);
    m_page->resize(1300, 800);
    m_page->show();
}

void TestOverviewPage::cleanup()
{
    m_page.reset();
    m_window.reset();
    m_registry.reset();
    m_history.reset();
    m_model.reset();
    m_host.reset();
}

void TestOverviewPage::nothingThere()
{
    QVERIFY(says(m_page.get(), u"Nothing runs yet"_s));
    QVERIFY(button(m_page.get(), u"New sandbox"_s));
    QCOMPARE(nameless(m_page.get()), QStringList());
    QVERIFY(!m_registry->action(u"all.stop"_s)->isEnabled());
}

void TestOverviewPage::diskIsTold()
{
    Q_EMIT m_host->sandboxesChanged({made(u"sb-1"_s, sandbox::State::Running)});
    QTRY_VERIFY(says(m_page.get(), u"40.0 GiB of 100 GiB free"_s));
    const auto *bar = m_page->findChild<ShareBar *>();
    QVERIFY(bar);
    QCOMPARE(bar->accessibleName(), u"Disk"_s);
    QCOMPARE(bar->accessibleDescription(),
             u"images 20.0 GiB, layers 5.0 GiB, recordings 1.0 GiB, others 34.0 GiB"_s);
}

void TestOverviewPage::returnGoesToTheSandbox()
{
    Q_EMIT m_host->sandboxesChanged(
        {made(u"sb-1"_s, sandbox::State::Running), made(u"sb-2"_s, sandbox::State::Stopped)});
    QVERIFY(!says(m_page.get(), u"Nothing runs yet"_s));
    QCOMPARE(nameless(m_page.get()), QStringList());
    auto *table = named<QTableView>(m_page.get(), u"Running sandboxes"_s);
    QVERIFY(table);
    QVERIFY(named<QTableView>(m_page.get(), u"Failed sandboxes"_s));
    QCOMPARE(table->model()->rowCount(), 1);
    QSignalSpy chosen(m_page.get(), &OverviewPage::sandboxChosen);
    table->selectRow(0);
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.first().first().toString(), u"sb-1"_s);
    QVERIFY(m_registry->action(u"all.stop"_s)->isEnabled());
}

void TestOverviewPage::stopAllAsksOnce()
{
    Q_EMIT m_host->sandboxesChanged({made(u"sb-1"_s, sandbox::State::Running)});
    m_registry->action(u"all.stop"_s)->trigger();
    auto *question = m_window->findChild<QMessageBox *>();
    QVERIFY(question);
    QVERIFY(question->text().startsWith(u"Stop sb-1"_s));
    question->reject();
    QCOMPARE(m_activity.underWay(), 0);
}

// It is told, and nothing hangs.
void TestOverviewPage::sweepWithoutEngine()
{
    m_registry->action(u"all.sweep"_s)->trigger();
    QTRY_COMPARE(m_notices->count(), 1);
}

void TestOverviewPage::historyIsBounded()
{
    m_history->countRequests(10);
    for (int i = 0; i < 1000; ++i)
        Q_EMIT m_gauge.changed();
    QCOMPARE(m_history->cpu().size(), 301);
    QCOMPARE(m_history->requests().last(), 0);
}

void TestOverviewPage::paletteFindsSandboxes()
{
    QString gone;
    const SandboxSource source(*m_model, [&](const QString &id) { gone = id; });
    QVERIFY(source.names().isEmpty());
    Q_EMIT m_host->sandboxesChanged({made(u"sb-1"_s, sandbox::State::Running)});
    QCOMPARE(source.names(), QStringList{u"sb-1 python:3.11"_s});
    QCOMPARE(source.entry(0).detail, u"running"_s);
    source.entry(0).run();
    QCOMPARE(gone, u"sb-1"_s);
}

void TestOverviewPage::groupsAreModels()
{
    SandboxGroup group(*m_model, SandboxGroup::Living);
    QAbstractItemModelTester tester(&group, QAbstractItemModelTester::FailureReportingMode::QtTest);
    Q_EMIT m_host->sandboxesChanged({made(u"sb-1"_s, sandbox::State::Running)});
    QCOMPARE(group.idAt(0), u"sb-1"_s);
    Q_EMIT m_host->sandboxesChanged({made(u"sb-1"_s, sandbox::State::Stopped)});
    QCOMPARE(group.rowCount(), 0);
}

QTEST_MAIN(TestOverviewPage)
#include "tst_overviewpage.moc"
