// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The processes of a real sandbox in the window, and what a person does to them.
#include "gui/pagecheck.h"
#include "hostbench.h"
#include "support/parts.h"
#include "widgets/common/actionregistry.h"
#include "widgets/common/notices.h"
#include "widgets/pages/sandboxes/processes/processestab.h"
#include "widgets/pages/sandboxes/processes/processfilter.h"
#include "widgets/patterns/tableview.h"
#include "widgets/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPushButton>

using namespace quarry;
using namespace quarry::test;
using namespace quarry::widgets;
using namespace quarry::widgets::test;
using namespace Qt::StringLiterals;

class ProcessesTabTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase() { m_bench.reset(); }

    void listsAndFollows();
    void asksAgainWhenShown();
    void signalsReachTheProcess();
    void sessionIsAskedAbout();
    void copiesWhatAShellTakes();
    void whatCarriesTheSandboxIsRefused();
    void stoppedSandboxSaysSo();

private:
    TableView *table() const { return named<TableView>(m_tab.get(), u"Processes"_s); }
    int rowOf(const QString &text) const;
    bool choose(const QString &text) const; // once it is there
    bool gone(const QString &text) const;
    void act(const QString &id) { m_actions->action(id)->trigger(); }

    std::unique_ptr<HostBench> m_bench;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<ActionRegistry> m_actions;
    std::unique_ptr<Notices> m_notices;
    std::unique_ptr<ProcessesTab> m_tab;
};

void ProcessesTabTest::initTestCase()
{
    m_theme = std::make_unique<Theme>(SchemeChoice::Light);
    m_bench = std::make_unique<HostBench>();
    QUARRY_NEEDS(m_bench->problem());
    QVERIFY(m_bench->start(u"mine"_s));
}

void ProcessesTabTest::init()
{
    m_actions = std::make_unique<ActionRegistry>();
    m_notices = std::make_unique<Notices>();
    m_actions->add({.id = u"sandbox.restart"_s, .text = u"Restart sandbox"_s}, this, [] { });
    m_tab = std::make_unique<ProcessesTab>(
        ProcessActions::Parts{m_bench->host(), *m_actions, *m_notices});
    m_tab->resize(800, 500);
    m_tab->show(m_bench->info(u"mine"_s));
    m_tab->show();
}

void ProcessesTabTest::cleanup()
{
    m_tab.reset();
    m_notices.reset();
    m_actions.reset();
}

int ProcessesTabTest::rowOf(const QString &text) const
{
    const QAbstractItemModel *model = table()->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        const QString command = model->index(row, ProcessModel::CommandColumn).data().toString();
        if (command.contains(text) && !command.startsWith(u"/bin/bash"_s))
            return row;
    }
    return -1;
}

bool ProcessesTabTest::choose(const QString &text) const
{
    if (!HostBench::wait([&] { return rowOf(text) >= 0; }))
        return false;
    table()->selectRow(rowOf(text));
    return true;
}

bool ProcessesTabTest::gone(const QString &text) const
{
    return HostBench::wait([&] { return rowOf(text) < 0; });
}

void ProcessesTabTest::listsAndFollows()
{
    QCOMPARE(nameless(m_tab.get()), QStringList());
    QVERIFY(HostBench::wait([&] { return rowOf(u"quarry-agent"_s) >= 0; }));
    m_bench->run(u"mine"_s, "sleep 2001");
    m_bench->run(u"mine"_s, "sleep 2002");
    QVERIFY(choose(u"sleep 2001"_s));
    const QString user = table()
                             ->model()
                             ->index(rowOf(u"sleep 2001"_s), ProcessModel::UserColumn)
                             .data()
                             .toString();
    QVERIFY(!user.isEmpty());
    m_bench->run(u"mine"_s, "pkill -fx 'sleep 2001'");
    QVERIFY(gone(u"sleep 2001"_s));
    QVERIFY(choose(u"sleep 2002"_s));
    // What is selected stays so while others come, go and change places.
    m_bench->run(u"mine"_s, "sleep 2003");
    QVERIFY(HostBench::wait([&] { return rowOf(u"sleep 2003"_s) >= 0; }));
    QCOMPARE(table()->selectedRows(), QList<int>{rowOf(u"sleep 2002"_s)});
}

void ProcessesTabTest::asksAgainWhenShown()
{
    QVERIFY(HostBench::wait([&] { return rowOf(u"quarry-agent"_s) >= 0; }));
    m_tab->hide();
    m_bench->run(u"mine"_s, "sleep 2004");
    m_tab->show();
    QVERIFY(choose(u"sleep 2004"_s));
}

void ProcessesTabTest::signalsReachTheProcess()
{
    QVERIFY(!m_actions->action(u"process.kill"_s)->isEnabled());
    m_bench->run(u"mine"_s, "sleep 2010 & sleep 2011 & sleep 2012 & wait");
    QVERIFY(choose(u"sleep 2010"_s));
    QVERIFY(m_actions->action(u"process.kill"_s)->isEnabled());
    act(u"process.terminate"_s);
    QVERIFY(gone(u"sleep 2010"_s));
    QVERIFY(choose(u"sleep 2011"_s));
    act(u"process.interrupt"_s); // a background job of a shell without job control ignores it
    act(u"process.kill"_s);
    QVERIFY(gone(u"sleep 2011"_s));
    QVERIFY(rowOf(u"sleep 2012"_s) >= 0);
    QCOMPARE(m_notices->count(), 0);
}

void ProcessesTabTest::sessionIsAskedAbout()
{
    m_bench->run(u"mine"_s, "setsid sh -c 'sleep 2020 & sleep 2021 & echo leader; wait'; true");
    QVERIFY(choose(u"echo leader"_s));
    QVERIFY(HostBench::wait([&] { return rowOf(u"sleep 2021"_s) >= 0; }));
    act(u"process.killTree"_s);
    auto *question = m_tab->window()->findChild<QMessageBox *>();
    QVERIFY(question && question->isVisible());
    QCOMPARE(question->defaultButton()->text(), u"Cancel"_s);
    question->reject();
    QVERIFY(rowOf(u"echo leader"_s) >= 0);
    QTRY_VERIFY(!m_tab->window()->findChild<QMessageBox *>());
    act(u"process.kill"_s);
    question = m_tab->window()->findChild<QMessageBox *>();
    QVERIFY(question); // it leads a session
    question->reject();
    QTRY_VERIFY(!m_tab->window()->findChild<QMessageBox *>());
    QVERIFY(choose(u"echo leader"_s));
    act(u"process.killTree"_s);
    question = m_tab->window()->findChild<QMessageBox *>();
    for (QAbstractButton *each : question->buttons()) {
        if (question->buttonRole(each) == QMessageBox::DestructiveRole)
            each->click();
    }
    QVERIFY(gone(u"sleep 2020"_s));
    QVERIFY(gone(u"sleep 2021"_s));
    QVERIFY(gone(u"echo leader"_s));
}

void ProcessesTabTest::copiesWhatAShellTakes()
{
    m_bench->run(u"mine"_s, "exec -a $'it\\'s\\nme' sleep 2030");
    QVERIFY(choose(u"2030"_s));
    act(u"process.copyCommand"_s);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"'it'\\''s\nme' 2030"_s);
    act(u"process.copyPid"_s);
    QVERIFY(QGuiApplication::clipboard()->text().toInt() > 1);
}

void ProcessesTabTest::whatCarriesTheSandboxIsRefused()
{
    QVERIFY(choose(u"quarry-agent"_s));
    act(u"process.terminate"_s);
    // It leads no session that others are in, or the person says yes: either way it is refused.
    if (auto *question = m_tab->window()->findChild<QMessageBox *>()) {
        for (QAbstractButton *each : question->buttons()) {
            if (question->buttonRole(each) == QMessageBox::DestructiveRole)
                each->click();
        }
    }
    QVERIFY(HostBench::wait([&] { return m_notices->count() == 1; }));
    QVERIFY(HostBench::wait([&] { return rowOf(u"quarry-agent"_s) >= 0; }));
}

void ProcessesTabTest::stoppedSandboxSaysSo()
{
    QVERIFY(HostBench::wait([&] { return rowOf(u"quarry-agent"_s) >= 0; }));
    QVERIFY(m_bench->stop(u"mine"_s));
    m_tab->show(m_bench->info(u"mine"_s));
    QVERIFY(!table());
    QVERIFY(says(m_tab.get(), u"Not running"_s));
    QVERIFY(button(m_tab.get(), u"Restart sandbox"_s));
    QCOMPARE(nameless(m_tab.get()), QStringList());
}

QTEST_MAIN(ProcessesTabTest)
#include "tst_processestab.moc"
