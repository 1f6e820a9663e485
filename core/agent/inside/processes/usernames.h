// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the sandbox calls its users: a static program cannot ask the name services.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace quarry::agent {

// Out of the text of /etc/passwd; lines that are none are left out.
std::map<uid_t, std::string> userNames(std::string_view passwd);
// Of the sandbox's own file, its first MiB; empty when it cannot be read.
std::map<uid_t, std::string> userNames();

} // namespace quarry::agent
