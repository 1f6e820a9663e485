// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Writes a stream's data to a descriptor that may not take it at once.
#pragma once

#include "agent/inside/loop/stream.h"

#include <deque>

namespace quarry::agent {

class InputQueue
{
public:
    // Takes FD (non-blocking). What was written, or cannot be any more, is consume()d. CLOSED comes
    // once, when the descriptor goes: by closeAfter(), or because nobody reads (an errno).
    // BEFORECLOSE is for an orderly end.
    InputQueue(Services &services, Stream &stream, int fd, std::function<void(int)> closed,
               std::function<void(int fd)> beforeClose = {});
    ~InputQueue();
    InputQueue(const InputQueue &) = delete;
    InputQueue &operator=(const InputQueue &) = delete;

    void write(Bytes bytes);
    void closeAfter(); // once all is written
    int fd() const { return m_fd; }

private:
    std::size_t writeNow(Bytes bytes);
    void flush();
    void shut(int errnoValue);

    Services &m_services;
    Stream &m_stream;
    int m_fd;
    std::function<void(int)> m_closed;
    std::function<void(int)> m_beforeClose;
    std::deque<std::vector<std::uint8_t>> m_waiting; // bounded by the stream's window
    std::size_t m_offset = 0; // into the first
    bool m_closing = false;
};

} // namespace quarry::agent
