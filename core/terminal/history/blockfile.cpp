// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal/history/blockfile.h"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace quarry::terminal {

BlockFile::~BlockFile()
{
    close();
}

bool BlockFile::open(const std::string &folder)
{
    close();
    m_fd = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (m_fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR)) { // a file system without it
        std::string name = folder + "/scrollback-XXXXXX";
        m_fd = ::mkostemp(name.data(), O_CLOEXEC);
        if (m_fd >= 0)
            ::unlink(name.c_str());
    }
    return m_fd >= 0;
}

void BlockFile::close()
{
    if (m_fd >= 0)
        ::close(m_fd);
    m_fd = -1;
    m_size = 0;
}

std::int64_t BlockFile::append(std::span<const char> bytes)
{
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t count
            = ::pwrite(m_fd, bytes.data() + done, bytes.size() - done, m_size + off_t(done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0) {
            const int problem = count == 0 ? ENOSPC : errno;
            truncate(m_size);
            errno = problem;
            return -1;
        }
        done += std::size_t(count);
    }
    const std::int64_t at = m_size;
    m_size += std::int64_t(bytes.size());
    return at;
}

bool BlockFile::read(std::int64_t at, std::span<char> bytes) const
{
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t count
            = ::pread(m_fd, bytes.data() + done, bytes.size() - done, at + off_t(done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        done += std::size_t(count);
    }
    return true;
}

void BlockFile::truncate(std::int64_t at)
{
    m_size = at;
    // What cannot be cut off is written over by the next block.
    [[maybe_unused]] const int cut = ::ftruncate(m_fd, at);
}

} // namespace quarry::terminal
