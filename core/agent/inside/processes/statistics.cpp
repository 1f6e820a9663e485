// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/processes/statistics.h"

#include "agent/inside/processes/proctree.h"

#include <cstdio>
#include <cstring>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

namespace quarry::agent {

namespace {

constexpr std::size_t commandMax = 256;
constexpr std::size_t listBytes = payloadMax - 1024;
constexpr std::size_t processBytes = 40;

std::string pathOf(pid_t pid, const char *name)
{
    return "/proc/" + std::to_string(pid) + '/' + name;
}

std::uint64_t microseconds(std::uint64_t ticks)
{
    return ticks * 1'000'000 / static_cast<std::uint64_t>(sysconf(_SC_CLK_TCK));
}

// Resident, less what is shared with files.
std::uint64_t memoryOf(pid_t pid)
{
    unsigned long long resident = 0;
    unsigned long long shared = 0;
    const std::string text = readSmallFile(pathOf(pid, "statm").c_str(), 256);
    if (sscanf(text.c_str(), "%*u %llu %llu", &resident, &shared) != 2 || shared > resident)
        return 0;
    return (resident - shared) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

void addNetwork(Statistics &out)
{
    const std::string text = readSmallFile("/proc/net/dev", 64 * 1024);
    for (std::size_t colon = text.find(':'); colon != std::string::npos;
         colon = text.find(':', colon + 1)) {
        const std::size_t line = text.rfind('\n', colon) + 1;
        std::string name = text.substr(line, colon - line);
        name.erase(0, name.find_first_not_of(' '));
        unsigned long long received = 0;
        unsigned long long sent = 0;
        const int fields = sscanf(text.c_str() + colon + 1, "%llu %*u %*u %*u %*u %*u %*u %*u %llu",
                                  &received, &sent);
        if (name == "lo" || fields != 2)
            continue;
        out.receivedBytes += received;
        out.sentBytes += sent;
    }
}

std::string commandOf(pid_t pid)
{
    std::string text = readSmallFile(pathOf(pid, "cmdline").c_str(), commandMax);
    for (char &character : text)
        character = character == '\0' ? ' ' : character;
    while (text.ends_with(' '))
        text.pop_back();
    if (!text.empty())
        return text;
    std::string name
        = readSmallFile(pathOf(pid, "comm").c_str(), 32); // it has no arguments: a zombie
    if (name.ends_with('\n'))
        name.pop_back();
    return '[' + name + ']';
}

} // namespace

Statistics readStatistics()
{
    Statistics result;
    for (const ProcessStat &process : allProcesses()) {
        // A dead one's time is among its reaper's children.
        result.cpuMicroseconds += microseconds(process.ownTicks + process.childTicks);
        result.memoryBytes += memoryOf(process.pid);
        ++result.processes;
    }
    addNetwork(result);
    return result;
}

ProcessList readProcesses()
{
    ProcessList result;
    std::size_t bytes = 0;
    for (const ProcessStat &process : allProcesses()) {
        ++result.total;
        if (bytes > listBytes)
            continue;
        struct stat status{};
        if (stat(pathOf(process.pid, "").c_str(), &status) != 0)
            continue;
        ProcessInfo info{std::uint32_t(process.pid),
                         std::uint32_t(process.parent),
                         status.st_uid,
                         process.state,
                         microseconds(process.ownTicks),
                         memoryOf(process.pid),
                         commandOf(process.pid)};
        bytes += processBytes + info.command.size();
        if (bytes <= listBytes)
            result.processes.push_back(std::move(info));
    }
    return result;
}

} // namespace quarry::agent
