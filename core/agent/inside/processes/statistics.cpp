// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/processes/statistics.h"

#include "agent/inside/processes/proctree.h"

#include <cstdio>
#include <string>

namespace quarry::agent {

namespace {

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

} // namespace

Statistics readStatistics()
{
    Statistics result;
    for (const ProcessStat &process : allProcesses()) {
        // A dead one's time is among its reaper's children.
        result.cpuMicroseconds += toMicroseconds(process.ownTicks + process.childTicks);
        result.memoryBytes += memoryOf(process.pid);
        ++result.processes;
    }
    addNetwork(result);
    return result;
}

} // namespace quarry::agent
