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
    char32_t codes[MaximumLength];
    int count = 0;
    for (; text & Cell::Cluster; text = node(text).before)
        codes[count++] = node(text).last;
    const std::uint32_t value = text & Cell::ValueMask;
    char bytes[4];
    out.append(bytes, std::size_t(encodeUtf8(value == 0 ? U' ' : value, bytes)));
    while (count > 0)
        out.append(bytes, std::size_t(encodeUtf8(codes[--count], bytes)));
}

std::u32string Clusters::codes(std::uint32_t text) const
{
    std::u32string out;
    for (; text & Cell::Cluster; text = node(text).before)
        out.insert(out.begin(), node(text).last);
    out.insert(out.begin(), char32_t(text & Cell::ValueMask));
    return out;
}

int Clusters::length(std::uint32_t text) const
{
    return text & Cell::Cluster ? node(text).length : 1;
}

char32_t Clusters::first(std::uint32_t text) const
{
    while (text & Cell::Cluster)
        text = node(text).before;
    return text & Cell::ValueMask;
}

char32_t Clusters::last(std::uint32_t text) const
{
    return text & Cell::Cluster ? node(text).last : text & Cell::ValueMask;
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
