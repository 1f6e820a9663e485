// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One cell of a terminal: its text and how it is drawn, in 16 bytes and without pointers. What does
// not fit (more code points than one, links, underline colours) is in Clusters and Extras, by
// number.
#pragma once

#include <cstdint>

namespace quarry::terminal {

// The terminal's default colour, one of the 256 of the palette, or red, green and blue.
class Colour
{
public:
    enum class Kind : std::uint8_t { Default, Indexed, Rgb };

    constexpr Colour() = default;
    static constexpr Colour indexed(std::uint8_t index) { return Colour(1U << 24 | index); }
    static constexpr Colour rgb(std::uint8_t red, std::uint8_t green, std::uint8_t blue)
    {
        return Colour(2U << 24 | std::uint32_t(red) << 16 | std::uint32_t(green) << 8 | blue);
    }
    // The inverse of bits(), for storage.
    static constexpr Colour fromBits(std::uint32_t bits) { return Colour(bits); }

    constexpr Kind kind() const { return Kind(m_bits >> 24); }
    constexpr std::uint8_t index() const { return std::uint8_t(m_bits); }
    constexpr std::uint8_t red() const { return std::uint8_t(m_bits >> 16); }
    constexpr std::uint8_t green() const { return std::uint8_t(m_bits >> 8); }
    constexpr std::uint8_t blue() const { return std::uint8_t(m_bits); }
    constexpr std::uint32_t bits() const { return m_bits; }
    constexpr bool operator==(const Colour &) const = default;

private:
    constexpr explicit Colour(std::uint32_t bits) : m_bits(bits) { }
    std::uint32_t m_bits = 0; // kind, red, green, blue or index
};

enum Attribute : std::uint32_t {
    Bold = 1U << 0,
    Faint = 1U << 1,
    Italic = 1U << 2,
    Blink = 1U << 3,
    Inverse = 1U << 4,
    Conceal = 1U << 5,
    Strike = 1U << 6,
    Overline = 1U << 7,
    Protected = 1U << 8, // DECSCA: selective erase leaves it alone
};

enum class Underline : std::uint8_t { None, Single, Double, Curly, Dotted, Dashed };

struct Style {
    static constexpr std::uint32_t AttributeMask = 0x1ff;
    static constexpr std::uint32_t UnderlineShift = 9;
    static constexpr std::uint32_t ExtraShift = 16;

    Colour foreground;
    Colour background;
    std::uint32_t bits = 0; // attributes 0–8, underline 9–11, number in Extras 16–31

    constexpr bool has(Attribute attribute) const { return bits & attribute; }
    constexpr std::uint32_t attributes() const { return bits & AttributeMask; }
    constexpr Underline underline() const { return Underline(bits >> UnderlineShift & 7); }
    constexpr std::uint16_t extra() const { return std::uint16_t(bits >> ExtraShift); }

    constexpr void set(Attribute attribute, bool on)
    {
        bits = on ? bits | attribute : bits & ~std::uint32_t(attribute);
    }
    constexpr void setUnderline(Underline underline)
    {
        bits = (bits & ~(7U << UnderlineShift)) | std::uint32_t(underline) << UnderlineShift;
    }
    constexpr void setExtra(std::uint16_t extra)
    {
        bits = (bits & 0xffffU) | std::uint32_t(extra) << ExtraShift;
    }
    // Not the default one, which calls memcmp for twelve bytes.
    constexpr bool operator==(const Style &other) const
    {
        return ((foreground.bits() ^ other.foreground.bits())
                | (background.bits() ^ other.background.bits()) | (bits ^ other.bits))
            == 0;
    }
    constexpr bool isDefault() const { return (foreground.bits() | background.bits() | bits) == 0; }
};

struct alignas(16) Cell {
    static constexpr std::uint32_t Wide = 1U << 29; // the left half of a character of two columns
    static constexpr std::uint32_t Spacer = 1U << 30; // the right half; has no text of its own
    static constexpr std::uint32_t Cluster = 1U << 31; // the value is a number in Clusters
    static constexpr std::uint32_t ValueMask = Wide - 1;

    std::uint32_t text = 0; // 0 is a cell never written, or erased
    Style style;

    constexpr std::uint32_t value() const { return text & ValueMask; }
    constexpr bool isWide() const { return text & Wide; }
    constexpr bool isSpacer() const { return text & Spacer; }
    constexpr bool isCluster() const { return text & Cluster; }
    constexpr bool isBlank() const { return text == 0 || text == U' '; }
    constexpr bool operator==(const Cell &) const = default;
};

static_assert(sizeof(Cell) == 16);

} // namespace quarry::terminal
