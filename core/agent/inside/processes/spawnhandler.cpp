// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/processes/spawnhandler.h"

#include "agent/inside/processes/pty.h"
#include "agent/inside/loop/services.h"
#include "agent/inside/processes/startfailure.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace quarry::agent {

namespace {

// When the program has ended and something that it left still holds its output, it is looked every
// few milliseconds whether that is still about to write: until so many looks in a row found it
// asleep, or until it has had so much of a processor (clock ticks) or so many looks in vain.
constexpr int lingerMs = 5;
constexpr int lingersMax = 400;
constexpr std::uint64_t lingerTicksMax = 20;
// What a terminal was given may reach its other end a moment later, by a worker of the kernel.
constexpr int terminalQuietLooks = 2;
// A sibling that is just being started may look asleep for a moment.
constexpr int pipeQuietLooks = 10;
// More than any pipe holds: what comes beyond is written by something left in the background.
constexpr std::uint64_t outputAfterExitMax = 1024 * 1024;
constexpr std::uint8_t endOfTransmission = 4;

void closeFd(int &fd)
{
    if (fd >= 0)
        close(std::exchange(fd, -1));
}

} // namespace

struct SpawnHandler::Ends {
    int in = -1;
    int out = -1;
    int err = -1;
    ~Ends()
    {
        if (err != out)
            closeFd(err);
        if (out != in)
            closeFd(out);
        closeFd(in);
    }
};

SpawnHandler::SpawnHandler(Stream &stream, Services &services, std::uint32_t requestSize)
    : StreamHandler(stream), m_services(services), m_requestSize(requestSize)
{
}

SpawnHandler::~SpawnHandler()
{
    m_services.loop.cancel(m_lingerTimer);
    if (m_child && !m_status)
        m_child->killTree();
}

void SpawnHandler::takeRequest(Bytes part)
{
    m_request.insert(m_request.end(), part.begin(), part.end());
    if (m_request.size() < m_requestSize)
        return;
    SpawnRequest request;
    const std::vector<std::uint8_t> bytes = std::exchange(m_request, {});
    if (bytes.size() > m_requestSize || !SpawnRequest::decode(Decoder(bytes), request)) {
        m_stream.fail(
            Failure::of(Failure::Kind::Invalid, "The request to start a program is malformed."));
        return;
    }
    m_requestSize = 0;
    start(request);
}

void SpawnHandler::start(const SpawnRequest &request)
{
    Ends ends;
    m_terminal = request.terminal;
    if (!openEnds(request, ends)) {
        m_stream.fail(Failure::system(errno, "cannot make the pipes of a program"));
        return;
    }
    ChildSpec spec;
    spec.argv = request.arguments;
    spec.environment = m_services.environment(request.environment);
    spec.cwd = m_services.absolute(request.cwd);
    spec.uid = request.uid;
    spec.gid = request.gid;
    spec.terminal = request.terminal;
    for (const SpawnRequest::Limit &limit : request.limits)
        spec.limits.push_back({limit.resource, limit.soft, limit.hard});
    spec.in = ends.in;
    spec.out = ends.out;
    spec.err = ends.err;
    m_child = std::make_unique<Child>(
        m_services, spec,
        Child::Events{
            [this](pid_t pid) { started(pid); },
            [this, name = spec.argv.front(), cwd = spec.cwd](StartFailure failure) {
                m_status = 0; // nothing to kill
                m_stream.fail(describe(failure, name, cwd));
            },
            [this](int status) { exited(status); },
        });
    if (m_inputEnds)
        ended();
}

bool SpawnHandler::openEnds(const SpawnRequest &request, Ends &ends)
{
    return request.terminal ? openPty(request, ends) : openPipes(request, ends);
}

bool SpawnHandler::openPty(const SpawnRequest &request, Ends &ends)
{
    Terminal terminal;
    if (!openTerminal(request.columns, request.rows, terminal))
        return false;
    ends.in = ends.out = ends.err = terminal.slave;
    addPump(outputChannel, terminal.master);
    // Reading and writing are watched apart, so each has a descriptor.
    const int input = fcntl(terminal.master, F_DUPFD_CLOEXEC, 10);
    if (input < 0)
        return false;
    m_input = std::make_unique<InputQueue>(m_services, m_stream, input, [](int) { });
    return true;
}

bool SpawnHandler::openPipes(const SpawnRequest &request, Ends &ends)
{
    int in[2];
    if (request.input) {
        if (pipe2(in, O_CLOEXEC) != 0)
            return false;
        ends.in = in[0];
        fcntl(in[1], F_SETFL, O_NONBLOCK);
        m_input = std::make_unique<InputQueue>(m_services, m_stream, in[1], [](int) { });
    } else {
        ends.in = open("/dev/null", O_RDONLY | O_CLOEXEC);
        if (ends.in < 0)
            return false;
    }
    int out[2];
    if (pipe2(out, O_CLOEXEC) != 0)
        return false;
    ends.out = out[1];
    addPump(outputChannel, out[0]);
    if (request.errorsToOutput) {
        ends.err = ends.out;
        return true;
    }
    if (pipe2(out, O_CLOEXEC) != 0)
        return false;
    ends.err = out[1];
    addPump(errorChannel, out[0]);
    return true;
}

void SpawnHandler::addPump(std::uint8_t channel, int fd)
{
    fcntl(fd, F_SETFL, O_NONBLOCK);
    m_pumps.push_back(std::make_unique<OutputPump>(
        m_services, m_stream, channel, fd,
        [this] {
            m_quietLooks = 0;
            checkEnd();
        },
        [](int) {}));
}

void SpawnHandler::started(pid_t pid)
{
    SpawnEvent event;
    event.pid = static_cast<std::uint32_t>(pid);
    Encoder encoded;
    event.encode(encoded);
    m_stream.sendMessage(std::move(encoded));
}

void SpawnHandler::exited(int status)
{
    m_status = status;
    m_totalAtExit = outputTotal();
    for (const auto &pump : m_pumps)
        pump->pump();
}

void SpawnHandler::writable()
{
    for (const auto &pump : m_pumps)
        pump->pump();
}

// All output that will come has come when the pipes have ended, or when they are dry and nothing
// that still holds them is running.
void SpawnHandler::checkEnd()
{
    if (!m_status || m_lingerTimer != 0)
        return;
    const bool allEnded = std::all_of(m_pumps.begin(), m_pumps.end(),
                                      [](const auto &pump) { return pump->ended(); });
    if (allEnded || outputTotal() - m_totalAtExit > outputAfterExitMax) {
        finishNow();
        return;
    }
    const auto quiet = [](const auto &pump) { return pump->ended() || pump->isDry(); };
    if (!std::all_of(m_pumps.begin(), m_pumps.end(), quiet))
        return; // there is more to read; this is called again
    m_lingerTimer = m_services.loop.after(lingerMs, [this] {
        m_lingerTimer = 0;
        if (look())
            checkEnd();
        else
            finishNow();
    });
}

// False when nothing left by the program is about to write, or has been for too long.
bool SpawnHandler::look()
{
    const Child::Activity activity = m_child->activity();
    m_quietLooks = activity.busy ? 0 : m_quietLooks + 1;
    if (m_lingers++ == 0)
        m_ticksAtExit = activity.ticks;
    return m_quietLooks < (m_terminal ? terminalQuietLooks : pipeQuietLooks)
        && m_lingers < lingersMax && activity.ticks < m_ticksAtExit + lingerTicksMax;
}

std::uint64_t SpawnHandler::outputTotal() const
{
    std::uint64_t total = 0;
    for (const auto &pump : m_pumps)
        total += pump->total();
    return total;
}

void SpawnHandler::finishNow()
{
    for (const auto &pump : m_pumps)
        pump->discardRest();
    SpawnEvent event;
    event.kind = SpawnEvent::Kind::Exited;
    if (WIFSIGNALED(*m_status))
        event.signal = WTERMSIG(*m_status);
    else
        event.code = WEXITSTATUS(*m_status);
    Encoder encoded;
    event.encode(encoded);
    m_stream.sendMessage(std::move(encoded));
    m_stream.finish();
}

void SpawnHandler::data(std::uint8_t, Bytes bytes)
{
    if (m_input)
        m_input->write(bytes);
    else
        m_stream.consume(bytes.size());
}

void SpawnHandler::message(Decoder message)
{
    if (m_requestSize > 0) {
        takeRequest(message.rest());
        return;
    }
    SpawnControl control;
    if (!SpawnControl::decode(message, control)) {
        m_stream.fail(Failure::of(Failure::Kind::Invalid, "A message to a program is malformed."));
        return;
    }
    if (control.kind == SpawnControl::Kind::Signal && m_child)
        m_child->signalTree(control.signal);
    else if (m_terminal && m_input && m_input->fd() >= 0)
        resizeTerminal(m_input->fd(), control.columns, control.rows);
}

void SpawnHandler::ended()
{
    m_inputEnds = true;
    if (!m_input)
        return;
    if (m_terminal)
        m_input->write(Bytes(&endOfTransmission, 1));
    else
        m_input->closeAfter();
}

std::unique_ptr<StreamHandler> makeSpawnHandler(Stream &stream, Services &services, Decoder request)
{
    const std::uint32_t size = request.u32();
    if (!request.ok() || size == 0 || size > spawnRequestMax) {
        stream.fail(Failure::of(Failure::Kind::Limit,
                                "The request to start a program is larger than 4 MiB."));
        return nullptr;
    }
    auto handler = std::make_unique<SpawnHandler>(stream, services, size);
    handler->takeRequest(request.rest());
    return handler;
}

} // namespace quarry::agent
