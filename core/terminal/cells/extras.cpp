// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal/cells/extras.h"

namespace quarry::terminal {

std::uint16_t Extras::intern(const Extra &extra)
{
    if (extra == Extra())
        return 0;
    std::string key = keyOf(extra);
    if (const auto found = m_numbers.find(key); found != m_numbers.end())
        return found->second;
    if (isFull())
        return 0;
    std::uint16_t number = 0;
    if (m_free.empty()) {
        m_extras.push_back(extra);
        number = std::uint16_t(m_extras.size());
    } else {
        number = m_free.back();
        m_free.pop_back();
        m_extras[number - 1U] = extra;
    }
    m_bytes += key.size();
    m_numbers.emplace(std::move(key), number);
    return number;
}

bool Extras::isFull() const
{
    return m_bytes >= MaximumBytes || (m_free.empty() && m_extras.size() >= Capacity);
}

const Extra &Extras::operator[](std::uint16_t number) const
{
    static const Extra none;
    return number == 0 || number > m_extras.size() ? none : m_extras[number - 1U];
}

void Extras::beginCollection()
{
    m_kept.assign(m_extras.size() + 1, false);
}

void Extras::keep(std::uint16_t number)
{
    m_kept[number] = true;
}

void Extras::endCollection()
{
    m_free.clear();
    m_numbers.clear();
    m_bytes = 0;
    for (std::size_t number = 1; number <= m_extras.size(); ++number) {
        Extra &extra = m_extras[number - 1];
        if (m_kept[number]) {
            std::string key = keyOf(extra);
            m_bytes += key.size();
            m_numbers.emplace(std::move(key), std::uint16_t(number));
        } else {
            extra = {};
            m_free.push_back(std::uint16_t(number));
        }
    }
}

std::string Extras::keyOf(const Extra &extra)
{
    return std::to_string(extra.underline.bits()) + ' ' + extra.linkId + ' ' + extra.link;
}

} // namespace quarry::terminal
