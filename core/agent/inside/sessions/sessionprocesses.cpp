// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/sessions/sessionprocesses.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <set>
#include <unistd.h>

namespace quarry::agent {

namespace {

// The file's beginning as text; empty when there is none.
std::string readSmall(const std::string &path)
{
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return {};
    char buffer[4096];
    const ssize_t size = ::read(fd, buffer, sizeof buffer);
    ::close(fd);
    return size > 0 ? std::string(buffer, static_cast<std::size_t>(size)) : std::string();
}

} // namespace

bool readProcess(pid_t pid, ProcessEntry &out)
{
    const std::string stat = readSmall("/proc/" + std::to_string(pid) + "/stat");
    const std::size_t open = stat.find('(');
    const std::size_t close = stat.rfind(')'); // the name may hold anything, brackets too
    if (open == std::string::npos || close == std::string::npos || close < open)
        return false;
    out.pid = pid;
    out.name = stat.substr(open + 1, close - open - 1);
    // proc(5): behind the name state ppid pgrp session, and starttime as the 22nd of all fields.
    int parent = 0;
    int group = 0;
    int session = 0;
    unsigned long long started = 0;
    const int read
        = std::sscanf(stat.c_str() + close + 1,
                      " %c %d %d %d %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %llu",
                      &out.state, &parent, &group, &session, &started);
    if (read != 5)
        return false;
    out.parent = parent;
    out.group = group;
    out.session = session;
    out.started = started;
    return true;
}

std::vector<ProcessEntry> sessionProcesses(pid_t session)
{
    std::vector<ProcessEntry> found;
    DIR *folder = ::opendir("/proc");
    if (!folder)
        return found;
    while (const dirent *entry = ::readdir(folder)) {
        const pid_t pid = std::atoi(entry->d_name);
        ProcessEntry process;
        if (pid > 0 && readProcess(pid, process) && process.session == session
            && process.state != 'Z')
            found.push_back(std::move(process));
    }
    ::closedir(folder);
    return found;
}

std::vector<ProcessEntry> foregroundJob(const std::vector<ProcessEntry> &all, pid_t group,
                                        pid_t shell)
{
    std::vector<ProcessEntry> job;
    std::set<pid_t> known;
    for (bool grew = true; grew;) {
        grew = false;
        for (const ProcessEntry &process : all) {
            if (process.pid == shell || known.count(process.pid))
                continue;
            if (process.group == group || known.count(process.parent)) {
                known.insert(process.pid);
                job.push_back(process);
                grew = true;
            }
        }
    }
    return job;
}

bool ignoresHangup(pid_t pid)
{
    const std::string status = readSmall("/proc/" + std::to_string(pid) + "/status");
    const std::size_t at = status.find("\nSigIgn:");
    if (at == std::string::npos)
        return false;
    return std::strtoull(status.c_str() + at + 8, nullptr, 16) & (1ull << (SIGHUP - 1));
}

void signalProcess(const ProcessEntry &process, int signal)
{
    ProcessEntry now;
    if (readProcess(process.pid, now) && now.started == process.started)
        ::kill(process.pid, signal);
}

} // namespace quarry::agent
