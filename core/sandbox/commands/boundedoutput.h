// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Output of any length in bounded memory: head and tail stay.
#pragma once

#include <QByteArrayList>
#include <QByteArrayView>

namespace quarry::sandbox {

// Text in pieces, in order; a character may lie across two of them. No step of its way costs more
// than a piece does, so tens of megabytes are handed over without a pause for whoever else the
// thread serves.
inline constexpr qsizetype OutputPieceMax = 256 << 10;

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
    // All that is kept; the object is empty afterwards.
    QByteArrayList take();

private:
    qint64 headMax() const { return m_limit / 2; }
    qint64 tailMax() const { return m_limit - headMax(); }
    void appendTail(QByteArrayView bytes);
    void cut();

    qint64 m_limit;
    qint64 m_total = 0;
    QByteArrayList m_head; // up to headMax()
    QByteArrayList m_tail; // up to tailMax() and a piece
    qint64 m_tailSize = 0;
};

QByteArray lastBytes(const QByteArrayList &text, qsizetype count);

// TEXT without its first BYTES.
void removeFront(QByteArrayList &text, qsizetype bytes);

// TEXT without the ASCII white space at both ends.
QByteArrayList stripped(QByteArrayList text);

} // namespace quarry::sandbox
