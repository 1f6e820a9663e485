// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/execrun.h"

#include "cli/context.h"
#include "service/signalwatch.h"

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

Error notStarted(const sandbox::SandboxInfo &info)
{
    QString why = info.reason;
    for (const sandbox::Phase &phase : info.phases) {
        if (phase.status == "failed"_L1 || phase.status == "timeout"_L1)
            why = phase.message;
    }
    return {ErrorCode::CommandFailed, u"The sandbox could not start: "_s + why, {}};
}

} // namespace

ExecRun::ExecRun(service::Settings settings, ExecSpec spec, Context &context, QObject *parent)
    : QObject(parent), m_spec(std::move(spec)), m_context(context), m_local(std::move(settings))
{
    connect(&context.signalWatch(), &service::SignalWatch::interrupted, this, [this] {
        if (!m_relay)
            fail({ErrorCode::Cancelled, u"Interrupted."_s, {}}, exitcode::interrupted);
    });
}

void ExecRun::start()
{
    m_local.open([this](const Result<void> &result) { opened(result); });
}

void ExecRun::opened(const Result<void> &result)
{
    if (!result)
        fail(result.error(), exitcode::notStarted);
    else if (!m_closing)
        m_local.engine().sandboxes().start(
            m_spec.sandbox, [this](const Result<sandbox::SandboxInfo> &info) { accepted(info); });
}

void ExecRun::accepted(const Result<sandbox::SandboxInfo> &info)
{
    if (!info)
        fail(info.error(), exitcode::notStarted);
    else if (!m_closing)
        m_local.engine().sandboxes().awaitStart(
            info->id, -1, [this](const Result<sandbox::SandboxInfo> &later) { started(later); });
}

void ExecRun::started(const Result<sandbox::SandboxInfo> &info)
{
    if (m_closing)
        return;
    if (!info || !info->alive()) {
        fail(info ? notStarted(*info) : info.error(), exitcode::notStarted);
        return;
    }
    for (auto limit = info->limits.cbegin(); limit != info->limits.cend(); ++limit) {
        const bool wanted = (limit.key() == "memory"_L1 && m_spec.sandbox.memory)
            || (limit.key() == "cpus"_L1 && m_spec.sandbox.cpus)
            || (limit.key() == "pids"_L1 && m_spec.sandbox.pids)
            || (limit.key() == "disk"_L1 && m_spec.sandbox.disk);
        if (wanted && !limit->reason.isEmpty())
            m_context.warn(u"limit of %1: %2"_s.arg(limit.key(), limit->reason));
    }
    const Result<agent::AgentClient *> agent = m_local.engine().sandboxes().agent(info->id);
    if (agent)
        relayProgram(**agent);
    else
        fail(agent.error(), exitcode::notStarted);
}

void ExecRun::relayProgram(agent::AgentClient &agent)
{
    m_channel = std::make_unique<AgentChannel>(agent, m_spec.program);
    m_relay = std::make_unique<CommandRelay>(*m_channel, m_context, m_spec.relay);
    connect(m_relay.get(), &CommandRelay::finished, this, &ExecRun::ended);
    connect(m_relay.get(), &CommandRelay::failed, this, [this](const Error &error) {
        // A program that is not there or cannot be run has a code of its own.
        fail(error, error.details.value("exit_code"_L1).toInt(exitcode::failed));
    });
}

void ExecRun::ended(int code)
{
    const bool timedOut = code == exitcode::timedOut && m_relay->hasTimedOut();
    if (timedOut)
        m_context.warn(u"The command was ended after %1 s."_s.arg(*m_spec.relay.seconds));
    QJsonObject fields{{u"exit_code"_s, code}};
    if (timedOut)
        fields[u"timed_out"_s] = true;
    m_context.done(fields, code == 0);
    close(code);
}

void ExecRun::fail(const Error &error, int code)
{
    if (!m_closing)
        close(m_context.fail(error, code));
}

void ExecRun::close(int code)
{
    m_closing = true;
    m_local.close([this, code] { Q_EMIT finished(code); });
}

} // namespace quarry::cli
