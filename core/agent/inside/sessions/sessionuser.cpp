// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/sessions/sessionuser.h"

#include <algorithm>
#include <charconv>
#include <fcntl.h>
#include <unistd.h>

namespace quarry::agent {

namespace {

constexpr std::size_t fileMax = 1 << 20;
constexpr std::size_t groupsMax = 256;

std::string readFile(const char *path)
{
    std::string text;
    const int fd = ::open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return text;
    char buffer[16384];
    ssize_t size = 0;
    while (text.size() < fileMax && (size = ::read(fd, buffer, sizeof buffer)) > 0)
        text.append(buffer, static_cast<std::size_t>(size));
    ::close(fd);
    return text;
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

bool toNumber(std::string_view text, unsigned &out)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

void findGroups(std::string_view group, SessionUser &user)
{
    user.groups = {user.gid};
    for (const std::string_view line : split(group, '\n')) {
        const auto fields = split(line, ':');
        unsigned gid = 0;
        if (fields.size() < 4 || !toNumber(fields[2], gid) || gid == user.gid)
            continue;
        const auto members = split(fields[3], ',');
        if (std::find(members.begin(), members.end(), user.name) != members.end()
            && user.groups.size() < groupsMax)
            user.groups.push_back(gid);
    }
}

} // namespace

bool findSessionUser(std::string_view passwd, std::string_view group, const std::string &wanted,
                     SessionUser &out)
{
    unsigned number = 0;
    const bool byNumber = toNumber(wanted, number);
    for (const std::string_view line : split(passwd, '\n')) {
        const auto fields = split(line, ':');
        unsigned uid = 0;
        unsigned gid = 0;
        if (fields.size() < 7 || !toNumber(fields[2], uid) || !toNumber(fields[3], gid))
            continue;
        if (fields[0] != wanted && !(byNumber && uid == number))
            continue;
        out.name = fields[0];
        out.home = fields[5].empty() ? std::string("/") : std::string(fields[5]);
        out.uid = uid;
        out.gid = gid;
        findGroups(group, out);
        return true;
    }
    return false;
}

bool findSessionUser(const std::string &wanted, SessionUser &out)
{
    const std::string asked = wanted.empty() ? std::to_string(::getuid()) : wanted;
    const bool found = findSessionUser(readFile("/etc/passwd"), readFile("/etc/group"), asked, out);
    if (!found && wanted.empty()) { // an own user without a line is still one
        out.uid = ::getuid();
        out.gid = ::getgid();
        out.name = out.uid == 0 ? "root" : asked;
        out.home = out.uid == 0 ? "/root" : "/";
        return true;
    }
    out.switches = found && out.uid != ::getuid();
    return found;
}

} // namespace quarry::agent
