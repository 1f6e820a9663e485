// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal/text/search.h"

#include <algorithm>

namespace quarry::terminal {

namespace {

constexpr int LongestLine = 1000; // rows
constexpr std::size_t MaximumMatches = 1000;

int utf16Size(std::string_view utf8)
{
    int size = 0;
    for (const char byte : utf8) {
        const auto code = std::uint8_t(byte);
        size += (code & 0xc0) == 0x80 ? 0 : code >= 0xf0 ? 2 : 1;
    }
    return size;
}

} // namespace

Search::Search(const QString &pattern, Kind kind, Qt::CaseSensitivity caseSensitivity)
    : m_kind(kind), m_case(caseSensitivity), m_empty(pattern.isEmpty()), m_bytes(pattern.toUtf8()),
      m_text(pattern, caseSensitivity)
{
    if (kind != Kind::Regex)
        return;
    QRegularExpression::PatternOptions options = QRegularExpression::UseUnicodePropertiesOption;
    if (caseSensitivity == Qt::CaseInsensitive)
        options |= QRegularExpression::CaseInsensitiveOption;
    m_regex = QRegularExpression(pattern, options);
    if (!m_regex.isValid())
        m_error = m_regex.errorString();
}

std::uint64_t Search::step(Lines &lines, std::uint64_t line, int count,
                           std::vector<Match> &matches) const
{
    line = std::max(line, lines.begin());
    if (m_empty || !m_error.isEmpty())
        return lines.end();
    const std::uint64_t end = lines.end();
    const std::uint64_t stop = line + std::uint64_t(std::max(count, 1));
    std::string text;
    while (line < end && line < stop) {
        const std::uint64_t first = line;
        text.clear();
        while (lines.appendUtf8(line, text) && line + 1 < end && line - first + 1 < LongestLine)
            ++line;
        const std::vector<Piece> pieces = piecesIn(text);
        if (!pieces.empty())
            locate(lines, first, line, pieces, matches);
        ++line;
    }
    return line;
}

std::vector<Search::Piece> Search::piecesIn(const std::string &text) const
{
    std::vector<Piece> pieces;
    const auto literal = [&pieces](const auto &matcher, const auto &in, qsizetype size) {
        for (qsizetype at = matcher.indexIn(in); at >= 0 && pieces.size() < MaximumMatches;
             at = matcher.indexIn(in, at + size))
            pieces.push_back({at, size});
    };
    const auto bytes = QByteArray::fromRawData(text.data(), qsizetype(text.size()));
    if (isBytewise()) {
        literal(m_bytes, bytes, m_bytes.pattern().size());
    } else if (m_kind == Kind::Literal) {
        literal(m_text, QString::fromUtf8(bytes), m_text.pattern().size());
    } else {
        QRegularExpressionMatchIterator found = m_regex.globalMatch(QString::fromUtf8(bytes));
        while (found.hasNext() && pieces.size() < MaximumMatches) {
            const QRegularExpressionMatch match = found.next();
            if (match.capturedLength() > 0)
                pieces.push_back({match.capturedStart(), match.capturedLength()});
        }
    }
    return pieces;
}

// From places in the text of the rows [first, last] to cells.
void Search::locate(Lines &lines, std::uint64_t first, std::uint64_t last,
                    const std::vector<Piece> &pieces, std::vector<Match> &matches) const
{
    const std::size_t offset = matches.size();
    matches.resize(offset + pieces.size());
    std::size_t begun = 0;
    std::size_t ended = 0;
    qsizetype at = 0;
    std::string text;
    for (std::uint64_t line = first; line <= last; ++line) {
        const RowView row = lines.row(line);
        for (int column = 0; column < int(row.cells.size()) && ended < pieces.size(); ++column) {
            const bool trailing = row.wrapped && row.cells[std::size_t(column)].text == 0
                && column + 1 == int(row.cells.size());
            if (row.cells[std::size_t(column)].isSpacer() || trailing)
                continue;
            text.clear();
            row.appendUtf8(column, column + 1, text);
            const qsizetype next = at + (isBytewise() ? qsizetype(text.size()) : utf16Size(text));
            while (begun < pieces.size() && pieces[begun].begin < next)
                matches[offset + begun++].begin = {line, column};
            const int width = row.cells[std::size_t(column)].isWide() ? 2 : 1;
            while (ended < begun && pieces[ended].begin + pieces[ended].size <= next)
                matches[offset + ended++].end = {line, column + width};
            at = next;
        }
    }
    matches.resize(offset + ended);
}

} // namespace quarry::terminal
