// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/client/agentprocess.h"

#include "agent/client/bytearray.h"

#include <csignal>

using namespace Qt::StringLiterals;

namespace quarry::agent {

namespace {

std::vector<std::string> toStrings(const QList<QByteArray> &list)
{
    std::vector<std::string> result;
    result.reserve(std::size_t(list.size()));
    for (const QByteArray &item : list)
        result.push_back(item.toStdString());
    return result;
}

SpawnRequest requestFor(const SpawnSpec &spec)
{
    SpawnRequest request;
    request.arguments = toStrings(spec.arguments);
    request.environment = toStrings(spec.environment);
    request.cwd = spec.cwd.toStdString();
    request.uid = spec.uid;
    request.gid = spec.gid;
    request.input = spec.input;
    request.errorsToOutput = spec.errorsToOutput;
    request.terminal = spec.terminal;
    request.columns = static_cast<std::uint16_t>(spec.columns);
    request.rows = static_cast<std::uint16_t>(spec.rows);
    request.limits.assign(spec.limits.begin(), spec.limits.end());
    return request;
}

} // namespace

AgentProcess::AgentProcess(AgentClient *client, const SpawnSpec &spec, QObject *parent)
    : AgentStream(client, parent)
{
    Encoder request;
    requestFor(spec).encode(request);
    if (request.size() > spawnRequestMax) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                Q_EMIT failed({ErrorCode::LimitExceeded,
                               u"The command and its environment are larger than 4 MiB."_s,
                               {}});
            },
            Qt::QueuedConnection);
        return;
    }
    // What does not fit the first frame follows.
    Bytes rest(request.bytes());
    Encoder opening;
    opening.u32(static_cast<std::uint32_t>(rest.size()));
    const std::size_t first = std::min(rest.size(), payloadMax - 8);
    opening.raw(rest.first(first));
    open(StreamKind::Spawn, std::move(opening));
    for (rest = rest.subspan(first); !rest.empty();
         rest = rest.subspan(std::min(rest.size(), payloadMax)))
        sendMessage(std::move(Encoder().raw(rest.first(std::min(rest.size(), payloadMax)))));
}

void AgentProcess::write(const QByteArray &data)
{
    send(0, data);
}

void AgentProcess::closeInput()
{
    sendEnd();
}

void AgentProcess::resize(int columns, int rows)
{
    SpawnControl control;
    control.kind = SpawnControl::Kind::Resize;
    control.columns = static_cast<std::uint16_t>(columns);
    control.rows = static_cast<std::uint16_t>(rows);
    Encoder encoded;
    control.encode(encoded);
    sendMessage(std::move(encoded));
}

void AgentProcess::signal(int number)
{
    SpawnControl control;
    control.kind = SpawnControl::Kind::Signal;
    control.signal = number;
    Encoder encoded;
    control.encode(encoded);
    sendMessage(std::move(encoded));
}

void AgentProcess::kill()
{
    signal(SIGKILL);
}

void AgentProcess::handleData(std::uint8_t channel, Bytes bytes)
{
    if (channel > errorChannel)
        violation(u"a program wrote to an unknown channel"_s);
    else
        Q_EMIT output(channel == errorChannel ? Channel::Error : Channel::Output,
                      toByteArray(bytes));
}

void AgentProcess::handleMessage(Decoder message)
{
    SpawnEvent event;
    if (m_status || !SpawnEvent::decode(message, event)) {
        violation(u"a program's message is malformed"_s);
        return;
    }
    if (event.kind == SpawnEvent::Kind::Exited) {
        m_status = ExitStatus{event.code, event.signal};
    } else {
        m_pid = event.pid;
        Q_EMIT started(m_pid);
    }
}

void AgentProcess::handleClosed(Result<void> result, const Failure &)
{
    if (result && m_status)
        Q_EMIT finished(*m_status);
    else if (result)
        Q_EMIT failed(
            {ErrorCode::ConnectionLost, u"The sandbox's agent lost sight of the program."_s, {}});
    else
        Q_EMIT failed(result.error());
}

void AgentProcess::handleSent()
{
    Q_EMIT inputSent();
}

} // namespace quarry::agent
