// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/loop/inputqueue.h"

#include "agent/inside/loop/loop.h"
#include "agent/inside/loop/services.h"

#include <cerrno>
#include <sys/epoll.h>
#include <unistd.h>
#include <utility>

namespace quarry::agent {

InputQueue::InputQueue(Services &services, Stream &stream, int fd, std::function<void(int)> closed,
                       std::function<void(int fd)> beforeClose)
    : m_services(services), m_stream(stream), m_fd(fd), m_closed(std::move(closed)),
      m_beforeClose(std::move(beforeClose))
{
}

InputQueue::~InputQueue()
{
    if (m_fd < 0)
        return;
    m_services.loop.unwatch(m_fd);
    close(m_fd);
}

void InputQueue::write(Bytes bytes)
{
    if (m_fd < 0) {
        m_stream.consume(bytes.size());
        return;
    }
    const std::size_t written = m_waiting.empty() ? writeNow(bytes) : 0;
    if (written == bytes.size() || m_fd < 0)
        return;
    const Bytes rest = bytes.subspan(written);
    if (m_waiting.empty())
        m_services.loop.watch(m_fd, EPOLLOUT, [this](std::uint32_t) { flush(); });
    m_waiting.emplace_back(rest.begin(), rest.end());
}

void InputQueue::closeAfter()
{
    m_closing = true;
    if (m_waiting.empty())
        shut(0);
}

// How many were dealt with; all of them when the descriptor had to be given up.
std::size_t InputQueue::writeNow(Bytes bytes)
{
    ssize_t count = 0;
    do
        count = ::write(m_fd, bytes.data(), bytes.size());
    while (count < 0 && errno == EINTR);
    if (count < 0 && errno == EAGAIN)
        return 0;
    if (count < 0) {
        m_stream.consume(bytes.size());
        shut(errno);
        return bytes.size();
    }
    m_stream.consume(std::size_t(count));
    return std::size_t(count);
}

void InputQueue::flush()
{
    while (m_fd >= 0 && !m_waiting.empty()) {
        const Bytes bytes = Bytes(m_waiting.front()).subspan(m_offset);
        const std::size_t written = writeNow(bytes);
        if (m_fd < 0)
            return;
        m_offset += written;
        if (written < bytes.size())
            return;
        m_waiting.pop_front();
        m_offset = 0;
    }
    m_services.loop.unwatch(m_fd);
    if (m_closing)
        shut(0);
}

void InputQueue::shut(int errnoValue)
{
    if (m_fd < 0)
        return;
    m_services.loop.unwatch(m_fd);
    if (m_beforeClose)
        m_beforeClose(m_fd);
    close(std::exchange(m_fd, -1));
    for (std::size_t i = 0; i < m_waiting.size(); ++i)
        m_stream.consume(m_waiting[i].size() - (i == 0 ? m_offset : 0));
    m_waiting.clear();
    m_closed(errnoValue);
}

} // namespace quarry::agent
