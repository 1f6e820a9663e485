// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/outputpump.h"

#include <QSocketNotifier>

#include <cerrno>
#include <climits>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace quarry::cli {

namespace {

bool isRegular(int descriptor)
{
    struct stat info = {};
    return ::fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode);
}

bool hasRoom(int descriptor)
{
    pollfd entry{descriptor, POLLOUT, 0};
    return ::poll(&entry, 1, 0) == 1;
}

} // namespace

OutputPump::OutputPump(int descriptor, QObject *parent)
    : QObject(parent), m_descriptor(descriptor), m_regular(isRegular(descriptor)),
      m_notifier(new QSocketNotifier(descriptor, QSocketNotifier::Write, this))
{
    m_notifier->setEnabled(false);
    connect(m_notifier, &QSocketNotifier::activated, this, &OutputPump::resume);
}

void OutputPump::write(const QByteArray &bytes)
{
    if (m_failed)
        return;
    m_queue += bytes;
    flush();
    // The notifier also brings a failure from here to the event loop.
    m_notifier->setEnabled(m_failed || pending() > 0);
}

void OutputPump::flush()
{
    while (pending() > 0 && (m_regular || hasRoom(m_descriptor))) {
        const qsizetype most = m_regular ? pending() : std::min<qsizetype>(pending(), PIPE_BUF);
        const ssize_t written = ::write(m_descriptor, m_queue.constData() + m_at, size_t(most));
        if (written < 0) {
            if (errno == EINTR || errno == EAGAIN)
                break;
            m_failed = true;
            m_queue.clear();
            m_at = 0;
            return;
        }
        m_at += written;
    }
    if (m_at == m_queue.size()) {
        m_queue.resize(0);
        m_at = 0;
    }
}

void OutputPump::resume()
{
    if (!m_failed)
        flush();
    if (m_failed) {
        m_notifier->setEnabled(false);
        Q_EMIT failed();
    } else if (pending() == 0) {
        m_notifier->setEnabled(false);
        Q_EMIT drained();
    }
}

} // namespace quarry::cli
