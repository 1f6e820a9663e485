// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The constants of MT19937 and its init_by_array (Matsumoto and Nishimura, 1998).
#pragma once

#include <array>
#include <cstdint>

namespace quarry::gem::twister {

inline constexpr std::uint32_t size = 624;
inline constexpr std::uint32_t shift = 397;
inline constexpr std::uint32_t firstFactor = 1664525;
inline constexpr std::uint32_t secondFactor = 1566083941;

// What init_genrand(19650218) leaves; init_by_array starts from it whatever the seed is.
inline constexpr std::array<std::uint32_t, size> start = [] {
    std::array<std::uint32_t, size> state{};
    state[0] = 19650218;
    for (std::uint32_t i = 1; i < size; ++i)
        state[i] = 1812433253U * (state[i - 1] ^ (state[i - 1] >> 30)) + i;
    return state;
}();

} // namespace quarry::gem::twister
