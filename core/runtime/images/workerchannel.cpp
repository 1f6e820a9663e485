// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/images/workerchannel.h"

#include <QJsonDocument>

#include <cerrno>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace quarry::runtime {

static constexpr int millisecondsBetweenLines = 150;

bool WorkerChannel::progress(qint64 bytes, qint64 entries)
{
    if (!m_sinceLine.hasExpired(millisecondsBetweenLines))
        return m_alive;
    m_sinceLine.restart();
    return write({{u"bytes_done"_s, bytes}, {u"bytes_total"_s, m_total}, {u"entries"_s, entries}});
}

bool WorkerChannel::answer(const QJsonObject &object)
{
    return write(object);
}

bool WorkerChannel::write(const QJsonObject &object)
{
    const QByteArray line = QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
    for (qsizetype done = 0; m_alive && done < line.size();) {
        const ssize_t put = ::write(m_fd, line.constData() + done, size_t(line.size() - done));
        if (put > 0)
            done += put;
        else if (put < 0 && errno != EINTR)
            m_alive = false;
    }
    return m_alive;
}

} // namespace quarry::runtime
