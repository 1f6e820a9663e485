// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/processes/proctree.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <set>
#include <unistd.h>

namespace quarry::agent {

std::string procPath(pid_t pid, const char *name)
{
    return "/proc/" + std::to_string(pid) + '/' + name;
}

std::string readSmallFile(const char *path, std::size_t max)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return {};
    std::string text(max, '\0');
    const ssize_t count = read(fd, text.data(), text.size());
    close(fd);
    text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return text;
}

bool readProcess(pid_t pid, ProcessStat &out)
{
    const std::string text = readSmallFile(procPath(pid, "stat").c_str(), 1024);
    // The name in parentheses may hold anything, so the fields start behind the last one.
    const std::size_t close = text.rfind(')');
    if (close == std::string::npos)
        return false;
    unsigned long long user = 0;
    unsigned long long system = 0;
    long long childUser = 0;
    long long childSystem = 0;
    unsigned long long start = 0;
    const int fields = sscanf(text.c_str() + close + 1,
                              " %c %d %*d %d %*d %*d %*u %*u %*u %*u %*u %llu %llu %lld %lld"
                              " %*d %*d %*d %*d %llu",
                              &out.state, &out.parent, &out.session, &user, &system, &childUser,
                              &childSystem, &start);
    out.pid = pid;
    out.ownTicks = user + system;
    out.childTicks = static_cast<std::uint64_t>(childUser + childSystem);
    out.startTicks = start;
    return fields == 8;
}

std::vector<pid_t> allPids()
{
    std::vector<pid_t> result;
    const std::unique_ptr<DIR, int (*)(DIR *)> folder(opendir("/proc"), closedir);
    if (!folder)
        return result;
    while (const dirent *entry = readdir(folder.get())) {
        if (const int pid = atoi(entry->d_name); pid > 0)
            result.push_back(pid);
    }
    std::sort(result.begin(), result.end());
    return result;
}

std::vector<ProcessStat> allProcesses()
{
    std::vector<ProcessStat> result;
    for (const pid_t pid : allPids()) {
        if (ProcessStat stat; readProcess(pid, stat))
            result.push_back(stat);
    }
    return result;
}

std::uint64_t memoryOf(pid_t pid)
{
    unsigned long long resident = 0;
    unsigned long long shared = 0;
    const std::string text = readSmallFile(procPath(pid, "statm").c_str(), 256);
    if (sscanf(text.c_str(), "%*u %llu %llu", &resident, &shared) != 2 || shared > resident)
        return 0;
    return (resident - shared) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

std::uint64_t toMicroseconds(std::uint64_t ticks)
{
    return ticks * 1'000'000 / static_cast<std::uint64_t>(sysconf(_SC_CLK_TCK));
}

std::vector<ProcessStat> descendants(pid_t root)
{
    const std::vector<ProcessStat> all = allProcesses();
    std::set<pid_t> below{root};
    // A child may have a lower pid than its parent, so one pass need not find all.
    for (std::size_t before = 0; before != below.size();) {
        before = below.size();
        for (const ProcessStat &process : all) {
            if (below.contains(process.parent))
                below.insert(process.pid);
        }
    }
    std::vector<ProcessStat> result;
    for (const ProcessStat &process : all) {
        if (process.pid != root && process.state != 'Z' && process.state != 'X'
            && below.contains(process.pid))
            result.push_back(process);
    }
    return result;
}

} // namespace quarry::agent
