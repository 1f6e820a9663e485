// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The small generator that legal actions are sampled from, apart from an environment's own stream,
// so that an episode depends on its seed and actions alone. (SplitMix64: Steele, Lea, Flood, 2014.)
#pragma once

#include <cstdint>

namespace quarry::gem {

class SampleRandom
{
public:
    explicit SampleRandom(std::uint64_t seed) : m_state(seed) { }

    std::uint64_t next()
    {
        std::uint64_t z = (m_state += 0x9E3779B97F4A7C15u);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }
    // 0 to N-1; N of 1 to 2³².
    std::uint64_t below(std::uint64_t n)
    {
        return std::uint64_t((static_cast<unsigned __int128>(next()) * n) >> 64);
    }

private:
    std::uint64_t m_state;
};

} // namespace quarry::gem
