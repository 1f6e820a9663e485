// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// AgentClient's questions with one answer.
#include "agent/client/agentcall.h"
#include "agent/client/agentclient.h"

using namespace std::chrono_literals;

namespace quarry::agent {

namespace {

constexpr auto usual = 30s;
constexpr auto slow = 10min;

CallRequest requestFor(CallRequest::Kind kind, const QByteArray &path = {}, quint64 number = 0,
                       bool flag = false)
{
    return {kind, path.toStdString(), {}, number, flag};
}

AgentCall::Request encoded(const CallRequest &request, std::chrono::milliseconds deadline = usual)
{
    AgentCall::Request call{StreamKind::Call, {}, deadline};
    request.encode(call.encoded);
    return call;
}

template <typename T>
AgentCall::Answered decoding(Callback<T> done)
{
    return [done = std::move(done)](Result<Bytes> answer) {
        if (!answer) {
            done(answer.error());
            return true;
        }
        T value;
        if (!T::decode(Decoder(*answer), value))
            return false;
        done(std::move(value));
        return true;
    };
}

AgentCall::Answered empty(Callback<void> done)
{
    return [done = std::move(done)](const Result<Bytes> &answer) {
        done(answer ? Result<void>() : Result<void>(answer.error()));
        return true;
    };
}

} // namespace

void AgentClient::stat(const QByteArray &path, bool followLink, QObject *context,
                       Callback<FileInfo> done)
{
    new AgentCall(this, encoded(requestFor(CallRequest::Kind::Stat, path, 0, followLink)), context,
                  decoding(std::move(done)));
}

void AgentClient::list(const QByteArray &path, quint64 cursor, QObject *context,
                       Callback<FileList> done)
{
    new AgentCall(this, encoded(requestFor(CallRequest::Kind::List, path, cursor)), context,
                  decoding(std::move(done)));
}

void AgentClient::rename(const QByteArray &from, const QByteArray &to, QObject *context,
                         Callback<void> done)
{
    CallRequest request = requestFor(CallRequest::Kind::Rename, from);
    request.other = to.toStdString();
    new AgentCall(this, encoded(request), context, empty(std::move(done)));
}

void AgentClient::remove(const QByteArray &path, bool recursive, QObject *context,
                         Callback<void> done)
{
    new AgentCall(this, encoded(requestFor(CallRequest::Kind::Remove, path, 0, recursive), slow),
                  context, empty(std::move(done)));
}

void AgentClient::makeFolder(const QByteArray &path, quint32 mode, bool parents, QObject *context,
                             Callback<void> done)
{
    new AgentCall(this, encoded(requestFor(CallRequest::Kind::MakeFolder, path, mode, parents)),
                  context, empty(std::move(done)));
}

void AgentClient::changeMode(const QByteArray &path, quint32 mode, QObject *context,
                             Callback<void> done)
{
    new AgentCall(this, encoded(requestFor(CallRequest::Kind::ChangeMode, path, mode)), context,
                  empty(std::move(done)));
}

void AgentClient::statistics(QObject *context, Callback<Statistics> done)
{
    new AgentCall(this, encoded(requestFor(CallRequest::Kind::Statistics)), context,
                  decoding(std::move(done)));
}

void AgentClient::processes(QObject *context, Callback<ProcessList> done)
{
    new AgentCall(this, {StreamKind::Processes, {}, usual, processListMax}, context,
                  decoding(std::move(done)));
}

void AgentClient::signalProcess(const SignalRequest &request, QObject *context, Callback<void> done)
{
    AgentCall::Request call{StreamKind::Signal, {}, usual};
    request.encode(call.encoded);
    new AgentCall(this, std::move(call), context, empty(std::move(done)));
}

} // namespace quarry::agent
