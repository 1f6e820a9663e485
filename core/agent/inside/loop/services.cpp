// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/loop/services.h"

#include <algorithm>
#include <string_view>

namespace quarry::agent {

std::vector<std::string> Services::environment(const std::vector<std::string> &additions) const
{
    std::vector<std::string> result = config.environment;
    for (const std::string &addition : additions) {
        const std::string_view name = std::string_view(addition).substr(0, addition.find('='));
        const auto same = [name](const std::string &variable) {
            return variable.size() > name.size() && variable[name.size()] == '='
                && variable.starts_with(name);
        };
        std::erase_if(result, same);
        if (addition.size() > name.size())
            result.push_back(addition);
    }
    return result;
}

std::string Services::absolute(const std::string &path) const
{
    if (path.starts_with('/'))
        return path;
    if (path.empty())
        return config.cwd;
    return config.cwd.ends_with('/') ? config.cwd + path : config.cwd + '/' + path;
}

} // namespace quarry::agent
