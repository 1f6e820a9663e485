// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/environment/boxed.h"

#include "gem/environment/unicodeclasses.h"

#include <cstring>

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
    while (const void *found = memrchr(text.data(), '\\', end)) {
        end = std::size_t(static_cast<const char *>(found) - text.data());
        if (text.substr(end).starts_with(opening))
            return end;
    }
    return text.npos;
}

} // namespace quarry::gem
