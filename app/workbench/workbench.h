// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The desktop program: an engine, a window over it, and the pages in it.
#pragma once

#include "engine/enginehost.h"
#include "secondstart.h"
#include "serverhost.h"
#include "service/settings.h"
#include "service/signalwatch.h"
#include "widgets/models/machinegauge.h"
#include "widgets/models/machinehistory.h"
#include "widgets/models/sandboxmodel.h"
#include "widgets/models/settingsstore.h"
#include "widgets/models/usehistory.h"
#include "widgets/pages/gem/livecount.h"
#include "widgets/shell/window.h"
#include "widgets/theme/theme.h"

#include <memory>

namespace quarry::widgets {
class SandboxActions;
}

namespace quarry::workbench {

class Workbench : public QObject
{
    Q_OBJECT
public:
    // SETTINGS are what CONFIG of SOURCES says.
    Workbench(service::Settings settings, const config::Sources &sources,
              const config::Config &config, QObject *parent = nullptr);
    ~Workbench() override;

    // Shows the window at once; the engine opens meanwhile.
    void start();

    engine::EngineHost &host() { return m_host; }
    widgets::Window &window() { return *m_window; }
    widgets::SandboxModel &sandboxes() { return m_sandboxes; }
    widgets::MachineGauge &gauge() { return m_gauge; }

private:
    void addPages();
    widgets::Page *makeOverview();
    widgets::Page *makeSandboxes();
    widgets::Page *makeSettings();
    void showSandbox(const QString &id);
    void settingsChanged();
    void opened(const Result<QString> &recovered);
    void tellRecovery(const QStringList &lines);
    void showServer();
    void showRate(const widgets::RequestBatch &batch);
    void showMachine();
    void showEnvironments();
    bool mayClose();
    void goOnWithoutWindow();
    void bringWindow();
    void startAnew();
    void quit();

    service::SignalWatch m_signals;
    service::Settings m_settings;
    widgets::SettingsStore m_store;
    widgets::Theme m_theme;
    engine::EngineHost m_host;
    ServerHost m_server;
    SecondStart m_secondStart;
    widgets::SandboxModel m_sandboxes;
    widgets::UseHistory m_uses;
    widgets::MachineGauge m_gauge;
    widgets::MachineHistory m_history;
    widgets::LiveCount m_environments;
    std::unique_ptr<widgets::Window> m_window;
    widgets::SandboxActions *m_sandboxActions = nullptr;
    double m_requestRate = 0; // a second
};

} // namespace quarry::workbench
