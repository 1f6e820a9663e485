// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/random/pythonrandom.h"

#include "gem/random/twister.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace quarry::gem {

namespace {

// How long a list random.sample(…, COUNT) still copies whole.
std::size_t pooledLength(std::size_t count)
{
    if (count <= 5)
        return 21;
    std::size_t power = 1;
    while (power < 3 * count)
        power *= 4;
    return 21 + power;
}

} // namespace

void PythonRandom::seed(std::uint64_t seed)
{
    const std::uint32_t key[2] = {std::uint32_t(seed), std::uint32_t(seed >> 32) + 1};
    const std::uint32_t last = seed >> 32 ? 1 : 0; // the key's words but one
    std::uint32_t previous = twister::start[0];
    const auto mixed
        = [&previous](std::uint32_t factor) { return (previous ^ (previous >> 30)) * factor; };
    for (std::uint32_t i = 1; i < twister::size; ++i)
        m_state[i] = previous
            = (twister::start[i] ^ mixed(twister::firstFactor)) + key[(i - 1) & last];
    // The last round of the first pass comes to word 1 again, and the second pass ends there.
    m_state[1] = previous
        = (m_state[1] ^ mixed(twister::firstFactor)) + key[(twister::size - 1) & last];
    for (std::uint32_t i = 2; i < twister::size; ++i)
        m_state[i] = previous = (m_state[i] ^ mixed(twister::secondFactor)) - i;
    m_state[1] = (m_state[1] ^ mixed(twister::secondFactor)) - 1;
    m_state[0] = 0x80000000U;
    m_at = 0;
}

std::uint32_t PythonRandom::word()
{
    // The state is renewed word by word, not all at once: most episodes draw a few words only.
    const std::uint32_t next = m_at + 1 == twister::size ? 0 : m_at + 1;
    const std::uint32_t far = m_at
        + (m_at < twister::size - twister::shift ? twister::shift : twister::shift - twister::size);
    const std::uint32_t joined = (m_state[m_at] & 0x80000000U) | (m_state[next] & 0x7FFFFFFFU);
    std::uint32_t y = m_state[far] ^ (joined >> 1) ^ (0x9908B0DFU & -(joined & 1U));
    m_state[m_at] = y;
    m_at = next;
    y ^= y >> 11;
    y ^= (y << 7) & 0x9D2C5680U;
    y ^= (y << 15) & 0xEFC60000U;
    return y ^ (y >> 18);
}

std::uint64_t PythonRandom::bits(int count)
{
    const std::uint64_t low = word();
    if (count <= 32)
        return low >> (32 - count);
    return low | std::uint64_t(word() >> (64 - count)) << 32;
}

double PythonRandom::real()
{
    const std::uint64_t high = word() >> 5;
    const std::uint64_t low = word() >> 6;
    return double((high << 26) + low) / 9007199254740992.0;
}

std::uint64_t PythonRandom::below(std::uint64_t n)
{
    const int width = int(std::bit_width(n)); // of N, not N - 1, as Python has it
    std::uint64_t drawn = bits(width);
    while (drawn >= n)
        drawn = bits(width);
    return drawn;
}

std::int64_t PythonRandom::between(std::int64_t first, std::int64_t last)
{
    return first + std::int64_t(below(std::uint64_t(last) - std::uint64_t(first) + 1));
}

std::vector<std::size_t> PythonRandom::sample(std::size_t length, std::size_t count)
{
    std::vector<std::size_t> taken;
    taken.reserve(count);
    if (length <= pooledLength(count)) {
        std::vector<std::size_t> pool(length);
        std::iota(pool.begin(), pool.end(), std::size_t(0));
        for (std::size_t left = length; left > length - count; --left) {
            const std::size_t at = below(left);
            taken.push_back(pool[at]);
            pool[at] = pool[left - 1];
        }
        return taken;
    }
    while (taken.size() < count) {
        const std::size_t at = below(length);
        if (std::find(taken.begin(), taken.end(), at) == taken.end())
            taken.push_back(at);
    }
    return taken;
}

std::size_t PythonRandom::choicesIndex(std::size_t length)
{
    return std::size_t(real() * double(length));
}

} // namespace quarry::gem
