// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// `numpy.random.default_rng(seed)`, draw for draw: SeedSequence and PCG64 XSL-RR. (O'Neill, 2014;
// NumPy 2.)
#pragma once

#include <cstdint>

namespace quarry::gem {

// Copies are independent and go on alike.
class NumpyRandom
{
public:
    explicit NumpyRandom(std::uint64_t seed = 0);

    // integers(N), N of 1 to 2³²; N = 1 draws nothing.
    std::uint64_t integers(std::uint64_t n);
    // random(): 53 bits in [0, 1).
    double real();

private:
    std::uint64_t next64();
    std::uint32_t next32(); // the low half first, the high half kept for the next call

    unsigned __int128 m_state;
    unsigned __int128 m_increment;
    std::uint32_t m_kept = 0;
    bool m_hasKept = false;
};

} // namespace quarry::gem
