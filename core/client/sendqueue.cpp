// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/sendqueue.h"

#include <QSocketNotifier>

#include <cerrno>
#include <sys/socket.h>

namespace quarry::client {

namespace {
constexpr qsizetype lowWater = 128 * 1024;
} // namespace

SendQueue::SendQueue(int socket)
    : m_socket(socket), m_writable(new QSocketNotifier(socket, QSocketNotifier::Write, this))
{
    m_writable->setEnabled(false);
    connect(m_writable, &QSocketNotifier::activated, this, &SendQueue::flush);
}

SendQueue::~SendQueue() = default;

void SendQueue::append(QByteArrayView bytes)
{
    m_bytes.append(bytes);
    m_writable->setEnabled(true);
}

void SendQueue::stop()
{
    m_writable->setEnabled(false);
}

void SendQueue::flush()
{
    const bool above = m_bytes.size() >= lowWater;
    while (!m_bytes.isEmpty()) {
        const ssize_t count
            = ::send(m_socket, m_bytes.constData(), size_t(m_bytes.size()), MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && errno != EAGAIN)
            m_bytes.clear(); // what the peer still has to say is read to its end
        if (count < 0)
            break;
        m_bytes.remove(0, count);
    }
    m_writable->setEnabled(!m_bytes.isEmpty());
    if (above && m_bytes.size() < lowWater)
        Q_EMIT drained();
}

} // namespace quarry::client
