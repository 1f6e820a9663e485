// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reads asciicast recordings, versions 2 and 3 (https://docs.asciinema.org/manual/asciicast/), as
// their bytes come: memory is bounded by the longest line that is allowed, whatever the file's
// size.
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <vector>

namespace quarry::terminal {

struct CastHeader {
    int version = 0;
    int columns = 0; // 1 to 10,000
    int rows = 0;
    qint64 timestamp = 0; // seconds since 1970; 0 when it is not said
    QString title;
    QString command;
};

struct CastEvent {
    enum class Kind : char {
        Output = 'o',
        Input = 'i',
        Resize = 'r',
        Marker = 'm',
        Exit = 'x',
        Other = 0
    };

    qint64 microseconds = 0; // since the start; never less than the event's before
    Kind kind = Kind::Other;
    QByteArray data; // UTF-8; of a Resize "COLUMNSxROWS"
};

class CastReader
{
public:
    static constexpr qsizetype MaximumLine = 8 << 20;

    // Adds the events whose lines are complete. After an error, which names the line, nothing more
    // is read.
    Result<void> feed(QByteArrayView bytes, std::vector<CastEvent> &events);
    // The end of the file: a last line without a line end counts when it is whole, and a torn one
    // is no error.
    Result<void> finish(std::vector<CastEvent> &events);

    bool hasHeader() const { return m_header.version != 0; }
    const CastHeader &header() const { return m_header; }

private:
    Result<void> takeLine(QByteArrayView line, std::vector<CastEvent> &events);
    Result<void> takeHeader(QByteArrayView line);
    Error fault(const QString &what) const;

    CastHeader m_header;
    QByteArray m_line; // the start of a line whose end has not come
    qint64 m_lineNumber = 0;
    qint64 m_time = 0;
    bool m_failed = false;
};

} // namespace quarry::terminal
