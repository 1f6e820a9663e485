// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Many seeds at once.
#include "gem/random/pythonrandom.h"
#include "gem/random/twister.h"

#include <cstring>

namespace quarry::gem {

namespace {

// What a register holds, and as many of them as hide a multiplication's latency.
constexpr std::size_t width = 8;
constexpr std::size_t chains = 2;
constexpr std::size_t laneCount = width * chains;
using Lane = std::uint32_t __attribute__((vector_size(4 * width)));

} // namespace

// PythonRandom::seed() for seeds of one word, lane by lane; inlined into functions for different
// processors.
struct PythonRandom::Lanes {
    [[gnu::always_inline]] static void seed(PythonRandom *const *randoms,
                                            const std::uint32_t *seeds)
    {
        Lane key[chains];
        for (std::size_t lane = 0; lane < laneCount; ++lane)
            key[lane / width][lane % width] = seeds[lane];
        Lane state[twister::size][chains];
        Lane previous[chains];
        for (std::size_t c = 0; c < chains; ++c) {
            state[0][c] = Lane{} + 0x80000000U;
            previous[c] = Lane{} + twister::start[0];
        }
        for (std::uint32_t i = 1; i < twister::size; ++i) {
            for (std::size_t c = 0; c < chains; ++c) {
                const Lane mixed = (previous[c] ^ (previous[c] >> 30)) * twister::firstFactor;
                state[i][c] = previous[c] = (mixed ^ twister::start[i]) + key[c];
            }
        }
        // The first pass ends at word 1 again, and so does the second.
        for (std::size_t c = 0; c < chains; ++c) {
            const Lane mixed = (previous[c] ^ (previous[c] >> 30)) * twister::firstFactor;
            state[1][c] = previous[c] = (mixed ^ state[1][c]) + key[c];
        }
        for (std::uint32_t i = 2; i <= twister::size; ++i) {
            const std::uint32_t at = i < twister::size ? i : 1;
            for (std::size_t c = 0; c < chains; ++c) {
                const Lane mixed = (previous[c] ^ (previous[c] >> 30)) * twister::secondFactor;
                state[at][c] = previous[c] = (state[at][c] ^ mixed) - at;
            }
        }
        for (std::size_t c = 0; c < chains; ++c)
            scatter(state, c, randoms + c * width);
        for (std::size_t lane = 0; lane < laneCount; ++lane)
            randoms[lane]->m_at = 0;
    }
    // Lane k of chain C goes to RANDOMS[k]: a transposition, eight by eight words at a time.
    [[gnu::always_inline]] static void scatter(const Lane (&state)[twister::size][chains],
                                               std::size_t c, PythonRandom *const *randoms)
    {
        for (std::size_t from = 0; from < twister::size; from += width) {
            Lane pairs[width];
            Lane fours[width];
            for (std::size_t i = 0; i < width; i += 2) {
                const Lane a = state[from + i][c];
                const Lane b = state[from + i + 1][c];
                pairs[i] = __builtin_shufflevector(a, b, 0, 8, 1, 9, 4, 12, 5, 13);
                pairs[i + 1] = __builtin_shufflevector(a, b, 2, 10, 3, 11, 6, 14, 7, 15);
            }
            for (std::size_t i = 0; i < width; i += 4) {
                for (std::size_t j = 0; j < 2; ++j) {
                    const Lane a = pairs[i + j];
                    const Lane b = pairs[i + j + 2];
                    fours[i + 2 * j] = __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13);
                    fours[i + 2 * j + 1]
                        = __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15);
                }
            }
            for (std::size_t i = 0; i < 4; ++i) {
                const Lane low
                    = __builtin_shufflevector(fours[i], fours[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
                const Lane high
                    = __builtin_shufflevector(fours[i], fours[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
                std::memcpy(&randoms[i]->m_state[from], &low, sizeof low);
                std::memcpy(&randoms[i + 4]->m_state[from], &high, sizeof high);
            }
        }
    }
#ifdef __x86_64__
    [[gnu::target("avx2")]] static void seedWide(PythonRandom *const *randoms,
                                                 const std::uint32_t *seeds)
    {
        seed(randoms, seeds);
    }
#endif
    static void seedAny(PythonRandom *const *randoms, const std::uint32_t *seeds)
    {
#ifdef __x86_64__
        if (__builtin_cpu_supports("avx2"))
            return seedWide(randoms, seeds);
#endif
        seed(randoms, seeds);
    }
};

void PythonRandom::seedAll(std::span<PythonRandom *const> randoms,
                           std::span<const std::uint32_t> seeds)
{
    std::size_t at = 0;
    for (; at + laneCount <= seeds.size(); at += laneCount)
        Lanes::seedAny(&randoms[at], &seeds[at]);
    for (; at < seeds.size(); ++at)
        randoms[at]->seed(seeds[at]);
}

} // namespace quarry::gem
