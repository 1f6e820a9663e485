// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A real engine on its own thread, a model of its sandboxes, and sandboxes on request.
#pragma once

#include "engine/enginehost.h"
#include "widgets/models/sandboxmodel.h"

#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <memory>
#include <optional>

namespace quarry::test {

class HostBench
{
public:
    // PREPARE is given the data folder before the engine opens.
    explicit HostBench(const std::function<void(const QString &)> &prepare = {})
    {
        engine::EngineSettings settings;
        settings.dataFolder = m_folder.path() + QStringLiteral("/data");
        settings.programFolder = QStringLiteral(QUARRY_BIN_DIR);
        settings.deleteOnExit = true;
        if (prepare)
            prepare(settings.dataFolder);
        m_host = std::make_unique<engine::EngineHost>(settings);
        std::optional<Result<QString>> opened;
        m_host->open([&](const Result<QString> &result) { opened = result; });
        wait([&] { return opened.has_value(); });
        if (!opened)
            m_problem = QStringLiteral("the engine did not open");
        else if (!*opened)
            m_problem = opened->error().message;
        m_model = std::make_unique<widgets::SandboxModel>(*m_host);
    }
    ~HostBench()
    {
        bool closed = false;
        m_host->close([&](const Result<void> &) { closed = true; });
        wait([&] { return closed; });
        m_model.reset();
    }

    // Why there is no engine; empty when there is one.
    QString problem() const { return m_problem; }
    engine::EngineHost &host() { return *m_host; }
    widgets::SandboxModel &model() { return *m_model; }
    const sandbox::SandboxInfo &info(const QString &id) const { return *m_model->find(id); }

    static bool wait(const std::function<bool()> &until) { return QTest::qWaitFor(until, 60'000); }

    // False when it does not run after a minute.
    bool start(const QString &id)
    {
        sandbox::SandboxRequest request;
        request.image = QStringLiteral("host");
        request.id = id;
        m_host->post([request](engine::Engine &engine) {
            engine.sandboxes().start(request, [](const Result<sandbox::SandboxInfo> &) { });
        });
        return wait([&] { return isIn(id, sandbox::State::Running); });
    }
    bool stop(const QString &id)
    {
        m_host->post([id](engine::Engine &engine) {
            engine.sandboxes().stop(id, [](const Result<void> &) { });
        });
        return wait([&] { return isIn(id, sandbox::State::Stopped); });
    }
    // Runs a line of bash in it; nobody waits for it.
    void run(const QString &id, const QByteArray &line)
    {
        sandbox::CommandRequest request;
        request.argv = {"/bin/bash", "-c", line};
        m_host->post([id, request](engine::Engine &engine) {
            engine.sandboxes().execute(id, request, [](const Result<sandbox::CommandResult> &) { });
        });
    }

private:
    bool isIn(const QString &id, sandbox::State state) const
    {
        const sandbox::SandboxInfo *info = m_model->find(id);
        return info && info->state == state;
    }

    QTemporaryDir m_folder{QStringLiteral("/var/tmp/quarry-bench-XXXXXX")};
    std::unique_ptr<engine::EngineHost> m_host;
    std::unique_ptr<widgets::SandboxModel> m_model;
    QString m_problem;
};

} // namespace quarry::test
