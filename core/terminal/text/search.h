// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Looks for text in a terminal's history and screen, line by line: lines that are one by soft wraps
// are searched as one (in parts of 1,000, when there are more). In slices, so that a caller can go
// on with other work, or give up.
#pragma once

#include "terminal/text/lines.h"

#include <QByteArrayMatcher>
#include <QRegularExpression>
#include <QString>
#include <QStringMatcher>

#include <vector>

namespace quarry::terminal {

struct Match {
    Position begin;
    Position end; // behind the last cell

    bool operator==(const Match &) const = default;
};

class Search
{
public:
    enum class Kind : std::uint8_t { Literal, Regex };

    Search(const QString &pattern, Kind kind, Qt::CaseSensitivity caseSensitivity);

    // Of a regular expression that is none: what is wrong. Then nothing is found.
    QString error() const { return m_error; }

    // Looks through about `count` lines from `line` on, and adds what is found. Returns where to go
    // on; lines.end() when all was seen. At most 1,000 matches are added for what is one line.
    std::uint64_t step(Lines &lines, std::uint64_t line, int count,
                       std::vector<Match> &matches) const;

private:
    struct Piece { // of the text, in units of UTF-16, or bytes for a literal with case
        qsizetype begin;
        qsizetype size;
    };
    bool isBytewise() const { return m_kind == Kind::Literal && m_case == Qt::CaseSensitive; }
    std::vector<Piece> piecesIn(const std::string &text) const;
    void locate(Lines &lines, std::uint64_t first, std::uint64_t last,
                const std::vector<Piece> &pieces, std::vector<Match> &matches) const;

    Kind m_kind;
    Qt::CaseSensitivity m_case;
    bool m_empty;
    QString m_error;
    QByteArrayMatcher m_bytes;
    QStringMatcher m_text;
    QRegularExpression m_regex;
};

} // namespace quarry::terminal
