// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Who a session runs as, out of the sandbox's own /etc/passwd and /etc/group: a static program
// cannot ask the name services.
#pragma once

#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace quarry::agent {

struct SessionUser {
    std::string name = "root";
    std::string home = "/root";
    uid_t uid = 0;
    gid_t gid = 0;
    std::vector<gid_t> groups;
    bool switches = false; // it is another one than the agent
};

// The user of that name or number; the agent's own for an empty one. False when there is none.
bool findSessionUser(const std::string &wanted, SessionUser &out);

// The same out of the text of the two files.
bool findSessionUser(std::string_view passwd, std::string_view group, const std::string &wanted,
                     SessionUser &out);

} // namespace quarry::agent
