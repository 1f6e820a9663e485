// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "groups.h"

#include "report.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace quarry::launcher {

namespace {

bool writeFile(const std::string &path, const std::string &text)
{
    const int fd = open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    const bool done = write(fd, text.data(), text.size()) == ssize_t(text.size());
    const int error = errno;
    close(fd);
    errno = error;
    return done;
}

// Version 1 has a file for one thread, and this process is one: moving itself that way takes no
// lock that all forks of the machine wait for (cgroup.procs does, for milliseconds).
bool join(const std::string &group)
{
    return writeFile(group + "/tasks", "0") || writeFile(group + "/cgroup.procs", "0");
}

} // namespace

void joinGroups(const Spec &spec)
{
    for (const Group &group : spec.groups) {
        if (mkdir(group.path.c_str(), 0755) && errno != EEXIST)
            failErrno("cannot make the control group " + group.path);
        for (const GroupSetting &setting : group.settings) {
            if (!writeFile(group.path + "/" + setting.file, setting.value)
                && !setting.limit.empty())
                note(setting.limit,
                     "the kernel refuses " + setting.value + " in " + setting.file + ": "
                         + strerror(errno));
        }
        if (!join(group.path))
            failErrno("cannot join the control group " + group.path);
    }
}

} // namespace quarry::launcher
