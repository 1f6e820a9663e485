// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/environment/boxed.h"

#include "gem/environment/unicodeclasses.h"

namespace quarry::gem {

namespace {

constexpr std::string_view opening = "\\boxed{";
static_assert(opening.size() == openingLength);

} // namespace

bool BoxedReader::wideDigit(int &value)
{
    const CodePoint point = firstCodePoint(m_text);
    value = point.bytes == 0 ? -1 : decimalDigit(point.value);
    if (value < 0)
        return false;
    m_text.remove_prefix(point.bytes);
    return true;
}

bool BoxedReader::wideSpace(char32_t &point)
{
    const CodePoint first = firstCodePoint(m_text);
    if (first.bytes == 0 || !isWhitespace(first.value))
        return false;
    point = first.value;
    m_text.remove_prefix(first.bytes);
    return true;
}

bool BoxedReader::wordAnyCase(std::string_view word)
{
    if (m_text.size() < word.size())
        return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if ((m_text[i] | 0x20) != word[i])
            return false;
    }
    m_text.remove_prefix(word.size());
    return true;
}

std::size_t lastOpening(std::string_view text, std::size_t end)
{
    // One walk and not a call for each backslash: an action may be nothing but backslashes.
    for (std::size_t at = end; at-- > 0;) {
        if (text[at] == '\\' && text.substr(at).starts_with(opening))
            return at;
    }
    return text.npos;
}

} // namespace quarry::gem
