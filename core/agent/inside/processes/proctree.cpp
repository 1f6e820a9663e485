// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/processes/proctree.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <set>
#include <unistd.h>

namespace quarry::agent {

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

namespace {

bool readStat(pid_t pid, ProcessStat &out)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    const std::string text = readSmallFile(path, 1024);
    // The name in parentheses may hold anything, so the fields start behind the last one.
    const std::size_t close = text.rfind(')');
    if (close == std::string::npos)
        return false;
    unsigned long long user = 0;
    unsigned long long system = 0;
    long long childUser = 0;
    long long childSystem = 0;
    const int fields = sscanf(text.c_str() + close + 1,
                              " %c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu %lld %lld",
                              &out.state, &out.parent, &user, &system, &childUser, &childSystem);
    out.pid = pid;
    out.ownTicks = user + system;
    out.childTicks = static_cast<std::uint64_t>(childUser + childSystem);
    return fields == 6;
}

} // namespace

std::vector<ProcessStat> allProcesses()
{
    std::vector<ProcessStat> result;
    const std::unique_ptr<DIR, int (*)(DIR *)> folder(opendir("/proc"), closedir);
    if (!folder)
        return result;
    while (const dirent *entry = readdir(folder.get())) {
        ProcessStat stat;
        const int pid = atoi(entry->d_name);
        if (pid > 0 && readStat(pid, stat))
            result.push_back(stat);
    }
    return result;
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
