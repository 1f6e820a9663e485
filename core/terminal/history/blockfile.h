// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A nameless file that blocks are appended to and read back from: it is gone with its process,
// however that ends. Only the user may read it.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace quarry::terminal {

class BlockFile
{
public:
    BlockFile() = default;
    ~BlockFile();
    BlockFile(const BlockFile &) = delete;
    BlockFile &operator=(const BlockFile &) = delete;

    // False with errno when it cannot be made in the folder.
    bool open(const std::string &folder);
    bool isOpen() const { return m_fd >= 0; }
    void close();

    // Where the bytes lie, or -1 with errno: then nothing of them was added.
    std::int64_t append(std::span<const char> bytes);
    bool read(std::int64_t at, std::span<char> bytes) const;
    // Forgets what lies at and behind `at`.
    void truncate(std::int64_t at);

private:
    int m_fd = -1;
    std::int64_t m_size = 0;
};

} // namespace quarry::terminal
