// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal/cells/clusters.h"

#include "terminal/cells/utf8.h"

namespace quarry::terminal {

namespace {
constexpr std::uint32_t KeyMask = Cell::Cluster | Cell::ValueMask;
}

std::uint32_t Clusters::append(std::uint32_t text, char32_t code)
{
    const int size = length(text);
    if (size >= MaximumLength)
        return text;
    if (m_slots.size() < (m_nodes.size() + 1) * 2)
        rebuild();
    const std::uint32_t before = text & KeyMask;
    std::uint32_t *const slot = slotOf(before, code);
    if (*slot == 0) {
        std::uint32_t number = 0;
        if (m_free.empty()) {
            number = std::uint32_t(m_nodes.size());
            m_nodes.emplace_back();
        } else {
            number = m_free.back();
            m_free.pop_back();
        }
        m_nodes[number] = {before, code, std::uint8_t(size + 1), false};
        *slot = number + 1;
    }
    return (text & ~KeyMask) | Cell::Cluster | (*slot - 1);
}

void Clusters::appendUtf8(std::uint32_t text, std::string &out) const
{
    if (text & Cell::Spacer)
        return;
    char32_t points[MaximumLength];
    const int count = codes(text, points);
    char bytes[4];
    for (int i = 0; i < count; ++i)
        out.append(bytes, std::size_t(encodeUtf8(points[i] == 0 ? U' ' : points[i], bytes)));
}

int Clusters::codes(std::uint32_t text, char32_t *out) const
{
    const int count = length(text);
    for (int i = count; i-- > 0;) {
        out[i] = last(text);
        text = i > 0 ? node(text).before : 0;
    }
    return count;
}

void Clusters::beginCollection()
{
    for (Node &one : m_nodes)
        one.kept = false;
}

void Clusters::keep(std::uint32_t text)
{
    while (text & Cell::Cluster) {
        Node &one = m_nodes[text & Cell::ValueMask];
        if (one.kept)
            return;
        one.kept = true;
        text = one.before;
    }
}

void Clusters::endCollection()
{
    m_free.clear();
    for (std::uint32_t i = 0; i < m_nodes.size(); ++i) {
        if (!m_nodes[i].kept) {
            m_nodes[i].length = 0;
            m_free.push_back(i);
        }
    }
    rebuild();
}

std::uint32_t *Clusters::slotOf(std::uint32_t before, char32_t code)
{
    const std::size_t mask = m_slots.size() - 1;
    const std::uint64_t key = std::uint64_t(before) << 32 | code;
    for (std::size_t at = key * 0x9e3779b97f4a7c15U >> 40;; ++at) {
        std::uint32_t &slot = m_slots[at & mask];
        if (slot == 0 || (m_nodes[slot - 1].before == before && m_nodes[slot - 1].last == code))
            return &slot;
    }
}

void Clusters::rebuild()
{
    std::size_t size = 64;
    while (size < (m_nodes.size() + 1) * 4)
        size *= 2;
    m_slots.assign(size, 0);
    for (std::uint32_t i = 0; i < m_nodes.size(); ++i) {
        if (m_nodes[i].length > 0)
            *slotOf(m_nodes[i].before, m_nodes[i].last) = i + 1;
    }
}

} // namespace quarry::terminal
