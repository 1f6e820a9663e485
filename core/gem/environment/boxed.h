// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reading an action: the last match of a game's own \boxed{…} pattern in the player's text counts,
// as GEM's regular expressions find it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace quarry::gem {

// A place in UTF-8 text; each call takes what it names and says whether it was there.
class BoxedReader
{
public:
    explicit BoxedReader(std::string_view text) : m_text(text) { }

    // Python's \d+: digits of any script (Unicode Nd) with their value; beyond 10⁹ it is 10⁹, which
    // no game allows. More than 4300 digits (Python's limit for an int) match, but cannot be
    // converted.
    bool number(std::int64_t &value);
    // Python's \s: exactly one, any of Unicode's.
    bool space();
    bool space(char32_t &point);
    // Any number of them; says how many.
    std::size_t spaces();
    // a to z in any case, as upper case.
    bool letter(char &upper);
    // Exactly that.
    bool literal(std::string_view word);
    // The same in any case of ASCII; WORD is lower case.
    bool wordAnyCase(std::string_view word);

    std::string_view rest() const { return m_text; }
    // False once a number was too long to be one.
    bool isConvertible() const { return m_isConvertible; }

private:
    bool digit(int &value);
    // The same beyond ASCII.
    bool wideDigit(int &value);
    bool wideSpace(char32_t &point);

    static constexpr std::int64_t beyond = 1'000'000'000;
    static constexpr int mostDigits = 4300;

    std::string_view m_text;
    bool m_isConvertible = true;
};

inline bool BoxedReader::digit(int &value)
{
    if (m_text.empty())
        return false;
    const auto first = static_cast<unsigned char>(m_text[0]);
    if (first >= 0x80)
        return wideDigit(value);
    if (first < '0' || first > '9')
        return false;
    value = first - '0';
    m_text.remove_prefix(1);
    return true;
}

inline bool BoxedReader::number(std::int64_t &value)
{
    int next = 0;
    if (!digit(next))
        return false;
    int digits = 1;
    for (value = next; digit(next); digits += digits <= mostDigits) {
        value = value * 10 + next;
        if (value > beyond)
            value = beyond;
    }
    m_isConvertible = m_isConvertible && digits <= mostDigits;
    return true;
}

inline bool BoxedReader::space(char32_t &point)
{
    if (m_text.empty())
        return false;
    const auto first = static_cast<unsigned char>(m_text[0]);
    if (first >= 0x80)
        return wideSpace(point);
    if (first > 0x20 || !(first >= 0x1C || (first >= 0x09 && first <= 0x0D)))
        return false;
    point = first;
    m_text.remove_prefix(1);
    return true;
}

inline bool BoxedReader::space()
{
    char32_t point = 0;
    return space(point);
}

inline std::size_t BoxedReader::spaces()
{
    std::size_t count = 0;
    while (space())
        ++count;
    return count;
}

inline bool BoxedReader::letter(char &upper)
{
    if (m_text.empty())
        return false;
    const char folded = char(m_text[0] & ~0x20);
    if (folded < 'A' || folded > 'Z')
        return false;
    upper = folded;
    m_text.remove_prefix(1);
    return true;
}

inline bool BoxedReader::literal(std::string_view word)
{
    if (!m_text.starts_with(word))
        return false;
    m_text.remove_prefix(word.size());
    return true;
}

// The place of the last "\boxed{" in TEXT before END, or npos.
std::size_t lastOpening(std::string_view text, std::size_t end);
inline constexpr std::size_t openingLength = 7;

// The last place of TEXT where "\boxed{", what READ takes, and "}" stand together; nothing if a
// number of it is too long. READ is called as std::optional<T>(BoxedReader &). The pattern must not
// take "\": then matches never overlap, and the search may go from the end.
template <typename Read>
auto lastBoxed(std::string_view text, Read &&read) -> decltype(read(std::declval<BoxedReader &>()))
{
    for (std::size_t at = lastOpening(text, text.size()); at != text.npos;
         at = lastOpening(text, at)) {
        BoxedReader reader(text.substr(at + openingLength));
        auto found = read(reader);
        if (found && reader.literal("}")) {
            if (!reader.isConvertible())
                found.reset();
            return found;
        }
    }
    return {};
}

} // namespace quarry::gem
