// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A row as bytes that mean the same without the tables of the screen it came from: its text in
// UTF-8, then its styles as runs. Trailing blanks are left out. A plain row of n characters takes n
// + 2 bytes.
#pragma once

#include "terminal/cells/rowview.h"
#include "terminal/history/bytebuffer.h"

#include <string>
#include <vector>

namespace quarry::terminal {

// A decoded row with tables of its own.
class StoredRow
{
public:
    RowView view() const { return {m_cells, m_wrapped, &m_clusters, &m_extras}; }

private:
    friend class LineCodec;
    std::vector<Cell> m_cells;
    Clusters m_clusters;
    Extras m_extras;
    bool m_wrapped = false;
};

class LineCodec
{
public:
    static void encode(const RowView &row, ByteBuffer &out);
    // The same of cells that are all ASCII in the default style, or blank.
    static void encodePlain(std::span<const Cell> cells, bool wrapped, ByteBuffer &out);

    // The functions below take the start of a line that encode() wrote.
    static const char *skip(const char *line);
    static bool isWrapped(const char *line);
    static void decode(const char *line, StoredRow &row);
    // Into tables the caller shares between rows; what they have no room for is left out.
    static bool decode(const char *line, std::vector<Cell> &cells, Clusters &clusters,
                       Extras &extras);
    static void appendUtf8(const char *line, std::string &out);

private:
    LineCodec() = delete;
};

} // namespace quarry::terminal
