// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal/text/selection.h"

#include "terminal/text/spans.h"

#include <algorithm>
#include <string_view>

namespace quarry::terminal {

namespace {

constexpr int LongestWord = 100; // lines, either way

bool isWordCharacter(const RowView &row, int column)
{
    if (column >= int(row.cells.size()))
        return false;
    const Cell &cell = row.cells[std::size_t(column)];
    if (cell.isSpacer())
        return true;
    const char32_t code = row.clusters->first(cell.text);
    constexpr std::u32string_view others = U"-_./~+@%#?&=:\\$";
    if (code < 0x80)
        return (code >= U'0' && code <= U'9') || (code >= U'a' && code <= U'z')
            || (code >= U'A' && code <= U'Z') || others.find(code) != others.npos;
    return code > 0xa0 && !(code >= 0x2000 && code <= 0x206f) && !(code >= 0x2500 && code <= 0x259f)
        && !(code >= 0x3000 && code <= 0x303f);
}

} // namespace

Selection Selection::between(Position one, Position other, Kind kind)
{
    if (other < one)
        std::swap(one, other);
    if (kind == Kind::Block && other.column < one.column)
        std::swap(one.column, other.column);
    return {one, other, kind};
}

Selection Selection::word(Lines &lines, Position at)
{
    at.column = std::max(at.column, 0);
    if (!isWordCharacter(lines.row(at.line), at.column))
        return {at, {at.line, at.column + 1}};
    Selection out{at, at};
    const std::uint64_t first = lines.firstOf(at.line, LongestWord);
    for (bool goesOn = true; goesOn;) {
        const RowView row = lines.row(out.begin.line);
        while (out.begin.column > 0 && isWordCharacter(row, out.begin.column - 1))
            --out.begin.column;
        goesOn = out.begin.column == 0 && out.begin.line > first;
        if (!goesOn)
            break;
        const RowView above = lines.row(out.begin.line - 1);
        goesOn = !above.cells.empty() && isWordCharacter(above, int(above.cells.size()) - 1);
        if (goesOn)
            out.begin = {out.begin.line - 1, int(above.cells.size())};
    }
    const std::uint64_t last = lines.lastOf(at.line, LongestWord);
    for (;;) {
        const RowView row = lines.row(out.end.line);
        while (isWordCharacter(row, out.end.column))
            ++out.end.column;
        if (out.end.column < int(row.cells.size()) || out.end.line >= last)
            break;
        if (!isWordCharacter(lines.row(out.end.line + 1), 0))
            break;
        out.end = {out.end.line + 1, 0};
    }
    return out;
}

Selection Selection::line(Lines &lines, Position at)
{
    constexpr int longest = 10'000;
    return {{lines.firstOf(at.line, longest), 0}, {lines.lastOf(at.line, longest) + 1, 0}};
}

bool Selection::isEmpty() const
{
    return kind == Kind::Block ? begin.column >= end.column || begin.line > end.line
                               : !(begin < end);
}

bool Selection::contains(Position at) const
{
    if (kind == Kind::Text)
        return begin <= at && at < end;
    return at.line >= begin.line && at.line <= end.line && at.column >= begin.column
        && at.column < end.column;
}

std::string selectedText(Lines &lines, const Selection &selection)
{
    std::string out;
    forEachSpan(lines, selection, [&out](const RowView &row, const SelectedSpan &span) {
        row.appendUtf8(span.from, span.to, out);
        if (span.endsLine)
            out += '\n';
        return out.size() < MaximumCopy;
    });
    return out;
}

} // namespace quarry::terminal
