// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/environment/boxed.h"

#include "gem/environment/unicodeclasses.h"

#include <algorithm>
#include <cstring>

namespace quarry::gem {

namespace {

constexpr std::int64_t beyond = 1'000'000'000;
constexpr int mostDigits = 4300;
constexpr std::string_view opening = "\\boxed{";
static_assert(opening.size() == openingLength);

} // namespace

bool BoxedReader::digit(int &value)
{
    if (m_text.empty())
        return false;
    const auto first = static_cast<unsigned char>(m_text[0]);
    std::size_t bytes = 1;
    if (first < 0x80) {
        value = first - '0';
    } else {
        const CodePoint point = firstCodePoint(m_text);
        bytes = point.bytes;
        value = bytes == 0 ? -1 : decimalDigit(point.value);
    }
    if (value < 0 || value > 9)
        return false;
    m_text.remove_prefix(bytes);
    return true;
}

bool BoxedReader::number(std::int64_t &value)
{
    int next = 0;
    if (!digit(next))
        return false;
    int digits = 1;
    for (value = next; digit(next); digits += digits <= mostDigits)
        value = std::min(value * 10 + next, beyond);
    m_isConvertible = m_isConvertible && digits <= mostDigits;
    return true;
}

bool BoxedReader::space()
{
    char32_t point = 0;
    return space(point);
}

bool BoxedReader::space(char32_t &point)
{
    const CodePoint first = firstCodePoint(m_text);
    if (first.bytes == 0 || !isWhitespace(first.value))
        return false;
    point = first.value;
    m_text.remove_prefix(first.bytes);
    return true;
}

std::size_t BoxedReader::spaces()
{
    std::size_t count = 0;
    while (space())
        ++count;
    return count;
}

bool BoxedReader::letter(char &upper)
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

bool BoxedReader::literal(std::string_view word)
{
    if (!m_text.starts_with(word))
        return false;
    m_text.remove_prefix(word.size());
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
