// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/random/numpyrandom.h"

#include <array>
#include <bit>

namespace quarry::gem {

namespace {

using Wide = unsigned __int128;

constexpr Wide pcgFactor = (Wide(0x2360ED051FC65DA4) << 64) | 0x4385DF649FCCF645;

// SeedSequence's hash, whose constant moves on with each word.
class SeedHash
{
public:
    constexpr SeedHash(std::uint32_t constant, std::uint32_t factor)
        : m_constant(constant), m_factor(factor)
    {
    }

    std::uint32_t operator()(std::uint32_t word)
    {
        word ^= m_constant;
        m_constant *= m_factor;
        word *= m_constant;
        return word ^ (word >> 16);
    }

private:
    std::uint32_t m_constant;
    std::uint32_t m_factor;
};

// SeedSequence(SEED).generate_state(4, uint64).
std::array<std::uint64_t, 4> seedWords(std::uint64_t seed)
{
    SeedHash poolHash(0x43B0D7E5U, 0x931E8875U);
    std::array<std::uint32_t, 4> pool = {std::uint32_t(seed), std::uint32_t(seed >> 32), 0, 0};
    for (std::uint32_t &word : pool)
        word = poolHash(word);
    for (std::size_t from = 0; from < 4; ++from) {
        for (std::size_t to = 0; to < 4; ++to) {
            if (from == to)
                continue;
            const std::uint32_t mixed = 0xCA01F9DDU * pool[to] - 0x4973F715U * poolHash(pool[from]);
            pool[to] = mixed ^ (mixed >> 16);
        }
    }
    SeedHash stateHash(0x8B51F9DDU, 0x58F38DEDU);
    std::array<std::uint64_t, 4> words;
    for (std::size_t i = 0; i < 4; ++i) {
        const std::uint64_t low = stateHash(pool[(2 * i) % 4]);
        const std::uint64_t high = stateHash(pool[(2 * i + 1) % 4]);
        words[i] = low | high << 32;
    }
    return words;
}

} // namespace

NumpyRandom::NumpyRandom(std::uint64_t seed)
{
    const auto words = seedWords(seed);
    m_increment = (((Wide(words[2]) << 64) | words[3]) << 1) | 1;
    m_state = (m_increment + ((Wide(words[0]) << 64) | words[1])) * pcgFactor + m_increment;
}

std::uint64_t NumpyRandom::integers(std::uint64_t n)
{
    if (n == 1)
        return 0;
    // Lemire's way: the high half of a product, drawn again where the low half would favour some
    // values.
    std::uint64_t product = next32() * n;
    if (std::uint32_t(product) < n) {
        const std::uint64_t threshold = ((std::uint64_t(1) << 32) - n) % n;
        while (std::uint32_t(product) < threshold)
            product = next32() * n;
    }
    return product >> 32;
}

double NumpyRandom::real()
{
    return double(next64() >> 11) / 9007199254740992.0;
}

std::uint64_t NumpyRandom::next64()
{
    m_state = m_state * pcgFactor + m_increment;
    const std::uint64_t folded = std::uint64_t(m_state >> 64) ^ std::uint64_t(m_state);
    return std::rotr(folded, int(m_state >> 122));
}

std::uint32_t NumpyRandom::next32()
{
    if (m_hasKept) {
        m_hasKept = false;
        return m_kept;
    }
    const std::uint64_t both = next64();
    m_kept = std::uint32_t(both >> 32);
    m_hasKept = true;
    return std::uint32_t(both);
}

} // namespace quarry::gem
