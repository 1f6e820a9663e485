// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Texts of cells that are more than one code point: a base with marks, or an emoji sequence. A
// cluster is a shorter text and one code point more, so equal texts have equal numbers and adding a
// mark is one look-up. Bounded: what no cell shows any more is given up by a collection.
#pragma once

#include "terminal/cells/cell.h"

#include <cstdint>
#include <string>
#include <vector>

namespace quarry::terminal {

class Clusters
{
public:
    static constexpr int MaximumLength = 12; // code points in a cell: family emoji have up to 10
    static constexpr std::uint32_t Capacity = 1U << 16;

    // `text` (of a cell, flags and all) with `code` added. The same text when the cell is full.
    // Not to be called when isFull().
    std::uint32_t append(std::uint32_t text, char32_t code);
    bool isFull() const { return m_free.empty() && m_nodes.size() >= Capacity; }

    // Writes UTF-8; nothing for a spacer, a blank for what was never written.
    void appendUtf8(std::uint32_t text, std::string &out) const;
    // Writes the code points, at most MaximumLength, and returns how many.
    int codes(std::uint32_t text, char32_t *out) const;
    int length(std::uint32_t text) const { return text & Cell::Cluster ? node(text).length : 1; }
    char32_t first(std::uint32_t text) const
    {
        while (text & Cell::Cluster)
            text = node(text).before;
        return text & Cell::ValueMask;
    }
    char32_t last(std::uint32_t text) const
    {
        return text & Cell::Cluster ? node(text).last : text & Cell::ValueMask;
    }

    // Mark and sweep: begin, keep each text still shown, end.
    void beginCollection();
    void keep(std::uint32_t text);
    void endCollection();

private:
    struct Node {
        std::uint32_t before = 0; // value and Cluster flag of the text without the last code point
        char32_t last = 0;
        std::uint8_t length = 0;
        bool kept = false;
    };

    std::uint32_t *slotOf(std::uint32_t before, char32_t code);
    void rebuild();
    const Node &node(std::uint32_t text) const { return m_nodes[text & Cell::ValueMask]; }

    std::vector<Node> m_nodes;
    std::vector<std::uint32_t> m_free;
    std::vector<std::uint32_t> m_slots; // open addressing; a number + 1, or 0
};

} // namespace quarry::terminal
