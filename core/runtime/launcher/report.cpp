// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report.h"

#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace quarry::launcher {

namespace {

void writeLine(std::string line)
{
    for (char &c : line) {
        if (c == '\n' || c == '\0')
            c = ' ';
    }
    line.push_back('\n');
    // The pipe holds far more than the launcher ever says; a lost reader is a dead engine.
    if (write(statusFd, line.data(), line.size()) < 0)
        _exit(1);
}

const char *codeOf(int error)
{
    switch (error) {
    case ENOSPC:
    case EDQUOT:
        return "no_space";
    case ENOENT:
    case ENOTDIR:
        return "not_found";
    case EACCES:
    case EPERM:
        return "permission_denied";
    case EMFILE:
    case ENFILE:
    case ENOMEM:
    case EAGAIN:
    case EUSERS:
        return "limit_exceeded";
    default:
        return "io";
    }
}

} // namespace

void phase(const char *name)
{
    writeLine(std::string("phase\t") + name);
}

void note(const std::string &name, const std::string &text)
{
    writeLine("note\t" + name + "\t" + text);
}

void fail(const char *code, const std::string &text)
{
    writeLine(std::string("error\t") + code + "\t" + text);
    _exit(1);
}

void failErrno(const std::string &what)
{
    const int error = errno;
    fail(codeOf(error), what + ": " + strerror(error));
}

} // namespace quarry::launcher
