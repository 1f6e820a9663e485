// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/processes/usernames.h"

#include "agent/wire/processmessages.h"

#include <algorithm>
#include <charconv>
#include <fcntl.h>
#include <unistd.h>

namespace quarry::agent {

namespace {

constexpr std::size_t fileMax = 1 << 20;

// The field up to the next colon, which goes too.
std::string_view takeField(std::string_view &line)
{
    const std::size_t end = line.find(':');
    const std::string_view field = line.substr(0, end);
    line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
    return field;
}

} // namespace

std::map<uid_t, std::string> userNames(std::string_view passwd)
{
    std::map<uid_t, std::string> names;
    while (!passwd.empty()) {
        const std::size_t end = std::min(passwd.find('\n'), passwd.size());
        std::string_view line = passwd.substr(0, end);
        passwd.remove_prefix(std::min(end + 1, passwd.size()));
        const std::string_view name = takeField(line);
        takeField(line);
        const std::string_view number = takeField(line);
        unsigned uid = 0;
        const auto [rest, error]
            = std::from_chars(number.data(), number.data() + number.size(), uid);
        if (error == std::errc() && rest == number.data() + number.size() && !name.empty())
            names.emplace(uid, name.substr(0, processUserMax)); // the first one counts
    }
    return names;
}

std::map<uid_t, std::string> userNames()
{
    std::string text;
    // It may be anything that a program in here put there, a pipe too.
    const int fd = open("/etc/passwd", O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return {};
    char buffer[16384];
    ssize_t size = 0;
    while (text.size() < fileMax && (size = read(fd, buffer, sizeof buffer)) > 0)
        text.append(buffer, static_cast<std::size_t>(size));
    close(fd);
    return userNames(text);
}

} // namespace quarry::agent
