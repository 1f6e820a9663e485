// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes to one of our own standard streams without ever waiting for its reader.
#pragma once

#include <QByteArray>
#include <QObject>

class QSocketNotifier;

namespace quarry::cli {

// The descriptor stays in blocking mode, because our parent shares it: a write happens only after
// the kernel has said that there is room, and is no larger than what a pipe then takes at once.
class OutputPump : public QObject
{
    Q_OBJECT
public:
    explicit OutputPump(int descriptor, QObject *parent = nullptr);

    // Written at once as far as the reader keeps up, the rest later.
    void write(const QByteArray &bytes);
    qint64 pending() const { return m_queue.size() - m_at; }
    bool hasFailed() const { return m_failed; }

Q_SIGNALS:
    void drained(); // pending() fell to zero; never from inside write()
    void failed();  // the reader has gone; once, never from inside write()

private:
    void flush();
    void resume();

    int m_descriptor;
    bool m_regular; // a file takes any amount at once
    bool m_failed = false;
    QByteArray m_queue;
    qsizetype m_at = 0;
    QSocketNotifier *m_notifier;
};

} // namespace quarry::cli
