// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal/history/linecodec.h"

#include "terminal/cells/character.h"
#include "terminal/cells/utf8.h"

#include <algorithm>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace quarry::terminal {

namespace {

// A line: varint(size of the text · 8 + flags), the text, and when Styled: varint(size of the
// runs), runs.
constexpr std::uint32_t Wrapped = 1;
constexpr std::uint32_t Styled = 2;
constexpr std::uint32_t Marked = 4;

// In the text of a Marked line. No cell holds a control character.
constexpr char Joined = 1;     // the next code point belongs to the cell before
constexpr char OtherWidth = 2; // the next is as wide as it is not by its properties

// A run: varint(columns), a byte of these, then the parts that they name.
constexpr int Foreground = 1;
constexpr int Background = 2;
constexpr int Bits = 4;
constexpr int ExtraPart = 8;

constexpr std::size_t MaximumVarint = 5;
constexpr std::size_t MaximumRun = MaximumVarint * 6 + 1;

char *putVarint(char *at, std::uint32_t value)
{
    for (; value >= 0x80; value >>= 7)
        *at++ = char(value | 0x80);
    *at++ = char(value);
    return at;
}

std::uint32_t takeVarint(const char *&at)
{
    auto byte = std::uint8_t(*at++);
    std::uint32_t value = byte & 0x7fU;
    for (int shift = 7; byte & 0x80; shift += 7) {
        byte = std::uint8_t(*at++);
        value |= (byte & 0x7fU) << shift;
    }
    return value;
}

void putString(ByteBuffer &out, const std::string &text)
{
    char *at = out.reserve(MaximumVarint + text.size());
    at = putVarint(at, std::uint32_t(text.size()));
    out.commit(std::copy(text.begin(), text.end(), at));
}

std::string takeString(const char *&at)
{
    const std::uint32_t size = takeVarint(at);
    at += size;
    return {at - size, size};
}

#ifdef __SSE2__
__m128i load(const Cell *cell)
{
    return _mm_load_si128(static_cast<const __m128i *>(static_cast<const void *>(cell)));
}
#endif

// The first byte of each cell's text; 0 becomes a blank. Writes up to 15 bytes more.
void packAscii(const Cell *cells, std::size_t count, char *out)
{
#ifdef __SSE2__
    const auto four = [&cells](std::size_t i) {
        return _mm_unpacklo_epi64(_mm_unpacklo_epi32(load(cells + i), load(cells + i + 1)),
                                  _mm_unpacklo_epi32(load(cells + i + 2), load(cells + i + 3)));
    };
    const __m128i blanks = _mm_set1_epi8(' ');
    for (; count >= 16; count -= 16, cells += 16, out += 16) {
        const __m128i low = _mm_packs_epi32(four(0), four(4));
        const __m128i high = _mm_packs_epi32(four(8), four(12));
        _mm_storeu_si128(static_cast<__m128i *>(static_cast<void *>(out)),
                         _mm_max_epu8(_mm_packus_epi16(low, high), blanks));
    }
#endif
    for (std::size_t i = 0; i < count; ++i)
        out[i] = cells[i].text == 0 ? ' ' : char(cells[i].text);
}

// Every bit that is set in one of the cells.
Cell unionOf(const Cell *cells, std::size_t count)
{
#ifdef __SSE2__
    __m128i bits = _mm_setzero_si128();
    for (std::size_t i = 0; i < count; ++i)
        bits = _mm_or_si128(bits, load(cells + i));
    Cell all;
    _mm_store_si128(static_cast<__m128i *>(static_cast<void *>(&all)), bits);
    return all;
#else
    std::uint32_t text = 0;
    std::uint32_t style = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const Style &one = cells[i].style;
        text |= cells[i].text;
        style |= one.foreground.bits() | one.background.bits() | one.bits;
    }
    return {text, {Colour(), Colour(), style}};
#endif
}

// Behind the cells from `from` on that share a style.
std::size_t endOfStyle(std::span<const Cell> cells, std::size_t from)
{
    std::size_t to = from + 1;
#ifdef __SSE2__
    constexpr int styleBytes = 0xfff0;
    const __m128i first = load(&cells[from]);
    while (to < cells.size()
           && (_mm_movemask_epi8(_mm_cmpeq_epi32(load(&cells[to]), first)) & styleBytes)
               == styleBytes)
        ++to;
#else
    while (to < cells.size() && cells[to].style == cells[from].style)
        ++to;
#endif
    return to;
}

void putAscii(const Cell *cells, std::size_t count, std::uint32_t flags, ByteBuffer &out)
{
    char *const at
        = putVarint(out.reserve(count + MaximumVarint + 16), std::uint32_t(count << 3) | flags);
    packAscii(cells, count, at);
    out.commit(at + count);
}

bool isTrailing(const Cell &cell, bool wrapped)
{
    return cell.style.isDefault() && (cell.text == 0 || (cell.text == U' ' && !wrapped));
}

char *putCell(const Cell &cell, const Clusters &clusters, char *at, bool &marked)
{
    if (cell.text < 0x80) {
        *at++ = cell.text == 0 ? ' ' : char(cell.text);
        return at;
    }
    const char32_t base = clusters.first(cell.text);
    if ((Character(base).width() == 2) != cell.isWide()) {
        *at++ = OtherWidth;
        marked = true;
    }
    at += encodeUtf8(base, at);
    if (!cell.isCluster())
        return at;
    char32_t codes[Clusters::MaximumLength];
    const int count = clusters.codes(cell.text, codes);
    for (int i = 1; i < count; ++i) {
        *at++ = Joined;
        at += encodeUtf8(codes[i], at);
    }
    marked = true;
    return at;
}

void putStyle(const Style &style, std::size_t columns, const Extras *extras, ByteBuffer &out)
{
    char *at = putVarint(out.reserve(MaximumRun), std::uint32_t(columns));
    const std::uint32_t bits = style.bits & 0xffffU;
    const std::uint16_t extra = extras ? style.extra() : 0;
    *at++ = char((style.foreground == Colour() ? 0 : Foreground)
                 | (style.background == Colour() ? 0 : Background) | (bits ? Bits : 0)
                 | (extra ? ExtraPart : 0));
    if (style.foreground != Colour())
        at = putVarint(at, style.foreground.bits());
    if (style.background != Colour())
        at = putVarint(at, style.background.bits());
    if (bits)
        at = putVarint(at, bits);
    if (extra)
        at = putVarint(at, (*extras)[extra].underline.bits());
    out.commit(at);
    if (extra) {
        putString(out, (*extras)[extra].link);
        putString(out, (*extras)[extra].linkId);
    }
}

Style takeStyle(const char *&at, Extras *extras)
{
    const auto parts = std::uint8_t(*at++);
    Style style;
    if (parts & Foreground)
        style.foreground = Colour::fromBits(takeVarint(at));
    if (parts & Background)
        style.background = Colour::fromBits(takeVarint(at));
    if (parts & Bits)
        style.bits = takeVarint(at);
    if (parts & ExtraPart) {
        Extra extra;
        extra.underline = Colour::fromBits(takeVarint(at));
        extra.link = takeString(at);
        extra.linkId = takeString(at);
        style.setExtra(extras->intern(extra));
    }
    return style;
}

// All runs but a last one of the default style.
void putRuns(std::span<const Cell> cells, const Extras *extras, ByteBuffer &out)
{
    const std::size_t sizeAt = out.size();
    out.commit(out.reserve(2) + 2); // the size, when it fits two bytes
    for (std::size_t from = 0; from < cells.size();) {
        const std::size_t to = endOfStyle(cells, from);
        if (to < cells.size() || !cells[from].style.isDefault())
            putStyle(cells[from].style, to - from, extras, out);
        from = to;
    }
    const std::size_t size = out.size() - sizeAt - 2;
    if (size < 0x4000) {
        out.data()[sizeAt] = char(size | 0x80);
        out.data()[sizeAt + 1] = char(size >> 7);
        return;
    }
    out.reserve(MaximumVarint - 2);
    char *const start = out.data() + sizeAt;
    std::memmove(start + MaximumVarint, start + 2, size);
    for (std::size_t i = 0; i < MaximumVarint; ++i)
        start[i] = char((size >> (7 * i) & 0x7f) | (i + 1 < MaximumVarint ? 0x80 : 0));
    out.setSize(sizeAt + MaximumVarint + size);
}

// The text goes in behind a head of the largest size, and moves up to where its own ends.
void putText(std::span<const Cell> cells, const Clusters &clusters, std::uint32_t flags,
             ByteBuffer &out)
{
    constexpr std::size_t largestCell = 5 * Clusters::MaximumLength;
    bool marked = false;
    const std::size_t start = out.size();
    out.commit(out.reserve(MaximumVarint) + MaximumVarint);
    constexpr std::size_t piece = 16;
    for (std::size_t from = 0; from < cells.size(); from += piece) {
        char *at = out.reserve(piece * largestCell);
        for (const Cell &cell : cells.subspan(from, std::min(piece, cells.size() - from))) {
            if (!cell.isSpacer())
                at = putCell(cell, clusters, at, marked);
        }
        out.commit(at);
    }
    const std::size_t size = out.size() - start - MaximumVarint;
    char *const head = out.data() + start;
    char *const text = putVarint(head, std::uint32_t(size << 3) | flags | (marked ? Marked : 0));
    std::memmove(text, head + MaximumVarint, size);
    out.commit(text + size);
}

struct Parts {
    std::uint32_t flags;
    const char *text;
    const char *textEnd;
};

Parts partsOf(const char *line)
{
    const std::uint32_t head = takeVarint(line);
    return {head & 7, line, line + (head >> 3)};
}

void takeText(const Parts &parts, std::vector<Cell> &cells, Clusters &clusters)
{
    for (const char *at = parts.text; at != parts.textEnd;) {
        if (*at == Joined) {
            const char32_t code = decodeValidUtf8(++at);
            Cell *cell = cells.empty() ? nullptr : &cells.back();
            if (cell && cell->isSpacer() && cells.size() > 1)
                --cell;
            if (cell && !clusters.isFull())
                cell->text = clusters.append(cell->text, code);
            continue;
        }
        const bool other = *at == OtherWidth;
        if (other)
            ++at;
        const char32_t code = decodeValidUtf8(at);
        const bool wide = (Character(code).width() == 2) != other;
        cells.push_back({code | (wide ? Cell::Wide : 0), {}});
        if (wide)
            cells.push_back({Cell::Spacer, {}});
    }
}

} // namespace

void LineCodec::encodePlain(std::span<const Cell> cells, bool wrapped, ByteBuffer &out)
{
    std::size_t count = cells.size();
    while (count > 0 && (cells[count - 1].text == 0 || (cells[count - 1].text == U' ' && !wrapped)))
        --count;
    putAscii(cells.data(), count, wrapped ? Wrapped : 0, out);
}

void LineCodec::encode(const RowView &row, ByteBuffer &out)
{
    const Cell *const cells = row.cells.data();
    std::size_t count = row.cells.size();
    const std::uint32_t wrapped = row.wrapped ? Wrapped : 0;
    while (count > 0 && isTrailing(cells[count - 1], wrapped))
        --count;
    const Cell all = unionOf(cells, count);
    const bool styled = !all.style.isDefault();
    const std::uint32_t flags = wrapped | (styled ? Styled : 0);
    if (all.text < 0x80)
        putAscii(cells, count, flags, out);
    else
        putText({cells, count}, *row.clusters, flags, out);
    if (styled)
        putRuns({cells, count}, row.extras, out);
}

const char *LineCodec::skip(const char *line)
{
    const Parts parts = partsOf(line);
    const char *at = parts.textEnd;
    if (parts.flags & Styled) {
        const std::uint32_t size = takeVarint(at);
        at += size;
    }
    return at;
}

bool LineCodec::isWrapped(const char *line)
{
    return std::uint8_t(*line) & Wrapped;
}

void LineCodec::decode(const char *line, StoredRow &row)
{
    row = StoredRow();
    row.m_wrapped = decode(line, row.m_cells, row.m_clusters, row.m_extras);
}

bool LineCodec::decode(const char *line, std::vector<Cell> &cells, Clusters &clusters,
                       Extras &extras)
{
    const Parts parts = partsOf(line);
    cells.clear();
    takeText(parts, cells, clusters);
    if (parts.flags & Styled) {
        const char *at = parts.textEnd;
        const std::uint32_t size = takeVarint(at);
        const char *const end = at + size;
        std::size_t column = 0;
        while (at != end) {
            const std::size_t columns = takeVarint(at);
            const Style style = takeStyle(at, &extras);
            for (std::size_t i = 0; i < columns && column < cells.size(); ++i)
                cells[column++].style = style;
        }
    }
    return parts.flags & Wrapped;
}

void LineCodec::appendUtf8(const char *line, std::string &out)
{
    const Parts parts = partsOf(line);
    if (!(parts.flags & Marked)) {
        out.append(parts.text, parts.textEnd);
        return;
    }
    for (const char *at = parts.text; at != parts.textEnd; ++at) {
        if (*at != Joined && *at != OtherWidth)
            out.push_back(*at);
    }
}

} // namespace quarry::terminal
