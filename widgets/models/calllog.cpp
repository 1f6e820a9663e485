// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/calllog.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace quarry::widgets {

using namespace std::chrono_literals;

namespace {

constexpr auto flushAfter = 100ms;

qint64 sizeOf(const RequestRecord &record)
{
    return qint64(sizeof record) + record.requestBody.size() + record.answerBody.size()
        + 2
        * (record.method.size() + record.path.size() + record.query.size() + record.client.size()
           + record.type.size());
}

} // namespace

CallLog::CallLog(QObject *parent) : QObject(parent), m_flush(this)
{
    m_flush.setSingleShot(true);
    m_flush.setInterval(flushAfter);
    connect(&m_flush, &QTimer::timeout, this, &CallLog::flush);
}

void CallLog::add(RequestRecord record)
{
    record.serial = ++m_serial;
    Calls &calls = m_calls[record.sandbox];
    ++calls.total;
    calls.kept.push_back(record);
    m_bytes += sizeOf(record);
    if (qsizetype(calls.kept.size()) > Kept)
        drop(calls);
    while (m_bytes > BytesKept)
        dropOldest();
    if (record.sandbox != m_watched)
        return;
    if (m_pending.size() == Kept)
        m_pending.removeFirst();
    m_pending.append(record);
    if (!m_flush.isActive())
        m_flush.start();
}

void CallLog::drop(Calls &calls)
{
    m_bytes -= sizeOf(calls.kept.front());
    calls.kept.pop_front();
}

void CallLog::dropOldest()
{
    Calls *oldest = nullptr;
    for (Calls &each : m_calls) {
        if (!each.kept.empty()
            && (!oldest || each.kept.front().serial < oldest->kept.front().serial))
            oldest = &each;
    }
    if (oldest)
        drop(*oldest);
}

void CallLog::forget(const QString &sandbox)
{
    const auto found = m_calls.find(sandbox);
    if (found == m_calls.end())
        return;
    while (!found->kept.empty())
        drop(*found);
    m_calls.erase(found);
}

void CallLog::watch(const QString &sandbox, quint64 ticket)
{
    m_watched = sandbox;
    m_ticket = ticket;
    m_pending.clear();
    m_flush.stop();
    if (sandbox.isEmpty())
        return;
    if (const auto found = m_calls.constFind(sandbox); found != m_calls.constEnd()) {
        m_pending = QList<RequestRecord>(found->kept.begin(), found->kept.end());
    }
    flush();
}

void CallLog::flush()
{
    const auto found = m_calls.constFind(m_watched);
    const qint64 total = found == m_calls.constEnd() ? 0 : found->total;
    Q_EMIT told(m_ticket, std::exchange(m_pending, {}), total);
}

qsizetype CallLog::count(const QString &sandbox) const
{
    const auto found = m_calls.constFind(sandbox);
    return found == m_calls.constEnd() ? 0 : qsizetype(found->kept.size());
}

} // namespace quarry::widgets
