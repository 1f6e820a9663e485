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

    std::string_view m_text;
    bool m_isConvertible = true;
};

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
