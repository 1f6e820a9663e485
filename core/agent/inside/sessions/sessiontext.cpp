// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/sessions/sessiontext.h"

#include <array>
#include <algorithm>

namespace quarry::agent {

namespace {

bool isNameStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isWordByte(char c)
{
    return isNameStart(c) || isDigit(c)
        || std::string_view("./,:@%+-=^~*?").find(c) != std::string_view::npos
        || static_cast<unsigned char>(c) >= 0x80;
}

bool isReserved(std::string_view word)
{
    static constexpr std::array<std::string_view, 20> words{
        "if",    "then", "else", "elif", "fi",       "case", "esac",   "for", "select", "while",
        "until", "do",   "done", "in",   "function", "time", "coproc", "{",   "}",      "!"};
    return std::find(words.begin(), words.end(), word) != words.end();
}

// Walks over simple commands; any byte that it does not know ends the walk with a no.
class PlainReader
{
public:
    explicit PlainReader(std::string_view text) : m_text(text) { }

    bool read()
    {
        bool joined = false; // a command must follow, as behind &&
        for (;;) {
            skipBlanks();
            if (joined) {
                while (at('\n'))
                    advance();
            }
            if (atEnd())
                return !joined;
            if (!joined && at('\n')) {
                advance();
                continue;
            }
            if (!readCommand())
                return false;
            if (atEnd())
                return true;
            if (!readSeparator(joined))
                return false;
        }
    }

private:
    bool atEnd() const { return m_at >= m_text.size(); }
    bool at(char c) const { return !atEnd() && m_text[m_at] == c; }
    bool atPair(char c) const { return at(c) && m_at + 1 < m_text.size() && m_text[m_at + 1] == c; }
    void advance() { ++m_at; }

    void skipBlanks()
    {
        while (at(' ') || at('\t'))
            advance();
    }

    bool readSeparator(bool &joined)
    {
        joined = false;
        if (at('\n') || (at(';') && !atPair(';'))) {
            advance();
            return true;
        }
        if (atPair('&') || atPair('|')) {
            m_at += 2;
            joined = true;
            return true;
        }
        if (at('|') && !(m_at + 1 < m_text.size() && m_text[m_at + 1] == '&')) {
            advance();
            joined = true;
            return true;
        }
        return false;
    }

    bool readCommand()
    {
        bool first = true;
        for (;;) {
            skipBlanks();
            if (atEnd() || at('\n') || at(';') || at('&') || at('|'))
                return !first;
            const std::size_t from = m_at;
            if (!readWord())
                return false;
            if (first && isReserved(m_text.substr(from, m_at - from)))
                return false;
            first = false;
        }
    }

    bool readWord()
    {
        const std::size_t from = m_at;
        while (!atEnd()) {
            const char c = m_text[m_at];
            if (isWordByte(c))
                advance();
            else if (c == '\''      ? !readSingle()
                         : c == '"' ? !readDouble()
                                    : c != '$' || !readVariable())
                break;
        }
        if (m_broken || m_at == from)
            return false;
        return atEnd() || std::string_view(" \t\n;&|").find(m_text[m_at]) != std::string_view::npos;
    }

    bool readSingle()
    {
        const std::size_t end = m_text.find('\'', m_at + 1);
        if (end == std::string_view::npos)
            return fail();
        m_at = end + 1;
        return true;
    }

    bool readDouble()
    {
        for (advance(); !atEnd(); advance()) {
            const char c = m_text[m_at];
            if (c == '"') {
                advance();
                return true;
            }
            if (c == '\\' || c == '`')
                return fail();
            if (c == '$') {
                if (!readVariable())
                    return fail();
                --m_at;
            }
        }
        return fail();
    }

    // $name, $digit, $? and $$; nothing that opens a bracket.
    bool readVariable()
    {
        if (m_at + 1 >= m_text.size())
            return fail();
        const char c = m_text[m_at + 1];
        if (isDigit(c) || c == '?' || c == '$') {
            m_at += 2;
            return true;
        }
        if (!isNameStart(c))
            return fail();
        m_at += 2;
        while (!atEnd() && (isNameStart(m_text[m_at]) || isDigit(m_text[m_at])))
            advance();
        return true;
    }

    bool fail()
    {
        m_broken = true;
        return false;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    bool m_broken = false;
};

// printf's own spelling of a mark.
std::string markFormat(char kind, std::string_view nonce)
{
    std::string text = "'\\033_";
    text += kind;
    text += nonce;
    text += "\\033\\\\'";
    return text;
}

} // namespace

std::string normalizedCommand(std::string text)
{
    std::size_t returns = 0;
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; ++at) {
        if (at == 0 || text[at - 1] != '\r')
            return text;
        ++returns;
    }
    if (returns == 0)
        return text;
    std::size_t to = 0;
    for (std::size_t from = 0; from < text.size(); ++from) {
        const bool last = from + 1 == text.size();
        if (text[from] == '\r' && (last || text[from + 1] == '\n'))
            continue;
        text[to++] = text[from];
    }
    text.resize(to);
    return text;
}

bool isBlankCommand(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::size_t begin = text.find_first_not_of(" \t");
        if (begin < end && text[begin] != '#')
            return false;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return true;
}

bool isPlainCommand(std::string_view text)
{
    return PlainReader(text).read();
}

bool isLargeCommand(std::string_view text)
{
    constexpr std::size_t bytesMax = 32 * 1024;
    constexpr std::ptrdiff_t linesMax = 3000;
    return text.size() > bytesMax || std::count(text.begin(), text.end(), '\n') > linesMax;
}

std::string sessionPreamble()
{
    return "\\builtin set +o history +H; PS1= PS2= PS0=; \\builtin unset PROMPT_COMMAND "
           "MAILCHECK\n";
}

// $? to the report, then the end mark; then what would break the reading of the next unit: line
// editors and the idle time-out. Nothing of it may be seen, neither traces nor what a DEBUG trap
// prints.
std::string sessionTail(const SessionReport &report)
{
    return "{ \\builtin printf '%s %s\\n' " + report.nonce + " \"$?\" >" + report.reportPath
        + "; \\builtin printf " + markFormat('E', report.nonce) + " >/dev/tty"
        + "; \\builtin set +o vi; \\builtin set +o emacs; \\builtin unset TMOUT || \\builtin :"
        + "; } >/dev/null 2>&1\n";
}

std::string sessionUnit(std::string_view text, const SessionReport &report, int lastCode)
{
    std::string unit = "{ \\builtin printf " + markFormat('S', report.nonce) + " >/dev/tty; ";
    if (lastCode != 0) // a list, so that neither set -e nor an ERR trap takes notice
        unit += "(\\builtin exit " + std::to_string(lastCode) + ") && \\builtin :; ";
    unit += "} >/dev/null 2>&1; {\n";
    unit += text;
    unit += "\n\n} </dev/tty; ";
    const std::string end = sessionTail(report);
    unit += end;
    unit += end;
    return unit;
}

std::string sessionRepair(const SessionReport &report)
{
    // In POSIX mode, which a mere assignment turns on, special builtins come before functions.
    return "\\builtin unalias '{' '}' >/dev/null 2>&1\n"
           "POSIXLY_CORRECT=1; { \\unset -f builtin enable printf set unset exit :; \\unset "
           "POSIXLY_CORRECT; "
           "\\enable builtin printf set unset exit :; } >/dev/null 2>&1\n"
        + sessionTail(report);
}

} // namespace quarry::agent
