// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Where prompts, commands and their output begin and end: the newest 10,000 marks, by line.
#pragma once

#include <cstdint>
#include <deque>

namespace quarry::terminal {

// A place in the output, by shell integration (OSC 133).
enum class MarkKind : std::uint8_t { Prompt, Command, Output, End };

struct Mark {
    MarkKind kind;
    std::uint64_t line; // as History numbers them; the screen's rows follow the history's end
    int exitCode = -1;  // of an End, when the shell told it

    bool operator==(const Mark &) const = default;
};

class Marks
{
public:
    static constexpr std::size_t Maximum = 10'000;

    void add(const Mark &mark)
    {
        if (m_marks.size() == Maximum)
            m_marks.pop_front();
        m_marks.push_back(mark);
    }
    // Those that came last, as far as they are at LINE or below: what they marked is erased.
    void eraseFrom(std::uint64_t line)
    {
        while (!m_marks.empty() && m_marks.back().line >= line)
            m_marks.pop_back();
    }
    const std::deque<Mark> &all() const { return m_marks; }
    std::deque<Mark> &all() { return m_marks; }

private:
    std::deque<Mark> m_marks;
};

} // namespace quarry::terminal
