// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Printing: the part of Screen that has to be fast. Runs of ASCII are written a run at a time.
#include "terminal/screen/screen.h"

#include "terminal/cells/character.h"

#include <algorithm>
#include <array>
#include <bit>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace quarry::terminal {

namespace {

constexpr char32_t ZeroWidthJoiner = 0x200d;
constexpr char32_t EmojiSelector = 0xfe0f;

bool isPrintable(std::uint8_t byte)
{
    return byte >= 0x20 && byte < 0x7f;
}

// The end of the printable ASCII that begins at `at`.
const std::uint8_t *endOfRun(const std::uint8_t *at, const std::uint8_t *end)
{
#ifdef __SSE2__
    const __m128i low = _mm_set1_epi8(0x1f);
    const __m128i del = _mm_set1_epi8(0x7f);
    while (end - at >= 16) {
        const __m128i bytes
            = _mm_loadu_si128(static_cast<const __m128i *>(static_cast<const void *>(at)));
        const __m128i printable
            = _mm_andnot_si128(_mm_cmpeq_epi8(bytes, del), _mm_cmpgt_epi8(bytes, low));
        const auto others = std::uint32_t(_mm_movemask_epi8(printable)) ^ 0xffffU;
        if (others != 0)
            return at + std::countr_zero(others);
        at += 16;
    }
#endif
    while (at != end && isPrintable(*at))
        ++at;
    return at;
}

// The character that begins at `at`, where no ASCII is, and its size; U+FFFD for what is malformed.
// 0 when it may go on behind `end`.
char32_t nextCharacter(const std::uint8_t *at, const std::uint8_t *end, int &size)
{
    const auto isTail = [at](int i) { return (at[i] & 0xc0) == 0x80; };
    const auto broken = [&size](int taken) {
        size = taken;
        return ReplacementCharacter;
    };
    const std::uint8_t lead = *at;
    if (lead < 0xc2 || lead > 0xf4)
        return broken(1);
    if (end - at < 4)
        return 0;
    const std::uint8_t low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    const std::uint8_t high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (at[1] < low || at[1] > high)
        return broken(1);
    size = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (size == 2)
        return (lead & 0x1fU) << 6 | (at[1] & 0x3fU);
    if (!isTail(2))
        return broken(2);
    const char32_t three = (at[1] & 0x3fU) << 6 | (at[2] & 0x3fU);
    if (size == 3)
        return (lead & 0x0fU) << 12 | three;
    return isTail(3) ? (lead & 0x07U) << 18 | three << 6 | (at[3] & 0x3fU) : broken(3);
}

void writeCells(Cell *cells, const std::uint8_t *text, int count, const Style &style)
{
#ifdef __SSE2__
    const __m128i base = _mm_set_epi32(int(style.bits), int(style.background.bits()),
                                       int(style.foreground.bits()), 0);
    for (int i = 0; i < count; ++i)
        _mm_store_si128(static_cast<__m128i *>(static_cast<void *>(cells + i)),
                        _mm_or_si128(base, _mm_cvtsi32_si128(text[i])));
#else
    for (int i = 0; i < count; ++i)
        cells[i] = {text[i], style};
#endif
}

} // namespace

Parser::TextStop Screen::text(Bytes at, Bytes end)
{
    std::uint8_t introducer = 0;
    if (m_decoder.isInside())
        at = printUtf8(at, end, introducer);
    while (at != end && introducer == 0) {
        const std::uint8_t byte = *at;
        if (isPrintable(byte)) {
            const Bytes stop = endOfRun(at + 1, end);
            if (m_cursor.charsets.isAscii())
                printAscii(at, int(stop - at));
            else
                printTranslated(at, int(stop - at));
            at = stop;
        } else if (byte >= 0x80) {
            at = printUtf8(at, end, introducer);
        } else if (byte == Parser::Escape) {
            return {at + 1, Parser::Escape};
        } else if (byte == '\r') {
            m_joinable = false;
            carriageReturn();
            ++at;
            if (at != end && *at == '\n') {
                lineFeed();
                ++at;
            }
        } else {
            control(byte);
            ++at;
        }
    }
    return {at, introducer};
}

void Screen::printAscii(Bytes at, int count)
{
    m_last = at[count - 1];
    m_joinable = true;
    while (count > 0) {
        if (m_cursor.pendingWrap)
            wrap();
        Row &row = m_grid->row(m_cursor.row);
        const int column = m_cursor.column;
        const int right = rightLimit();
        int part = std::min(count, right - column);
        if (m_insert)
            m_grid->insertCells(m_cursor.row, column, right, part, Style());
        m_grid->prepare(row, column, column + part);
        row.plain &= m_cursor.pen.isDefault();
        writeCells(row.cells + column, at, part, m_cursor.pen);
        if (column + part == right) {
            row.wrapped &= right != columns();
            if (!m_autowrap && part < count) { // the last of them stays in the last column
                writeCells(row.cells + right - 1, at + count - 1, 1, m_cursor.pen);
                part = count;
            }
        }
        advance(part, right);
        at += part;
        count -= part;
    }
}

void Screen::advance(int width, int right)
{
    m_cursor.column += width;
    if (m_cursor.column >= right) {
        m_cursor.column = right - 1;
        m_cursor.pendingWrap = m_autowrap;
    }
}

void Screen::printTranslated(Bytes at, int count)
{
    for (int i = 0; i < count; ++i) {
        if (m_cursor.charsets.isAscii()) {
            printAscii(at + i, count - i);
            return;
        }
        const char32_t code = m_cursor.charsets.translate(at[i]);
        m_last = code;
        m_joinable = true;
        put(code, 1);
    }
}

// Prints what is not ASCII, up to what is. `introducer` becomes a C1 control that was met.
Screen::Bytes Screen::printUtf8(Bytes at, Bytes end, std::uint8_t &introducer)
{
    while (at != end) {
        if (!m_decoder.isInside()) {
            if (*at < 0x80)
                return at;
            const Bytes stop = printSimpleRun(at, end);
            if (stop != at) {
                at = stop;
                continue;
            }
            int size = 0;
            if (const char32_t code = nextCharacter(at, end, size); code != 0) {
                at += size;
                introducer = printCode(code);
                if (introducer != 0)
                    return at;
                continue;
            }
        }
        const Utf8Decoder::Step step = m_decoder.take(*at);
        if (step != Utf8Decoder::Step::Broken)
            ++at;
        if (step == Utf8Decoder::Step::More)
            continue;
        introducer = printCode(m_decoder.code());
        if (introducer != 0)
            return at;
    }
    return at;
}

// Prints characters that join nothing, as far as the line has room; what is less simple is left to
// others.
Screen::Bytes Screen::printSimpleRun(Bytes at, Bytes end)
{
    if (m_cursor.pendingWrap || m_insert)
        return at;
    const int right = rightLimit();
    const int start = m_cursor.column;
    int column = start;
    Row &row = m_grid->row(m_cursor.row);
    Grid::splitWide(row, start);
    for (int size = 0; at != end && *at >= 0x80; at += size) {
        const char32_t code = nextCharacter(at, end, size);
        if (code < 0xa0)
            break;
        const Character character(code);
        const int width = character.width();
        if (width == 0 || column + width > right)
            break;
        // Behind another character of this run a pictograph has nothing to join.
        if (character.joinsBefore() && (column == start || !character.isPictographic()))
            break;
        m_last = code;
        if (width == 1) {
            row.cells[column++] = {code, m_cursor.pen};
        } else {
            row.cells[column++] = {code | Cell::Wide, m_cursor.pen};
            row.cells[column++] = {Cell::Spacer, m_cursor.pen};
        }
    }
    if (column == start)
        return at;
    if (column < row.used && row.cells[column].isSpacer())
        row.cells[column].text = 0;
    row.plain = false;
    row.used = std::max(row.used, column);
    row.touch(start, std::min(column + 1, columns()));
    row.wrapped &= column != columns();
    m_joinable = true;
    advance(column - start, right);
    return at;
}

// Returns a C1 control that begins a sequence, and carries out the others.
std::uint8_t Screen::printCode(char32_t code)
{
    if (code < 0xa0) {
        if (code >= 0x80)
            return std::uint8_t(code);
        return 0;
    }
    const Character character(code);
    const int width = character.width();
    if (width == 0 || (m_joinable && character.joinsBefore() && joinsCell(code))) {
        join(code);
        return 0;
    }
    m_last = code;
    m_joinable = true;
    put(code, width);
    return 0;
}

void Screen::put(std::uint32_t text, int width)
{
    if (m_cursor.pendingWrap)
        wrap();
    int right = rightLimit();
    if (m_cursor.column + width > right) {
        if (right - m_left < width || !m_autowrap)
            return;
        m_grid->erase(m_cursor.row, m_cursor.column, right, Style());
        wrap();
        right = rightLimit();
        if (m_cursor.column + width > right)
            return;
    }
    const int column = m_cursor.column;
    if (m_insert)
        m_grid->insertCells(m_cursor.row, column, right, width, Style());
    Row &row = m_grid->row(m_cursor.row);
    m_grid->prepare(row, column, column + width);
    row.plain = false;
    row.cells[column] = {text, m_cursor.pen};
    if (width == 2) {
        row.cells[column].text |= Cell::Wide;
        row.cells[column + 1] = {Cell::Spacer, m_cursor.pen};
    }
    if (column + width == columns())
        row.wrapped = false;
    advance(width, right);
}

void Screen::wrap()
{
    m_cursor.pendingWrap = false;
    if (rightLimit() == columns())
        m_grid->row(m_cursor.row).wrapped = true;
    m_cursor.column = m_cursor.column >= m_left ? m_left : 0;
    lineFeed();
}

void Screen::repeat(int count)
{
    if (m_last == 0)
        return;
    count = std::min(count, columns() * rows());
    if (m_last < 0x7f) {
        std::array<std::uint8_t, 256> run;
        run.fill(std::uint8_t(m_last));
        for (int part = 0; count > 0; count -= part) {
            part = std::min(count, int(run.size()));
            printAscii(run.data(), part);
        }
        return;
    }
    const int width = Character(m_last).width();
    for (int i = 0; i < count; ++i)
        put(m_last, width);
}

void Screen::breakText()
{
    m_joinable = false;
}

// The cell that a mark or joined character goes to, which may lie below a spacer.
Cell *Screen::cellBefore(int &column)
{
    column = m_cursor.pendingWrap ? m_cursor.column : m_cursor.column - 1;
    Row &row = m_grid->row(m_cursor.row);
    if (column > 0 && column < row.used && row.cells[column].isSpacer())
        --column;
    return column >= 0 && column < row.used ? &row.cells[column] : nullptr;
}

bool Screen::joinsCell(char32_t code) const
{
    int column = 0;
    const Cell *const cell = const_cast<Screen *>(this)->cellBefore(column);
    if (!cell || cell->text == 0)
        return false;
    const Character character(code);
    const Character first(m_clusters.first(cell->text));
    const char32_t last = m_clusters.last(cell->text);
    if (character.isRegionalIndicator())
        return first.isRegionalIndicator() && m_clusters.length(cell->text) == 1;
    if (character.isSkinTone())
        return Character(last).isPictographic();
    return last == ZeroWidthJoiner && first.isPictographic();
}

void Screen::join(char32_t code)
{
    int column = 0;
    Cell *const cell = cellBefore(column);
    if (!cell)
        return;
    if (m_clusters.isFull())
        collect();
    if (m_clusters.isFull())
        return;
    Row &row = m_grid->row(m_cursor.row);
    if (cell->value() == 0 && !cell->isCluster())
        cell->text |= U' ';
    const std::uint32_t before = cell->text;
    cell->text = m_clusters.append(before, code);
    if (cell->text == before)
        return;
    row.plain = false;
    row.touch(column, column + (cell->isWide() ? 2 : 1));
    if (cell->isWide() || m_cursor.pendingWrap)
        return;
    const Character character(code);
    const bool emoji = code == EmojiSelector && !(before & Cell::Cluster)
        && Character(before & Cell::ValueMask).widensAsEmoji();
    if (emoji || character.isSkinTone() || character.isRegionalIndicator())
        widen(row, column);
}

void Screen::widen(Row &row, int column)
{
    const int right = rightLimit();
    if (m_cursor.column != column + 1 || column + 2 > right)
        return;
    m_grid->prepare(row, column + 1, column + 2);
    row.cells[column].text |= Cell::Wide;
    row.cells[column + 1] = {Cell::Spacer, row.cells[column].style};
    advance(1, right);
}

void Screen::control(std::uint8_t code)
{
    m_joinable = false;
    switch (code) {
    case '\a':
        m_bell = true;
        break;
    case '\b':
        backspace();
        break;
    case '\t':
        tab(1);
        break;
    case '\n':
    case '\v':
    case '\f':
        lineFeed();
        if (m_newline)
            carriageReturn();
        break;
    case '\r':
        carriageReturn();
        break;
    case 0x0e:
        m_cursor.charsets.lock(1);
        break;
    case 0x0f:
        m_cursor.charsets.lock(0);
        break;
    default:
        break;
    }
}

} // namespace quarry::terminal
