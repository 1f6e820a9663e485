// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The lines that a worker writes while it works.
#pragma once

#include <QElapsedTimer>
#include <QJsonObject>

namespace quarry::runtime {

class WorkerChannel
{
public:
    explicit WorkerChannel(int fd) : m_fd(fd) { m_sinceLine.start(); }

    void setTotal(qint64 bytes) { m_total = bytes; }
    // A line now and then; false once nobody reads them.
    bool progress(qint64 bytes, qint64 entries);
    bool answer(const QJsonObject &object);

private:
    bool write(const QJsonObject &object);

    int m_fd;
    qint64 m_total = 0;
    bool m_alive = true;
    QElapsedTimer m_sinceLine;
};

} // namespace quarry::runtime
