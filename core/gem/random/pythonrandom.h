// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// CPython's `random.Random`, draw for draw: MT19937 seeded by init_by_array, and what Python
// derives from its words. (Matsumoto and Nishimura, 1998; CPython 3.11, Lib/random.py.)
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace quarry::gem {

// Copies are independent and go on alike. 2.5 KB.
class PythonRandom
{
public:
    explicit PythonRandom(std::uint64_t seed = 0) { this->seed(seed); }

    // As random.seed(SEED) does for an int.
    void seed(std::uint64_t seed);
    // The same to each with the seed at its place, in a third of the time and less: seeding is one
    // long chain, and a processor follows sixteen of them at once. RANDOMS is as long as SEEDS.
    static void seedAll(std::span<PythonRandom *const> randoms,
                        std::span<const std::uint32_t> seeds);

    std::uint32_t word();
    // getrandbits(COUNT), 1 to 64.
    std::uint64_t bits(int count);
    // random(): 53 bits in [0, 1).
    double real();
    // _randbelow(N), N of at least 1; N = 1 draws as well.
    std::uint64_t below(std::uint64_t n);
    // randint(FIRST, LAST), both included.
    std::int64_t between(std::int64_t first, std::int64_t last);

    template <typename T, std::size_t extent>
    const T &choice(std::span<const T, extent> list)
    {
        return list[below(list.size())];
    }
    template <typename T, std::size_t extent>
    void shuffle(std::span<T, extent> list)
    {
        for (std::size_t i = list.size(); i-- > 1;)
            std::swap(list[i], list[below(i + 1)]);
    }
    // sample(range(LENGTH), COUNT): indices, COUNT of at most LENGTH.
    std::vector<std::size_t> sample(std::size_t length, std::size_t count);
    // One of choices(range(LENGTH)): uniform weights.
    std::size_t choicesIndex(std::size_t length);

private:
    struct Lanes;

    std::array<std::uint32_t, 624> m_state;
    std::uint32_t m_at;
};

} // namespace quarry::gem
