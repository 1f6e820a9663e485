// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Text appended piece by piece.
#pragma once

#include "gem/environment/jsontext.h"

#include <concepts>
#include <string>
#include <string_view>

namespace quarry::gem {

inline void appendPiece(std::string &out, std::string_view text)
{
    out.append(text);
}
inline void appendPiece(std::string &out, char character)
{
    out += character;
}
template <std::integral Number>
    requires(!std::same_as<Number, char> && !std::same_as<Number, bool>)
void appendPiece(std::string &out, Number number)
{
    appendNumber(out, std::int64_t(number));
}

// Appends texts, characters and whole numbers in order.
template <typename... Pieces>
void appendText(std::string &out, const Pieces &...pieces)
{
    (appendPiece(out, pieces), ...);
}

} // namespace quarry::gem
