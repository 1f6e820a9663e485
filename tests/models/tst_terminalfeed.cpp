// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A real shell in a real sandbox, seen from the window's thread.
#include "support/parts.h"
#include "widgets/common/actionregistry.h"
#include "widgets/common/notices.h"
#include "widgets/models/sandboxmodel.h"
#include "widgets/pages/sandboxes/terminals/terminalframe.h"
#include "widgets/pages/sandboxes/terminals/terminalstab.h"
#include "widgets/terminal/terminalview.h"

#include <QTemporaryDir>
#include <QTest>

using namespace quarry;
using namespace quarry::engine;
using namespace quarry::widgets;
using namespace Qt::StringLiterals;

class TerminalFeedTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void shellIsTypedInto();
    void floodReachesTheScreen();
    void endedShellSaysWhy();
    void stoppedSandboxSaysWhy();

private:
    QString screen() const;
    bool shows(const QString &text) const;
    TerminalView *view() const { return m_tab->area()->current()->view(); }

    QTemporaryDir m_folder{u"/var/tmp/quarry-feed-XXXXXX"_s};
    std::unique_ptr<EngineHost> m_host;
    std::unique_ptr<SandboxModel> m_model;
    ActionRegistry m_actions;
    Notices m_notices;
    std::unique_ptr<TerminalsTab> m_tab;
};

void TerminalFeedTest::initTestCase()
{
    EngineSettings settings;
    settings.dataFolder = m_folder.path() + u"/data"_s;
    settings.programFolder = QStringLiteral(QUARRY_BIN_DIR);
    settings.deleteOnExit = true;
    m_host = std::make_unique<EngineHost>(settings);
    QString problem = u"no answer"_s;
    bool answered = false;
    m_host->open([&](const Result<QString> &opened) {
        problem = opened ? QString() : opened.error().message;
        answered = true;
    });
    QVERIFY(QTest::qWaitFor([&] { return answered; }, 30000));
    QUARRY_NEEDS(problem);
    m_model = std::make_unique<SandboxModel>(*m_host);
    sandbox::SandboxRequest request;
    request.image = u"host"_s;
    request.id = u"mine"_s;
    m_host->post([request](Engine &engine) {
        engine.sandboxes().start(request, [](const Result<sandbox::SandboxInfo> &) { });
    });
    QVERIFY(QTest::qWaitFor(
        [&] {
            const sandbox::SandboxInfo *info = m_model->find(u"mine"_s);
            return info && info->state == sandbox::State::Running;
        },
        30000));
    m_actions.add({.id = u"sandbox.shell"_s, .text = u"Open shell"_s}, this, [] { });
    m_tab = std::make_unique<TerminalsTab>(TerminalsTab::Parts{*m_host, m_actions, m_notices});
    m_tab->resize(800, 500);
    m_tab->show();
    m_tab->show(*m_model->find(u"mine"_s));
    QVERIFY(QTest::qWaitForWindowExposed(m_tab.get()));
}

void TerminalFeedTest::cleanupTestCase()
{
    m_tab.reset();
    m_model.reset();
    bool closed = !m_host;
    if (m_host)
        m_host->close([&](const Result<void> &) { closed = true; });
    QVERIFY(QTest::qWaitFor([&] { return closed; }, 30000));
    m_host.reset();
}

QString TerminalFeedTest::screen() const
{
    LiveTerminal *terminal = m_tab->area()->currentTerminal();
    if (!terminal)
        return {};
    std::string text;
    terminal::Lines lines(terminal->surface()->emulator());
    for (std::uint64_t line = lines.screenBegin(); line < lines.end(); ++line) {
        lines.appendUtf8(line, text);
        text += '\n';
    }
    return QString::fromStdString(text);
}

bool TerminalFeedTest::shows(const QString &text) const
{
    return QTest::qWaitFor([&] { return screen().contains(text); }, 20000);
}

void TerminalFeedTest::shellIsTypedInto()
{
    m_tab->openShell();
    QVERIFY(QTest::qWaitFor([&] { return m_tab->count() == 1; }, 10000));
    QVERIFY(QTest::qWaitFor([&] { return view()->isInteractive(); }, 10000));
    QTest::keyClicks(view(), u"echo an''swer $((40+2)); stty size"_s);
    QTest::keyClick(view(), Qt::Key_Return);
    QVERIFY2(shows(u"answer 42"_s), qPrintable(screen()));
    QVERIFY2(shows(u"\n%1 %2\n"_s.arg(view()->visibleRows()).arg(view()->visibleColumns())),
             qPrintable(screen()));
}

void TerminalFeedTest::floodReachesTheScreen()
{
    QTest::keyClicks(view(), u"head -c 5000000 /dev/zero | tr '\\0' x; echo; echo do''ne"_s);
    QTest::keyClick(view(), Qt::Key_Return);
    QVERIFY2(shows(u"\ndone\n"_s), qPrintable(screen()));
}

void TerminalFeedTest::endedShellSaysWhy()
{
    LiveTerminal *terminal = m_tab->area()->currentTerminal();
    QTest::keyClicks(view(), u"exit 7"_s);
    QTest::keyClick(view(), Qt::Key_Return);
    QVERIFY(QTest::qWaitFor([&] { return terminal->hasEnded(); }, 10000));
    QVERIFY2(terminal->endReason().contains(u"code 7"_s), qPrintable(terminal->endReason()));
    QVERIFY(!view()->isInteractive());
    QCOMPARE(m_tab->count(), 0);
    QVERIFY(screen().contains(u"done"_s)); // what it showed stays
}

void TerminalFeedTest::stoppedSandboxSaysWhy()
{
    m_tab->openShell();
    QVERIFY(QTest::qWaitFor([&] { return m_tab->count() == 1 && view()->isInteractive(); }, 10000));
    LiveTerminal *terminal = m_tab->area()->currentTerminal();
    m_host->post(
        [](Engine &engine) { engine.sandboxes().stop(u"mine"_s, [](const Result<void> &) { }); });
    QVERIFY(QTest::qWaitFor([&] { return terminal->hasEnded(); }, 20000));
    QVERIFY(!terminal->endReason().isEmpty());
    QCOMPARE(m_tab->count(), 0);
}

QTEST_MAIN(TerminalFeedTest)
#include "tst_terminalfeed.moc"
