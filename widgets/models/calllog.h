// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The last API calls on each sandbox, kept where they are served, told to one who watches a
// sandbox.
//
// Lives on the engine's thread. While nobody watches, a call costs its record and nothing more.
#pragma once

#include "widgets/models/requests.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <deque>

namespace quarry::widgets {

class CallLog : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype Kept = 1000; // of each sandbox, the newest
    static constexpr qint64 BytesKept = 32
        << 20; // of all together, bodies too; the oldest go first

    explicit CallLog(QObject *parent = nullptr);

    // RECORD names its sandbox.
    void add(RequestRecord record);
    // A deleted sandbox.
    void forget(const QString &sandbox);

    // From now on SANDBOX is told of: all that is kept at once, then what comes, ten times a
    // second. TICKET comes with what is told, so that what was on its way to an earlier watch is
    // known. An empty id: nobody watches.
    void watch(const QString &sandbox, quint64 ticket);

    qsizetype count(const QString &sandbox) const;
    qint64 bytes() const { return m_bytes; }

Q_SIGNALS:
    // Oldest first, Kept at most. TOTAL calls have been made on the sandbox since it was first
    // seen.
    void told(quint64 ticket, const QList<quarry::widgets::RequestRecord> &calls, qint64 total);

private:
    struct Calls {
        std::deque<RequestRecord> kept; // oldest first
        qint64 total = 0;
    };
    void flush();
    void dropOldest();
    void drop(Calls &calls);

    QHash<QString, Calls> m_calls;
    quint64 m_serial = 0;
    qint64 m_bytes = 0;
    QString m_watched;
    quint64 m_ticket = 0;
    QList<RequestRecord> m_pending;
    QTimer m_flush;
};

} // namespace quarry::widgets
