// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// JSON appended piece by piece.
#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace quarry::gem {

inline void appendNumber(std::string &out, std::int64_t number)
{
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, number);
    out.append(digits, end.ptr);
}

// In quotes, with what JSON wants escaped; TEXT is UTF-8.
void appendQuoted(std::string &out, std::string_view text);

} // namespace quarry::gem
