// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What Python's \d and \s take beyond ASCII, as CPython 3.11 (Unicode 14) has it.
#pragma once

#include <cstddef>
#include <string_view>

namespace quarry::gem {

struct CodePoint {
    char32_t value = 0;
    std::size_t bytes = 0; // 0: there is no well-formed one
};

// The first code point of UTF-8 text; overlong forms and surrogates are not well-formed.
CodePoint firstCodePoint(std::string_view text);
// The value of a decimal digit (category Nd), or -1.
int decimalDigit(char32_t point);
// What str.isspace() holds for.
bool isWhitespace(char32_t point);

} // namespace quarry::gem
