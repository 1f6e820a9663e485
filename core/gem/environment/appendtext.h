// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Text put together from pieces and appended at once, which costs a fraction of appending them one
// by one.
#pragma once

#include <charconv>
#include <concepts>
#include <cstring>
#include <string>
#include <string_view>

namespace quarry::gem {

template <typename Number>
concept WholeNumber
    = std::integral<Number> && !std::same_as<Number, char> && !std::same_as<Number, bool>;

// The most that a piece can take.
template <std::size_t Size>
constexpr std::size_t pieceSize(const char (&)[Size])
{
    return Size - 1;
}
constexpr std::size_t pieceSize(const std::string_view &text)
{
    return text.size();
}
constexpr std::size_t pieceSize(char)
{
    return 1;
}
template <WholeNumber Number>
constexpr std::size_t pieceSize(Number)
{
    return 20; // as many as the 64 bits of any type have
}

// Writes a piece at END and returns what comes after it.
template <std::size_t Size>
char *writePiece(char *end, const char (&literal)[Size])
{
    std::memcpy(end, literal, Size - 1);
    return end + Size - 1;
}
inline char *writePiece(char *end, const std::string_view &text)
{
    return end + text.copy(end, text.size());
}
inline char *writePiece(char *end, char character)
{
    *end = character;
    return end + 1;
}
template <WholeNumber Number>
char *writePiece(char *end, Number number)
{
    if (number >= 0 && number < 10) {
        *end = char('0' + number);
        return end + 1;
    }
    return std::to_chars(end, end + 20, number).ptr;
}

// Appends literals, texts, characters and whole numbers in order.
template <typename... Pieces>
void appendText(std::string &out, const Pieces &...pieces)
{
    const std::size_t before = out.size();
    out.resize(before + (pieceSize(pieces) + ...));
    char *end = out.data() + before;
    ((end = writePiece(end, pieces)), ...);
    out.resize(std::size_t(end - out.data()));
}

} // namespace quarry::gem
