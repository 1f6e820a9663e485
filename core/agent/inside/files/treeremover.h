// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Removes a folder and all below it, some at a time, so that a large one holds nobody up. Never
// follows a link.
#pragma once

#include <dirent.h>
#include <string>
#include <vector>

namespace quarry::agent {

class TreeRemover
{
public:
    enum class Result { More, Done, Failed };

    explicit TreeRemover(std::string path) : m_path(std::move(path)) { }
    ~TreeRemover();
    TreeRemover(const TreeRemover &) = delete;
    TreeRemover &operator=(const TreeRemover &) = delete;

    // Removes up to COUNT entries. Failed: failedPath() and errorNumber() say what.
    Result step(int count);
    std::string failedPath() const;
    int errorNumber() const { return m_errno; }

private:
    struct Level {
        DIR *folder;
        std::string name; // below the level above
    };
    bool enter(int parent, const std::string &name);
    bool leave();
    bool removeEntry(const dirent &entry);
    int top() const;

    std::string m_path;
    std::vector<Level> m_levels;
    std::string m_failedName;
    int m_errno = 0;
    bool m_started = false;
};

} // namespace quarry::agent
