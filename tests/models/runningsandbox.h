// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// An engine with one running sandbox, "mine", for what a window asks of it.
#pragma once

#include "engine/enginehost.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <optional>

namespace quarry::test {

class RunningSandbox
{
public:
    RunningSandbox()
    {
        engine::EngineSettings settings;
        settings.dataFolder = m_folder.path() + QStringLiteral("/data");
        settings.programFolder = QStringLiteral(QUARRY_BIN_DIR);
        settings.deleteOnExit = true;
        m_host = std::make_unique<engine::EngineHost>(settings);
    }
    ~RunningSandbox()
    {
        bool closed = false;
        m_host->close([&](const Result<void> &) { closed = true; });
        (void)QTest::qWaitFor([&] { return closed; }, 60'000);
    }

    engine::EngineHost &host() { return *m_host; }
    static QString id() { return QStringLiteral("mine"); }

    // Why there is none; empty when it runs.
    QString start()
    {
        const Result<QString> opened
            = wait<QString>([this](Callback<QString> done) { m_host->open(std::move(done)); });
        if (!opened)
            return opened.error().message;
        const Result<sandbox::SandboxInfo> info = ask<sandbox::SandboxInfo>(
            [](engine::Engine &engine, const Callback<sandbox::SandboxInfo> &done) {
                sandbox::SandboxRequest request;
                request.image = QStringLiteral("host");
                request.id = id();
                engine.sandboxes().start(
                    request, [&engine, done](const Result<sandbox::SandboxInfo> &accepted) {
                        if (accepted)
                            engine.sandboxes().awaitStart(id(), -1, done);
                        else
                            done(accepted.error());
                    });
            });
        return info ? QString() : info.error().message;
    }

    void stop()
    {
        (void)ask<void>([](engine::Engine &engine, Callback<void> done) {
            engine.sandboxes().stop(id(), std::move(done));
        });
    }

    // What LINE prints in the sandbox, in /root.
    QByteArray shell(const QByteArray &line)
    {
        const Result<sandbox::CommandResult> result = ask<sandbox::CommandResult>(
            [line](engine::Engine &engine, Callback<sandbox::CommandResult> done) {
                sandbox::CommandRequest request;
                request.argv = {"/bin/bash", "-c", line};
                engine.sandboxes().execute(id(), request, std::move(done));
            });
        return result ? result->standardOutput.join() : result.error().message.toUtf8();
    }

    sandbox::SandboxInfo info()
    {
        return *ask<sandbox::SandboxInfo>(
            [](engine::Engine &engine, const Callback<sandbox::SandboxInfo> &done) {
                done(engine.sandboxes().info(id()));
            });
    }

    template <typename T>
    static Result<T> wait(const std::function<void(Callback<T>)> &ask)
    {
        const auto result = std::make_shared<std::optional<Result<T>>>(); // an answer may be late
        ask([result](Result<T> given) { *result = std::move(given); });
        (void)QTest::qWaitFor([&] { return result->has_value(); }, 240'000);
        return *result ? **result : Result<T>(ErrorCode::Timeout, QStringLiteral("no answer"));
    }

private:
    template <typename T>
    Result<T> ask(std::function<void(engine::Engine &, Callback<T>)> work)
    {
        return wait<T>([&](Callback<T> done) {
            m_host->ask<T>(m_host.get(), std::move(work), std::move(done));
        });
    }

    QTemporaryDir m_folder{QStringLiteral("/var/tmp/quarry-window-XXXXXX")};
    std::unique_ptr<engine::EngineHost> m_host;
};

} // namespace quarry::test
