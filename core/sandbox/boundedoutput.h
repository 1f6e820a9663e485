// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Output of any length in bounded memory: head and tail stay.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <deque>

namespace quarry::sandbox {

// Keeps up to LIMIT bytes whole. Of more, the first and the last half stay, with the line
// "[… N bytes cut …]" between them; no UTF-8 character is cut in two for it.
class BoundedOutput
{
public:
    explicit BoundedOutput(qint64 limit);

    void append(QByteArrayView bytes);
    // What came in all, kept or not.
    qint64 total() const { return m_total; }
    // The last BYTES at most of what has come.
    QByteArray last(qsizetype bytes) const;
    // All that is kept.
    QByteArray text() const;
    // text() without white space at both ends, made in place; the object is empty afterwards.
    QByteArray takeStripped();

private:
    qint64 m_limit;
    qint64 m_total = 0;
    QByteArray m_head;
    std::deque<QByteArray> m_tail;
    qint64 m_tailSize = 0;
};

// BYTES without the ASCII white space at both ends.
QByteArray stripped(const QByteArray &bytes);

} // namespace quarry::sandbox
