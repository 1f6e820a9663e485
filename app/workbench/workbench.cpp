// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workbench.h"

#include "service/doctor.h"
#include "widgets/common/format.h"
#include "widgets/common/actionregistry.h"
#include "widgets/common/activitymodel.h"
#include "widgets/common/notices.h"
#include "widgets/common/question.h"
#include "widgets/models/sandboxsource.h"
#include "widgets/pages/gem/gempage.h"
#include "widgets/pages/overview/housekeeping.h"
#include "widgets/pages/overview/overviewpage.h"
#include "widgets/pages/sandboxes/files/filestab.h"
#include "widgets/pages/sandboxes/log/logtab.h"
#include "widgets/pages/sandboxes/processes/processestab.h"
#include "widgets/pages/sandboxes/sandboxactions.h"
#include "widgets/pages/sandboxes/sandboxespage.h"
#include "widgets/pages/sandboxes/statistics/statisticstab.h"
#include "widgets/pages/sandboxes/terminals/terminalstab.h"
#include "widgets/pages/server/serveractions.h"
#include "widgets/pages/server/serverpage.h"
#include "widgets/pages/settings/settingspage.h"

#include <QApplication>
#include <QDir>
#include <QProcess>
#include <QStandardPaths>

#include <algorithm>

namespace quarry::workbench {

using namespace Qt::StringLiterals;
using widgets::ServerControl;

namespace {

QString configFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/quarry"_s;
}

QString stateFile()
{
    QDir().mkpath(configFolder());
    return configFolder() + u"/workbench.ini"_s;
}

} // namespace

Workbench::Workbench(service::Settings settings, const config::Sources &sources,
                     const config::Config &config, QObject *parent)
    : QObject(parent), m_settings(std::move(settings)),
      m_store(sources, config, configFolder() + u"/config.json"_s), m_host(m_settings.engine),
      m_server(m_host, m_settings), m_sandboxes(m_host), m_uses(m_sandboxes), m_history(m_gauge),
      m_environments(m_host), m_window(std::make_unique<widgets::Window>(&m_theme, stateFile()))
{
    connect(&m_gauge, &widgets::MachineGauge::changed, this, &Workbench::showMachine);
    connect(&m_sandboxes, &widgets::SandboxModel::countsChanged, this, &Workbench::showMachine);
    connect(&m_environments, &widgets::LiveCount::changed, this, &Workbench::showEnvironments);
    connect(&m_server, &ServerControl::changed, this, &Workbench::showServer);
    connect(&m_server, &ServerControl::requestsSeen, this, &Workbench::showRate);
    connect(m_window.get(), &widgets::Window::closed, this, &Workbench::quit);
    // A session that ends, or Ctrl-C in the terminal it was started from.
    connect(&m_signals, &service::SignalWatch::interrupted, m_window.get(),
            &widgets::Window::closeNow);
    connect(&m_secondStart, &SecondStart::called, this, &Workbench::bringWindow);
    m_window->setCloseGuard([this] { return mayClose(); });
    m_sandboxActions = new widgets::SandboxActions(
        {m_host, m_sandboxes, *m_window->actions(), *m_window->activity(), *m_window->notices()},
        m_window.get());
    new widgets::Housekeeping(
        {m_host, m_sandboxes, *m_window->actions(), *m_window->activity(), *m_window->notices()},
        m_window.get());
    m_window->addPaletteSource(std::make_unique<widgets::SandboxSource>(
        m_sandboxes, [this](const QString &id) { showSandbox(id); }));
    new widgets::ServerActions(m_server, *m_window->actions(), *m_window->notices(),
                               m_window.get());
    addPages();
    showServer();
}

Workbench::~Workbench() = default;

void Workbench::addPages()
{
    m_window->addPage(
        {.id = u"overview"_s, .title = tr("Overview"), .icon = u"overview"_s, .make = [this] {
             return makeOverview();
         }});
    m_window->addPage(
        {.id = u"sandboxes"_s, .title = tr("Sandboxes"), .icon = u"sandboxes"_s, .make = [this] {
             return makeSandboxes();
         }});
    m_window->addPage(
        {.id = u"gem"_s, .title = tr("GEM"), .icon = u"gem"_s, .make = [this]() -> widgets::Page * {
             return new widgets::GemPage({m_host, *m_window->actions(), *m_window->activity(),
                                          *m_window->notices(), m_environments});
         }});
    m_window->addPage({.id = u"server"_s,
                       .title = tr("Server"),
                       .icon = u"server"_s,
                       .make = [this]() -> widgets::Page * {
                           return new widgets::ServerPage(m_server, *m_window->actions(),
                                                          m_settings.dataFolder);
                       }});
    m_window->addPage({.id = u"settings"_s,
                       .title = tr("Settings"),
                       .icon = u"settings"_s,
                       .atBottom = true,
                       .make = [this] { return makeSettings(); }});
    connect(&m_store, &widgets::SettingsStore::changed, this, &Workbench::settingsChanged);
    connect(m_sandboxActions, &widgets::SandboxActions::shellRequested, m_window.get(),
            [this](const QString &id) {
                m_window->showPage(u"sandboxes"_s);
                auto *page = qobject_cast<widgets::SandboxesPage *>(m_window->page(u"sandboxes"_s));
                if (page)
                    page->openShell(id);
            });
    connect(m_sandboxActions, &widgets::SandboxActions::created, m_window.get(),
            [this] { m_window->showPage(u"sandboxes"_s); });
}

widgets::Page *Workbench::makeOverview()
{
    auto *page = new widgets::OverviewPage(
        m_sandboxes, m_gauge, m_history,
        [folder = m_settings.dataFolder, images = m_settings.engine.imagesFolder] {
            return widgets::diskUse(folder, images.isEmpty() ? folder + u"/images"_s : images);
        },
        *m_window->actions());
    connect(page, &widgets::OverviewPage::sandboxChosen, this, &Workbench::showSandbox);
    return page;
}

widgets::Page *Workbench::makeSandboxes()
{
    widgets::ActionRegistry &actions = *m_window->actions();
    widgets::Notices &notices = *m_window->notices();
    return new widgets::SandboxesPage(
        m_sandboxes, *m_sandboxActions, actions,
        {new widgets::TerminalsTab({m_host, actions, notices}),
         new widgets::FilesTab({m_host, actions, *m_window->activity(), notices}),
         new widgets::ProcessesTab({m_host, actions, notices}),
         new widgets::StatisticsTab(m_uses, actions),
         new widgets::LogTab({m_host, m_server.calls(), m_server, actions})});
}

void Workbench::showSandbox(const QString &id)
{
    m_window->showPage(u"sandboxes"_s);
    if (auto *page = qobject_cast<widgets::SandboxesPage *>(m_window->page(u"sandboxes"_s)))
        page->show(id);
}

widgets::Page *Workbench::makeSettings()
{
    const auto examine = [settings = m_settings]() -> widgets::Diagnosis {
        const QList<runtime::Finding> findings = service::examineMachine(settings);
        return {findings, service::appArmorAdvice(findings, settings)};
    };
    return new widgets::SettingsPage(m_store, m_theme, *m_window->actions(), examine);
}

// The server follows at its next start; the engine has been made.
void Workbench::settingsChanged()
{
    const Result<service::Settings> settings = service::settingsOf(m_store.config());
    if (!settings) {
        m_window->notices()->post({.kind = widgets::NoticeKind::Warning,
                                   .text = settings.error().message,
                                   .actionText = {},
                                   .action = {}});
        return;
    }
    m_server.setSettings(*settings);
}

void Workbench::start()
{
    m_window->show();
    m_gauge.setRunning(true);
    m_host.open([this](const Result<QString> &recovered) { opened(recovered); });
}

void Workbench::opened(const Result<QString> &recovered)
{
    widgets::Notices &notices = *m_window->notices();
    m_server.engineReady(recovered.ok());
    if (!recovered) {
        notices.post({.kind = widgets::NoticeKind::Failure,
                      .text = recovered.error().message,
                      .actionText = tr("Try again"),
                      .action = [this] { startAnew(); }});
        return;
    }
    m_window->preparePage(u"sandboxes"_s); // the palette finds what can be done with terminals
    tellRecovery(recovered->split(u'\n', Qt::SkipEmptyParts));
    m_sandboxes.load();
    if (const Result<void> awaited = m_secondStart.await(m_settings.dataFolder); !awaited)
        notices.post({.kind = widgets::NoticeKind::Warning,
                      .text = awaited.error().message,
                      .actionText = {},
                      .action = {}});
    m_server.openSocket([this](const Result<void> &bound) {
        if (!bound)
            m_window->notices()->post({.kind = widgets::NoticeKind::Warning,
                                       .text = bound.error().message,
                                       .actionText = {},
                                       .action = {}});
    });
}

// What an earlier run left is one notice; the lines are in the activity panel.
void Workbench::tellRecovery(const QStringList &lines)
{
    if (lines.isEmpty())
        return;
    widgets::ActivityModel &activity = *m_window->activity();
    for (const QString &line : lines) {
        const widgets::ActivityId id
            = activity.begin({.text = line, .kind = tr("Recovery"), .cancel = {}, .open = {}});
        activity.end(id, widgets::State::Success);
    }
    m_window->notices()->post(
        {.kind = widgets::NoticeKind::Info,
         .text = tr("An earlier run did not end in good order; what it left was put right."),
         .actionText = tr("Show what was done"),
         .action = [this] { m_window->actions()->action(u"window.activity"_s)->trigger(); }});
}

void Workbench::showServer()
{
    const bool on = m_server.state() == ServerControl::State::On;
    QString address = m_server.addresses().value(0);
    address.remove(u"http://"_s);
    if (!on)
        m_requestRate = 0;
    m_window->setServer({on, address, m_requestRate});
}

// Smoothed: batches come every second, or ten times as often.
void Workbench::showRate(const widgets::RequestBatch &batch)
{
    m_history.countRequests(batch.count);
    const double seconds = std::chrono::duration<double>(batch.span).count();
    if (seconds <= 0)
        return;
    const double weight = std::min(1.0, seconds);
    m_requestRate += weight * (double(batch.count) / seconds - m_requestRate);
    if (m_requestRate < 0.05)
        m_requestRate = 0;
    showServer();
}

void Workbench::showMachine()
{
    const widgets::SandboxModel::Counts counts = m_sandboxes.counts();
    m_window->setMachineUse(
        {m_gauge.cpu(), m_gauge.memory().used, m_gauge.memory().total, counts.running});
    if (counts.failed > 0 && counts.running == 0)
        m_window->setBadge(
            u"sandboxes"_s,
            {counts.failed, widgets::State::Failed, tr("%n failed", nullptr, counts.failed)});
    else
        m_window->setBadge(
            u"sandboxes"_s,
            {counts.running, widgets::State::Running, tr("%n running", nullptr, counts.running)});
}

void Workbench::showEnvironments()
{
    const int open = m_environments.value();
    m_window->setBadge(u"gem"_s, {open, widgets::State::Running, tr("%n open", nullptr, open)});
}

// Asks once when something would end with the window, or be lost.
bool Workbench::mayClose()
{
    const int running = m_sandboxes.counts().running;
    const bool serving = m_server.state() == ServerControl::State::On;
    const auto *page = qobject_cast<widgets::SandboxesPage *>(m_window->page(u"sandboxes"_s));
    const int unsaved = page ? page->unsavedFiles() : 0;
    if (running == 0 && !serving && unsaved == 0)
        return true;
    const bool stops = running > 0 || serving;
    widgets::Question question;
    question.title = tr("Quit Quarry");
    QStringList what;
    if (unsaved > 0)
        what.append(widgets::counted(unsaved, tr("A file was changed and is not saved."),
                                     tr("%1 files were changed and are not saved.")));
    if (running > 0)
        what.append(widgets::counted(running, tr("A sandbox is running."),
                                     tr("%1 sandboxes are running.")));
    else if (serving)
        what.append(tr("The server is running."));
    question.text = what.join(u' ');
    if (stops) {
        question.detail
            = tr("Stopped sandboxes keep their files, and a restart brings them back; what runs in "
                 "them ends. Or Quarry goes on without a window, which the next start of the "
                 "program brings back.");
        question.choices.append({tr("Keep running"), false, [this] { goOnWithoutWindow(); }});
    } else {
        question.detail = tr("What was changed is lost.");
    }
    question.choices.append(
        {stops ? tr("Stop and quit") : tr("Quit"), true, [this] { m_window->closeNow(); }});
    widgets::ask(m_window.get(), m_window.get(), question);
    return false;
}

void Workbench::goOnWithoutWindow()
{
    m_window->saveState();
    m_window->hide();
    m_gauge.setRunning(false);
}

void Workbench::bringWindow()
{
    m_gauge.setRunning(true);
    m_window->setWindowState(m_window->windowState() & ~Qt::WindowMinimized);
    m_window->show();
    m_window->raise();
    m_window->activateWindow();
}

// What could not be had when the program started is had by a start.
void Workbench::startAnew()
{
    QProcess::startDetached(QApplication::applicationFilePath(), QApplication::arguments().mid(1));
    m_window->closeNow();
}

void Workbench::quit()
{
    m_gauge.setRunning(false);
    m_host.close([](const Result<void> &) { QApplication::quit(); });
}

} // namespace quarry::workbench
