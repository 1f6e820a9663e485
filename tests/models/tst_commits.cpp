// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Commits of a real sandbox from the window.
#include "gui/pagecheck.h"
#include "hostbench.h"
#include "support/parts.h"
#include "widgets/common/actionregistry.h"
#include "widgets/common/activitymodel.h"
#include "widgets/common/notices.h"
#include "widgets/pages/sandboxes/commitdialog.h"
#include "widgets/pages/sandboxes/newsandboxdialog.h"
#include "widgets/pages/sandboxes/sandboxactions.h"
#include "widgets/theme/theme.h"

#include <QComboBox>

#include <QSignalSpy>

using namespace quarry;
using namespace quarry::test;
using namespace quarry::widgets;
using namespace quarry::widgets::test;
using namespace Qt::StringLiterals;

class CommitsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void freeNames();
    void returnCommits();
    void fromTheFormToANewSandbox();
    void takenAndBadNamesAreSaid();
    void stoppedOneToo();
    void cancelled();

private:
    CommitDialog *openForm();
    QString committed(const QString &image); // the notice

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<HostBench> m_bench;
    ActionRegistry m_actions;
    ActivityModel m_activity;
    Notices m_notices;
    std::unique_ptr<QWidget> m_window;
    SandboxActions *m_sandboxes = nullptr;
    NoticeId m_notice = 0;
};

void CommitsTest::initTestCase()
{
    m_theme = std::make_unique<Theme>(SchemeChoice::Light);
    m_bench = std::make_unique<HostBench>();
    QUARRY_NEEDS(m_bench->problem());
    QVERIFY(m_bench->start(u"My.Box"_s));
    m_window = std::make_unique<QWidget>();
    m_sandboxes = new SandboxActions(
        {m_bench->host(), m_bench->model(), m_actions, m_activity, m_notices}, m_window.get());
    m_window->show();
    m_sandboxes->choose({u"My.Box"_s});
    connect(&m_notices, &Notices::posted, this, [this](NoticeId id) { m_notice = id; });
}

void CommitsTest::cleanupTestCase()
{
    m_window.reset();
    m_bench.reset();
}

CommitDialog *CommitsTest::openForm()
{
    m_actions.action(u"sandbox.commit"_s)->trigger();
    return m_window->findChild<CommitDialog *>();
}

QString CommitsTest::committed(const QString &image)
{
    m_notice = 0;
    CommitDialog *form = openForm();
    if (!form)
        return u"no form"_s;
    named<QLineEdit>(form, u"Image name"_s)->setText(image);
    button(form, u"Commit"_s)->click();
    HostBench::wait([&] { return m_notice != 0; });
    return m_notices.notice(m_notice).text;
}

void CommitsTest::freeNames()
{
    QCOMPARE(freeImageName(u"My.Box_2"_s, {}), u"my-box-2:1"_s);
    QCOMPARE(freeImageName(u"a"_s, {u"a:1"_s, u"a:2"_s}), u"a:3"_s);
    QCOMPARE(freeImageName(u"--"_s, {}), u"sandbox:1"_s);
    QCOMPARE(freeImageName(u"host"_s, {}), u"sandbox:1"_s);
}

void CommitsTest::returnCommits()
{
    CommitDialog *form = openForm();
    QVERIFY(form);
    form->disconnect(); // nothing is to come of it
    QSignalSpy requested(form, &CommitDialog::commitRequested);
    QTest::keyClick(named<QLineEdit>(form, u"Image name"_s), Qt::Key_Return);
    QCOMPARE(requested.size(), 1);
    form->reject();
    QTRY_VERIFY(!m_window->findChild<CommitDialog *>());
}

void CommitsTest::fromTheFormToANewSandbox()
{
    CommitDialog *form = openForm();
    QVERIFY(form);
    QCOMPARE(form->image(), u"my-box:1"_s);
    QCOMPARE(nameless(form), QStringList());
    auto *shell = named<QPlainTextEdit>(form, u"Shell command"_s);
    QCOMPARE(shell->toPlainText(), u"quarry sandbox commit My.Box my-box:1"_s);
    QVERIFY(named<QPlainTextEdit>(form, u"HTTP call"_s)
                ->toPlainText()
                .contains(u"/sandboxes/My.Box/commit"_s));
    form->reject();
    QTRY_VERIFY(!m_window->findChild<CommitDialog *>());
    QVERIFY(committed(u"my-box:1"_s).contains(u"my-box:1"_s));
    QCOMPARE(m_notices.notice(m_notice).kind, NoticeKind::Success);
    QCOMPARE(m_activity.underWay(), 0);
    QCOMPARE(m_activity.rowCount(), 1);
    m_notices.act(m_notice);
    auto *next = m_window->findChild<NewSandboxDialog *>();
    QVERIFY(next);
    QCOMPARE(next->request().image, u"my-box:1"_s);
    next->reject();
}

void CommitsTest::takenAndBadNamesAreSaid()
{
    CommitDialog *form = openForm();
    QVERIFY(HostBench::wait([&] { return form->image() == u"my-box:2"_s; }));
    auto *name = named<QLineEdit>(form, u"Image name"_s);
    name->setText(u"my-box:1"_s);
    QVERIFY(says(form, u"There is an image of this name"_s));
    name->setText(u" "_s);
    QVERIFY(!button(form, u"Commit"_s)->isEnabled());
    name->setText(u"Not An Image!"_s);
    button(form, u"Commit"_s)->click();
    QVERIFY(HostBench::wait([&] { return says(form, u"Not An Image!"_s); }));
    QVERIFY(form->isVisible());
    form->reject();
    QTRY_VERIFY(!m_window->findChild<CommitDialog *>());
    QCOMPARE(m_activity.rowCount(), 1);
}

void CommitsTest::stoppedOneToo()
{
    QVERIFY(m_bench->stop(u"My.Box"_s));
    QVERIFY(committed(u"my-box:2"_s).contains(u"my-box:2"_s));
    QCOMPARE(m_notices.notice(m_notice).kind, NoticeKind::Success);
}

void CommitsTest::cancelled()
{
    // It ends either way, whichever was first: the cancel or the commit.
    CommitDialog *form = openForm();
    named<QLineEdit>(form, u"Image name"_s)->setText(u"my-box:3"_s);
    bool asked = false;
    const auto connection
        = connect(&m_activity, &QAbstractItemModel::rowsInserted, this, [this, &asked] {
              asked = m_activity.canCancel(m_activity.current());
              m_activity.cancel(m_activity.current());
          });
    button(form, u"Commit"_s)->click();
    QVERIFY(HostBench::wait([&] { return asked && m_activity.underWay() == 0; }));
    disconnect(connection);
    m_bench->host().post([](engine::Engine &engine) {
        QVERIFY(!engine.sandboxes().cancelCommit(u"My.Box"_s)); // none runs
    });
    // And the next one is not in its way.
    QVERIFY(committed(u"my-box:4"_s).contains(u"my-box:4"_s));
}

QTEST_MAIN(CommitsTest)
#include "tst_commits.moc"
