// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/processes/listhandler.h"

#include "agent/inside/loop/loop.h"
#include "agent/inside/processes/proctree.h"
#include "agent/inside/processes/usernames.h"

#include <algorithm>
#include <ctime>
#include <sys/stat.h>

namespace quarry::agent {

namespace {

constexpr std::size_t readATurn = 128;

std::uint64_t sinceBoot()
{
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return std::uint64_t(now.tv_sec) * 1'000'000 + std::uint64_t(now.tv_nsec) / 1000;
}

// False when it has gone meanwhile, or does not show itself.
bool readInfo(pid_t pid, ProcessInfo &out)
{
    ProcessStat stat;
    struct stat folder{};
    if (!readProcess(pid, stat) || ::stat(procPath(pid, "").c_str(), &folder) != 0)
        return false;
    out.pid = std::uint32_t(pid);
    out.parent = std::uint32_t(stat.parent);
    out.session = std::uint32_t(stat.session);
    out.uid = folder.st_uid;
    out.state = stat.state;
    out.cpuMicroseconds = toMicroseconds(stat.ownTicks);
    out.memoryBytes = memoryOf(pid);
    out.startedMicroseconds = toMicroseconds(stat.startTicks);
    out.name = readSmallFile(procPath(pid, "comm").c_str(), processNameMax);
    if (out.name.ends_with('\n')) // the kernel's; a name may end in one of its own
        out.name.pop_back();
    out.command = readSmallFile(procPath(pid, "cmdline").c_str(), processCommandMax);
    return true;
}

} // namespace

ListHandler::ListHandler(Stream &stream, Services &services)
    : StreamHandler(stream), m_services(services), m_pids(allPids()), m_users(userNames())
{
    m_list.total = std::uint32_t(m_pids.size());
    m_list.nowMicroseconds = sinceBoot();
    m_pids.resize(std::min(m_pids.size(), processesMax));
}

ListHandler::~ListHandler()
{
    *m_alive = false;
}

void ListHandler::readSome()
{
    if (m_pids.empty()) { // this agent is one, so they are hidden
        m_stream.fail(
            Failure::of(Failure::Kind::Invalid, "The sandbox's /proc shows no processes."));
        return;
    }
    const std::size_t end = std::min(m_next + readATurn, m_pids.size());
    for (; m_next < end; ++m_next) {
        ProcessInfo process;
        if (!readInfo(m_pids[m_next], process))
            continue;
        if (const auto name = m_users.find(process.uid); name != m_users.end())
            process.user = name->second;
        m_list.processes.push_back(std::move(process));
    }
    if (m_next == m_pids.size()) {
        send();
        return;
    }
    m_services.loop.defer([this, alive = m_alive] {
        if (*alive)
            readSome();
    });
}

void ListHandler::send()
{
    Encoder encoded;
    m_list.encode(encoded);
    for (Bytes rest = encoded.bytes(); !rest.empty();) {
        const Bytes piece = rest.first(std::min(rest.size(), payloadMax));
        m_stream.sendMessage(std::move(Encoder().raw(piece)));
        rest = rest.subspan(piece.size());
    }
    m_stream.finish();
}

std::unique_ptr<StreamHandler> makeListHandler(Stream &stream, Services &services, Decoder request)
{
    if (!request.finished()) {
        stream.fail(Failure::of(Failure::Kind::Invalid, "The request is malformed."));
        return nullptr;
    }
    auto handler = std::make_unique<ListHandler>(stream, services);
    handler->readSome();
    return handler;
}

} // namespace quarry::agent
