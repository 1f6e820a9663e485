// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reading an action: the last match of a game's own \boxed{…} pattern in the player's text counts, as GEM's
// regular expressions find it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace quarry::gem {

// A place in UTF-8 text; each call takes what it names and says whether it was there.
class BoxedReader
{
public:
    explicit BoxedReader(std::string_view text) : m_text(text) { }

    // Python's \d+: digits of any script (Unicode Nd) with their value; beyond 10⁹ it is 10⁹, which no game
    // allows. False for none, and for more than 4300 (Python's limit for an int).
    bool number(std::int64_t &value);
    // Python's \s: exactly one, any of Unicode's.
    bool space();
    // Any number of them; says how many.
    std::size_t spaces();
    // a to z in any case, as upper case.
    bool letter(char &upper);
    // Exactly that.
    bool literal(std::string_view word);
    // The same in any case of ASCII; WORD is lower case.
    bool wordAnyCase(std::string_view word);

    std::string_view rest() const { return m_text; }

private:
    std::string_view m_text;
};

// The last place of TEXT where "\boxed{", what READ takes, and "}" stand together. READ is called as
// std::optional<T>(BoxedReader &). The pattern must not take "\": then matches never overlap, and the search
// may go from the end.
template <typename Read>
auto lastBoxed(std::string_view text, Read &&read) -> decltype(read(std::declval<BoxedReader &>()))
{
    static constexpr std::string_view opening = "\\boxed{";
    for (std::size_t at = text.rfind(opening); at != text.npos;
         at = at == 0 ? text.npos : text.rfind(opening, at - 1)) {
        BoxedReader reader(text.substr(at + opening.size()));
        if (auto found = read(reader); found && reader.literal("}"))
            return found;
    }
    return {};
}

} // namespace quarry::gem
