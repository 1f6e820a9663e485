// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Carries what comes out of a descriptor (pipe, terminal, socket) into a stream, as fast as the
// stream takes it.
#pragma once

#include "agent/inside/loop/stream.h"

namespace quarry::agent {

class OutputPump
{
public:
    // Takes FD (non-blocking). MOVED comes after each bout of reading, ENDED once at its end with 0
    // or errno.
    OutputPump(Services &services, Stream &stream, std::uint8_t channel, int fd,
               std::function<void()> moved, std::function<void(int)> ended);
    ~OutputPump();
    OutputPump(const OutputPump &) = delete;
    OutputPump &operator=(const OutputPump &) = delete;

    void pump(); // reads what is there; for writable() too
    std::uint64_t total() const { return m_total; } // bytes so far
    bool ended() const { return m_fd < 0; }
    // The last read found nothing, though the other end is open.
    bool isDry() const { return m_dry; }
    // Reads on to the end, into nothing, so that who still writes does not fail; this pump has
    // ended then.
    void discardRest();

private:
    void setWatching(bool watching);
    void end(int errnoValue);

    Services &m_services;
    Stream &m_stream;
    std::uint8_t m_channel;
    int m_fd;
    std::function<void()> m_moved;
    std::function<void(int)> m_ended;
    std::uint64_t m_total = 0;
    bool m_watching = false;
    bool m_dry = false;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace quarry::agent
