// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/inputpump.h"

#include <QSocketNotifier>

#include <cerrno>
#include <unistd.h>

namespace quarry::cli {

namespace {
constexpr qsizetype pieceMax = 32 * 1024;
}

InputPump::InputPump(int descriptor, QObject *parent)
    : QObject(parent), m_descriptor(descriptor),
      m_notifier(new QSocketNotifier(descriptor, QSocketNotifier::Read, this))
{
    m_notifier->setEnabled(false);
    connect(m_notifier, &QSocketNotifier::activated, this, &InputPump::read);
}

void InputPump::setReading(bool on)
{
    m_notifier->setEnabled(on && !m_over);
}

void InputPump::read()
{
    QByteArray bytes(pieceMax, Qt::Uninitialized);
    const ssize_t count = ::read(m_descriptor, bytes.data(), size_t(bytes.size()));
    if (count < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (count <= 0) {
        m_over = true;
        m_notifier->setEnabled(false);
        Q_EMIT ended();
        return;
    }
    bytes.resize(count);
    Q_EMIT received(bytes);
}

} // namespace quarry::cli
