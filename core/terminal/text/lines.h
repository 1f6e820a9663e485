// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A terminal's history and screen as one run of lines, numbered as History does.
#pragma once

#include "terminal/emulator/emulator.h"

#include <cstdint>

namespace quarry::terminal {

struct Position {
    std::uint64_t line = 0;
    int column = 0;

    auto operator<=>(const Position &) const = default;
};

class Lines
{
public:
    // The emulator outlives this; what it is fed changes the lines.
    explicit Lines(const Emulator &emulator) : m_screen(emulator.screen()) { }

    std::uint64_t begin() const { return m_screen.history().begin(); }
    std::uint64_t screenBegin() const { return m_screen.history().end(); }
    std::uint64_t end() const { return screenBegin() + std::uint64_t(m_screen.rows()); }

    // Until the next call. Of a line that is not there: nothing.
    RowView row(std::uint64_t line);
    // Adds the text of a line without trailing blanks, and says whether it goes on in the next one.
    bool appendUtf8(std::uint64_t line, std::string &out);
    // The first and the last of the lines that are one by soft wraps, at most so many either way.
    std::uint64_t firstOf(std::uint64_t line, int limit);
    std::uint64_t lastOf(std::uint64_t line, int limit);

private:
    bool isWrapped(std::uint64_t line);

    const Screen &m_screen;
    StoredRow m_stored;
};

} // namespace quarry::terminal
