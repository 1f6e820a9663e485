// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Output of any length in bounded memory: head and tail stay.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

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
    // All that is kept; the object is empty afterwards. Made in place: tens of megabytes are
    // handed over without a pause for whoever else the thread serves.
    QByteArray take();

private:
    void join();
    qsizetype tailBegin() const { return m_limit / 2; }

    qsizetype m_limit;
    qint64 m_total = 0;
    QByteArray m_bytes; // full, it is a head and a ring
    qsizetype m_oldest = 0; // where the ring begins, when it is one
};

// BYTES without the ASCII white space at both ends.
QByteArray stripped(QByteArray bytes);

} // namespace quarry::sandbox
