// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal/history/history.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace quarry::terminal {

History::History(Limits limits) : m_limits(limits) { }

bool History::spillTo(const std::string &folder)
{
    if (!m_file.open(folder))
        return false;
    m_problem.clear();
    return true;
}

void History::finishBlock()
{
    Block block{m_tailFirst, m_tailLines, -1, std::uint32_t(m_tail.size()), {}};
    if (m_file.isOpen() && m_problem.empty()) {
        block.fileAt = m_file.append({m_tail.data(), m_tail.size()});
        if (block.fileAt < 0)
            m_problem = std::generic_category().message(errno);
    }
    m_tailFirst += m_tailLines;
    m_tailLines = 0;
    if (block.fileAt < 0) {
        m_memory += m_tail.capacity();
        block.bytes = std::move(m_tail);
        m_blocks.push_back(std::move(block));
        keepWithinLimits();
        m_tail.reserve(BlockSize + BlockSize / 8);
    } else {
        m_tail.setSize(0);
        m_blocks.push_back(std::move(block));
    }
    m_index.first = ~std::uint64_t(0); // what it pointed to has moved
}

void History::keepWithinLimits()
{
    const auto tooMany = [this] {
        return m_memory > m_limits.bytes
            || (m_blocks.size() > 1 && end() - m_blocks[1].first >= m_limits.lines);
    };
    // After the disk failed its blocks stay readable for as long as those that follow them are
    // kept.
    if (m_file.isOpen()) {
        const auto inMemory = std::find_if(m_blocks.begin(), m_blocks.end(),
                                           [](const Block &block) { return block.fileAt < 0; });
        const bool room = m_memory <= m_limits.bytes
            && (inMemory == m_blocks.end() || end() - inMemory->first <= m_limits.lines);
        if (room)
            return;
        m_blocks.erase(m_blocks.begin(), inMemory);
        m_file.close();
    }
    while (!m_blocks.empty() && tooMany())
        dropFront();
}

void History::dropFront()
{
    m_memory -= m_blocks.front().bytes.capacity();
    m_blocks.pop_front();
}

void History::clear()
{
    m_tailFirst = end();
    m_tailLines = 0;
    m_tail.setSize(0);
    m_blocks.clear();
    m_memory = 0;
    m_index.first = ~std::uint64_t(0);
    if (m_file.isOpen() && m_problem.empty())
        m_file.truncate(0);
}

ByteBuffer History::cut(std::uint64_t first)
{
    first = std::max(first, begin());
    std::vector<ByteBuffer> pieces; // the newest is first
    while (first < m_tailFirst) {
        pieces.push_back(std::move(m_tail));
        if (!takeBackBlock())
            break;
    }
    if (first < end()) {
        const std::size_t size
            = first <= m_tailFirst ? 0 : std::size_t(find(first) - m_tail.data());
        ByteBuffer piece(m_tail.size() - size);
        std::memcpy(piece.data(), m_tail.data() + size, piece.size());
        pieces.push_back(std::move(piece));
        m_tail.setSize(size);
        m_tailLines = first > m_tailFirst ? first - m_tailFirst : 0;
    }
    m_index.first = ~std::uint64_t(0);
    ByteBuffer out;
    for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) {
        if (piece->size() > 0)
            out.commit(static_cast<char *>(
                           std::memcpy(out.reserve(piece->size()), piece->data(), piece->size()))
                       + piece->size());
    }
    return out;
}

// Makes the newest block the tail again. False when it cannot be read: then the tail is empty.
bool History::takeBackBlock()
{
    Block block = std::move(m_blocks.back());
    m_blocks.pop_back();
    if (block.fileAt >= 0) {
        block.bytes = ByteBuffer(block.size);
        const bool read = m_file.read(block.fileAt, {block.bytes.data(), block.size});
        m_file.truncate(block.fileAt);
        if (!read)
            block.bytes.setSize(0);
    } else {
        m_memory -= block.bytes.capacity();
    }
    m_tail = std::move(block.bytes);
    m_tailFirst = block.first;
    m_tailLines = m_tail.size() > 0 ? block.lines : 0;
    m_index.first = ~std::uint64_t(0);
    return m_tail.size() > 0;
}

bool History::read(std::uint64_t line, StoredRow &row) const
{
    const char *const at = find(line);
    if (at)
        LineCodec::decode(at, row);
    return at;
}

bool History::readUtf8(std::uint64_t line, std::string &out, bool &wrapped) const
{
    const char *const at = find(line);
    if (!at)
        return false;
    LineCodec::appendUtf8(at, out);
    wrapped = LineCodec::isWrapped(at);
    return true;
}

std::uint64_t History::newest(std::size_t bytes) const
{
    std::uint64_t line = m_tailFirst;
    std::size_t size = m_tail.size();
    for (auto block = m_blocks.rbegin(); block != m_blocks.rend(); ++block) {
        size += block->size;
        if (size > bytes)
            break;
        line = block->first;
    }
    return line;
}

const char *History::find(std::uint64_t line) const
{
    if (line < begin() || line >= end())
        return nullptr;
    if (line >= m_tailFirst) {
        if (m_index.first != m_tailFirst) {
            m_index.first = m_tailFirst;
            m_index.starts.clear();
        }
        m_index.bytes = m_tail.data();
        extendIndex(m_tailLines);
    } else if (line < m_index.first || line - m_index.first >= m_index.starts.size()) {
        const auto after = std::upper_bound(
            m_blocks.begin(), m_blocks.end(), line,
            [](std::uint64_t number, const Block &block) { return number < block.first; });
        if (!load(*std::prev(after)))
            return nullptr;
    }
    return m_index.bytes + m_index.starts[line - m_index.first];
}

bool History::load(const Block &block) const
{
    m_index.first = ~std::uint64_t(0);
    m_index.starts.clear();
    m_index.bytes = block.bytes.data();
    if (block.fileAt >= 0) {
        if (m_index.loaded.capacity() < block.size || m_index.loaded.capacity() > 2 * BlockSize)
            m_index.loaded = ByteBuffer(std::max(std::size_t(block.size), BlockSize));
        m_index.bytes = m_index.loaded.data();
        if (!m_file.read(block.fileAt, {m_index.loaded.data(), block.size}))
            return false;
    }
    m_index.first = block.first;
    extendIndex(block.lines);
    return true;
}

void History::extendIndex(std::uint64_t count) const
{
    std::vector<std::uint32_t> &starts = m_index.starts;
    const char *at = m_index.bytes + (starts.empty() ? 0 : starts.back());
    if (!starts.empty())
        at = LineCodec::skip(at);
    while (starts.size() < count) {
        starts.push_back(std::uint32_t(at - m_index.bytes));
        if (starts.size() < count)
            at = LineCodec::skip(at);
    }
}

} // namespace quarry::terminal
