// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/loop/outputpump.h"

#include "agent/inside/loop/loop.h"
#include "agent/inside/loop/services.h"

#include <cerrno>
#include <sys/epoll.h>
#include <unistd.h>

namespace quarry::agent {

namespace {

constexpr int readsATurn = 4;

void discard(Services &services, int fd)
{
    const std::span<std::uint8_t> space = services.buffer.space();
    const ssize_t count = read(fd, space.data(), space.size());
    if (count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR)))
        return;
    services.loop.unwatch(fd);
    close(fd);
}

} // namespace

OutputPump::OutputPump(Services &services, Stream &stream, std::uint8_t channel, int fd,
                       std::function<void()> moved, std::function<void(int)> ended)
    : m_services(services), m_stream(stream), m_channel(channel), m_fd(fd),
      m_moved(std::move(moved)), m_ended(std::move(ended))
{
    setWatching(true);
}

OutputPump::~OutputPump()
{
    *m_alive = false;
    setWatching(false);
    if (m_fd >= 0)
        close(m_fd);
}

void OutputPump::setWatching(bool watching)
{
    if (m_fd < 0 || std::exchange(m_watching, watching) == watching)
        return;
    // A hang-up is told whatever is asked for: while nothing may be read, the descriptor is not
    // watched.
    if (watching)
        m_services.loop.watch(m_fd, EPOLLIN, [this](std::uint32_t) { pump(); });
    else
        m_services.loop.unwatch(m_fd);
}

void OutputPump::pump()
{
    m_dry = false;
    for (int i = 0; i < readsATurn && m_fd >= 0; ++i) {
        const std::size_t room = m_stream.sendable();
        setWatching(room > 0);
        if (room == 0)
            break;
        const std::span<std::uint8_t> space = m_services.buffer.space(room);
        const ssize_t count = read(m_fd, space.data(), space.size());
        if (count > 0) {
            m_total += std::size_t(count);
            m_stream.send(m_channel, m_services.buffer.take(std::size_t(count)));
        } else if (count == 0 || errno == EIO) {
            end(0); // EIO: nobody holds the terminal any more
            return;
        } else if (errno == EAGAIN) {
            m_dry = true;
            break;
        } else if (errno != EINTR) {
            end(errno);
            return;
        }
    }
    m_moved();
}

void OutputPump::end(int errnoValue)
{
    setWatching(false);
    close(std::exchange(m_fd, -1));
    const std::shared_ptr<bool> alive = m_alive;
    m_ended(errnoValue);
    if (*alive)
        m_moved();
}

void OutputPump::discardRest()
{
    if (m_fd < 0)
        return;
    setWatching(false);
    const int fd = std::exchange(m_fd, -1);
    if (!m_services.loop.watch(
            fd, EPOLLIN, [&services = m_services, fd](std::uint32_t) { discard(services, fd); }))
        close(fd);
}

} // namespace quarry::agent
