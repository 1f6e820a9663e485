// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// An engine with one running sandbox, "mine", for what a window asks of it.
#pragma once

#include "hostbench.h"

#include <memory>
#include <optional>

namespace quarry::test {

class RunningSandbox
{
public:
    engine::EngineHost &host() { return m_bench.host(); }
    static QString id() { return QStringLiteral("mine"); }

    // Why there is none; empty when it runs.
    QString start()
    {
        if (!m_bench.problem().isEmpty())
            return m_bench.problem();
        return m_bench.start(id()) ? QString() : QStringLiteral("the sandbox does not start");
    }

    void stop() { m_bench.stop(id()); }

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
        return wait<T>(
            [&](Callback<T> done) { host().ask<T>(&host(), std::move(work), std::move(done)); });
    }

    HostBench m_bench;
};

} // namespace quarry::test
