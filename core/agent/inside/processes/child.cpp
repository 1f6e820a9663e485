// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/processes/child.h"

#include "agent/inside/processes/keeper.h"
#include "agent/inside/loop/loop.h"
#include "agent/inside/processes/proctree.h"
#include "agent/inside/loop/reaper.h"
#include "agent/inside/loop/services.h"

#include <cerrno>
#include <csignal>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace quarry::agent {

// Lives as long as the keeper, which outlasts the Child when something runs on in the background.
struct Child::State : std::enable_shared_from_this<Child::State> {
    explicit State(Services &services_) : services(services_) { }
    ~State() { closeChannel(); }

    bool start(const ChildSpec &spec);
    void listen();
    void take(const KeeperReport &report);
    void keeperGone();
    void tellStart();
    void tellExit(int status);
    void tellFailure(StartFailure failure);
    void closeChannel();
    void signalTree(int signal);

    Services &services;
    Events events; // empty once the Child has gone or the last call was made
    int channel = -1;
    pid_t keeper = 0;
    pid_t program = 0;
    bool started = false;
    bool exited = false;
};

bool Child::State::start(const ChildSpec &spec)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return false;
    const Program ready(spec, services.softFileLimit);
    keeper = fork();
    if (keeper == 0)
        keep(ready, ends[1], {spec.in, spec.out, spec.err});
    const int reason = errno;
    close(ends[1]);
    channel = ends[0];
    errno = reason;
    return keeper > 0;
}

void Child::State::listen()
{
    // The loop's copy is what keeps this state alive.
    services.loop.watch(channel, EPOLLIN, [self = shared_from_this()](std::uint32_t) {
        KeeperReport report;
        const ssize_t count = recv(self->channel, &report, sizeof report, MSG_DONTWAIT);
        if (count == ssize_t(sizeof report))
            self->take(report);
        else if (count >= 0 || (errno != EAGAIN && errno != EINTR))
            self->keeperGone();
    });
}

void Child::State::take(const KeeperReport &report)
{
    switch (report.kind) {
    case KeeperReport::Kind::Forked:
        program = report.value;
        // Should the keeper be killed, its children become ours.
        services.reaper.expect(program, [self = shared_from_this()](int status) {
            self->tellStart();
            self->tellExit(status);
        });
        break;
    case KeeperReport::Kind::Started:
        tellStart();
        break;
    case KeeperReport::Kind::Failed:
        services.reaper.forget(program);
        tellFailure({report.stage, report.value});
        break;
    case KeeperReport::Kind::Exited:
        services.reaper.forget(program);
        tellExit(report.value);
        break;
    }
}

void Child::State::keeperGone()
{
    const auto self = shared_from_this();
    closeChannel();
    keeper = 0;
    if (program == 0)
        tellFailure({StartFailure::Stage::Fork, ESRCH});
    else if (!exited)
        tellStart(); // it may have been killed before it could say so
    if (!exited && kill(program, 0) != 0 && errno == ESRCH)
        tellExit(SIGKILL); // nobody saw its end
}

void Child::State::tellStart()
{
    if (std::exchange(started, true) || !events.started)
        return;
    const auto tell = events.started; // the call may destroy the Child
    tell(program);
}

void Child::State::tellExit(int status)
{
    if (std::exchange(exited, true))
        return;
    const Events last = std::exchange(events, {});
    if (last.exited)
        last.exited(status);
}

void Child::State::tellFailure(StartFailure failure)
{
    exited = true;
    const Events last = std::exchange(events, {});
    if (last.failed)
        last.failed(failure);
}

void Child::State::closeChannel()
{
    if (channel < 0)
        return;
    services.loop.unwatch(channel);
    close(std::exchange(channel, -1));
}

void Child::State::signalTree(int signal)
{
    const KeeperCommand command{signal};
    if (keeper > 0) {
        send(channel, &command, sizeof command, MSG_NOSIGNAL | MSG_DONTWAIT);
    } else if (program > 0 && !exited) {
        signalDescendants(program, signal);
        kill(program, signal);
    }
}

Child::Child(Services &services, const ChildSpec &spec, Events events)
    : m_state(std::make_shared<State>(services))
{
    m_state->events = std::move(events);
    if (m_state->start(spec)) {
        m_state->listen();
        return;
    }
    services.loop.defer([state = m_state, reason = errno] {
        state->tellFailure({StartFailure::Stage::Fork, reason});
    });
}

Child::~Child()
{
    m_state->events = {};
}

pid_t Child::pid() const
{
    return m_state->program;
}

void Child::signalTree(int signal)
{
    m_state->signalTree(signal);
}

void Child::killTree()
{
    signalTree(SIGKILL);
}

Child::Activity Child::activity() const
{
    Activity all;
    for (const ProcessStat &process :
         descendants(m_state->keeper > 0 ? m_state->keeper : m_state->program)) {
        all.busy = all.busy || process.state == 'R' || process.state == 'D';
        all.ticks += process.ownTicks + process.childTicks;
    }
    return all;
}

} // namespace quarry::agent
