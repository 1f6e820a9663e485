// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The last output of a terminal, by its position in all that came.
#pragma once

#include <QByteArray>

#include <deque>

namespace quarry::sandbox {

// Any number of readers go through it, each at a position of its own. Of more than LIMIT bytes the
// oldest are forgotten, a piece at a time.
class TerminalOutput
{
public:
    static constexpr qsizetype DefaultLimit = 1 << 20;

    explicit TerminalOutput(qsizetype limit = DefaultLimit) : m_limit(limit) { }

    void append(const QByteArray &bytes);

    // The positions of the oldest byte that is kept, and behind the newest.
    qint64 begin() const { return m_begin; }
    qint64 end() const { return m_end; }
    // What stands at FROM, at least one byte and at most MAX, unless FROM is the end. FROM is not
    // before begin().
    QByteArray read(qint64 from, qsizetype max) const;

private:
    struct Piece {
        qint64 at;
        QByteArray bytes;
    };

    qsizetype m_limit;
    std::deque<Piece> m_pieces;
    qint64 m_begin = 0;
    qint64 m_end = 0;
};

} // namespace quarry::sandbox
