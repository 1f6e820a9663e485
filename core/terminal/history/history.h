// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The lines that left a screen at its top. Lines are numbered from 0 as they come, and keep their
// numbers; [begin(), end()) can be read. In memory the oldest go when there are too many; with a
// file every line is kept, and memory holds a block or two of 64 KiB. When the disk fails, history
// says so and goes on in memory. For one thread.
#pragma once

#include "terminal/cells/rowview.h"
#include "terminal/history/blockfile.h"
#include "terminal/history/bytebuffer.h"
#include "terminal/history/linecodec.h"

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace quarry::terminal {

class History
{
public:
    struct Limits {
        std::uint64_t lines = 10'000; // at least so many are kept, and a block's more at most
        std::size_t bytes = 16U << 20; // of memory, whatever the lines
    };

    History() : History(Limits()) { }
    explicit History(Limits limits);

    // Keeps every line from now on in a file in the folder. False with errno: then nothing changed.
    bool spillTo(const std::string &folder);
    // Why lines are kept in memory only, though a file was asked for; empty when all is well.
    const std::string &problem() const { return m_problem; }

    void append(const RowView &row)
    {
        LineCodec::encode(row, m_tail);
        appended();
    }
    // As LineCodec::encodePlain takes them.
    void appendPlain(std::span<const Cell> cells, bool wrapped)
    {
        LineCodec::encodePlain(cells, wrapped, m_tail);
        appended();
    }
    void clear();
    // Takes the lines from `first` on away, and returns them as LineCodec encoded them, one behind
    // the other. Work and memory are in proportion to what is cut.
    ByteBuffer cut(std::uint64_t first);

    std::uint64_t begin() const { return m_blocks.empty() ? m_tailFirst : m_blocks.front().first; }
    std::uint64_t end() const { return m_tailFirst + m_tailLines; }
    std::size_t memory() const { return m_memory + m_tail.capacity(); } // bytes

    // False for a line that is not kept (or cannot be read back from the disk).
    bool read(std::uint64_t line, StoredRow &row) const;
    // Text only, added to `out`: what a search needs.
    bool readUtf8(std::uint64_t line, std::string &out, bool &wrapped) const;
    // The first line of those whose encoded size, counted from the newest, is at most `bytes`.
    std::uint64_t newest(std::size_t bytes) const;

private:
    static constexpr std::size_t BlockSize = 64U << 10;

    struct Block {
        std::uint64_t first = 0;
        std::uint64_t lines = 0;
        std::int64_t fileAt = -1; // in the file, when the bytes are not here
        std::uint32_t size = 0;
        ByteBuffer bytes;
    };
    // Where the lines of one block begin; the tail's grows with it.
    struct Index {
        std::uint64_t first = ~std::uint64_t(0);
        ByteBuffer loaded;
        const char *bytes = nullptr;
        std::vector<std::uint32_t> starts;
    };

    void appended()
    {
        ++m_tailLines;
        if (m_tail.size() >= BlockSize)
            finishBlock();
    }
    void finishBlock();
    void keepWithinLimits();
    void dropFront();
    bool takeBackBlock();
    const char *find(std::uint64_t line) const;
    bool load(const Block &block) const;
    void extendIndex(std::uint64_t count) const;

    const Limits m_limits;
    std::deque<Block> m_blocks;
    ByteBuffer m_tail;
    std::uint64_t m_tailFirst = 0;
    std::uint64_t m_tailLines = 0;
    std::size_t m_memory = 0; // of blocks held in memory
    BlockFile m_file;
    std::string m_problem;
    mutable Index m_index;
};

} // namespace quarry::terminal
