// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal/text/lines.h"

namespace quarry::terminal {

RowView Lines::row(std::uint64_t line)
{
    if (line >= screenBegin() && line < end())
        return m_screen.row(int(line - screenBegin()));
    if (!m_screen.history().read(line, m_stored))
        m_stored = StoredRow();
    return m_stored.view();
}

bool Lines::appendUtf8(std::uint64_t line, std::string &out)
{
    bool wrapped = false;
    if (line < screenBegin()) {
        m_screen.history().readUtf8(line, out, wrapped);
        return wrapped;
    }
    const RowView view = row(line);
    int used = int(view.cells.size());
    while (used > 0
           && (view.cells[std::size_t(used - 1)].text == 0
               || (!view.wrapped && view.cells[std::size_t(used - 1)].isBlank())))
        --used;
    view.appendUtf8(0, used, out);
    return view.wrapped;
}

std::uint64_t Lines::firstOf(std::uint64_t line, int limit)
{
    while (limit-- > 0 && line > begin() && isWrapped(line - 1))
        --line;
    return line;
}

std::uint64_t Lines::lastOf(std::uint64_t line, int limit)
{
    while (limit-- > 0 && line + 1 < end() && isWrapped(line))
        ++line;
    return line;
}

bool Lines::isWrapped(std::uint64_t line)
{
    if (line >= screenBegin())
        return row(line).wrapped;
    std::string text;
    bool wrapped = false;
    m_screen.history().readUtf8(line, text, wrapped);
    return wrapped;
}

} // namespace quarry::terminal
