// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/files/treeremover.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace quarry::agent {

namespace {

// Deeper than any path that a program can name at once; each level holds a descriptor.
constexpr std::size_t depthMax = 512;

} // namespace

TreeRemover::~TreeRemover()
{
    for (const Level &level : m_levels)
        closedir(level.folder);
}

int TreeRemover::top() const
{
    return m_levels.empty() ? AT_FDCWD : dirfd(m_levels.back().folder);
}

TreeRemover::Result TreeRemover::step(int count)
{
    if (!m_started) {
        m_started = true;
        if (unlink(m_path.c_str()) == 0)
            return Result::Done;
        if (errno != EISDIR && errno != EPERM) {
            m_errno = errno;
            return Result::Failed;
        }
        if (!enter(AT_FDCWD, m_path))
            return Result::Failed;
    }
    while (count-- > 0) {
        errno = 0;
        const dirent *entry = readdir(m_levels.back().folder);
        if (entry) {
            if (!removeEntry(*entry))
                return Result::Failed;
        } else if (!leave()) {
            return Result::Failed;
        } else if (m_levels.empty()) {
            return Result::Done;
        }
    }
    return Result::More;
}

bool TreeRemover::enter(int parent, const std::string &name)
{
    const int fd = m_levels.size() < depthMax
        ? openat(parent, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        : -1;
    DIR *folder = fd >= 0 ? fdopendir(fd) : nullptr;
    if (!folder) {
        m_errno = m_levels.size() < depthMax ? errno : ENAMETOOLONG;
        m_failedName = m_levels.empty() ? std::string() : name;
        if (fd >= 0)
            close(fd);
        return false;
    }
    m_levels.push_back({folder, name});
    return true;
}

bool TreeRemover::leave()
{
    const Level level = std::move(m_levels.back());
    m_levels.pop_back();
    closedir(level.folder);
    if (unlinkat(top(), level.name.c_str(), AT_REMOVEDIR) == 0 || errno == ENOENT)
        return true;
    m_errno = errno;
    m_failedName = m_levels.empty() ? std::string() : level.name;
    return false;
}

bool TreeRemover::removeEntry(const dirent &entry)
{
    const std::string name = entry.d_name;
    if (name == "." || name == "..")
        return true;
    if (entry.d_type == DT_DIR)
        return enter(top(), name);
    if (unlinkat(top(), name.c_str(), 0) == 0 || errno == ENOENT)
        return true;
    if (errno == EISDIR)
        return enter(top(), name); // a file system that tells no types
    m_errno = errno;
    m_failedName = name;
    return false;
}

std::string TreeRemover::failedPath() const
{
    std::string path = m_path;
    for (std::size_t i = 1; i < m_levels.size(); ++i)
        path += '/' + m_levels[i].name;
    return m_failedName.empty() ? path : path + '/' + m_failedName;
}

} // namespace quarry::agent
