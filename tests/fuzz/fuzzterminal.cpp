// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes to a terminal: no crash, no endless loop, the same screen however the bytes are split,
// rows that hold together, and answers that are bounded. The first bytes choose the size, the split
// and a resize.
#include "terminal/emulator/emulator.h"

#include <cstdlib>

using namespace quarry::terminal;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void checkRow(const RowView &row, int columns)
{
    require(int(row.cells.size()) <= columns);
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const Cell &cell = row.cells[i];
        require(!cell.isSpacer() || (i > 0 && row.cells[i - 1].isWide()));
        require(!cell.isWide() || (i + 1 < row.cells.size() && row.cells[i + 1].isSpacer()));
        require(row.clusters->length(cell.text) <= Clusters::MaximumLength);
    }
}

std::string textOf(const Emulator &emulator)
{
    const Screen &screen = emulator.screen();
    std::string text;
    for (int i = 0; i < screen.rows(); ++i) {
        const RowView row = screen.row(i);
        checkRow(row, screen.columns());
        row.appendUtf8(0, screen.columns(), text);
        text += row.wrapped ? '+' : '\n';
    }
    const Cursor &cursor = screen.cursor();
    require(cursor.row >= 0 && cursor.row < screen.rows());
    require(cursor.column >= 0 && cursor.column < screen.columns());
    return text + std::to_string(cursor.row) + ' ' + std::to_string(cursor.column);
}

std::string historyOf(Emulator &emulator)
{
    std::string text;
    StoredRow row;
    for (std::uint64_t line = emulator.history().begin(); line < emulator.history().end(); ++line) {
        require(emulator.history().read(line, row));
        checkRow(row.view(), Screen::MaximumSize);
        row.view().appendUtf8(0, Screen::MaximumSize, text);
        text += '\n';
    }
    return text;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 5)
        return 0;
    const std::span<const std::uint8_t> bytes(data + 5, size - 5);
    const int columns = 1 + data[0] % 40;
    const int rows = 1 + data[1] % 12;
    const std::size_t at = bytes.empty() ? 0 : data[2] * bytes.size() / 256;

    Emulator whole(columns, rows);
    whole.feed(bytes);
    Emulator halves(columns, rows);
    halves.feed(bytes.first(at));
    halves.feed(bytes.subspan(at));
    Emulator single(columns, rows);
    for (const std::uint8_t &byte : bytes)
        single.feed(std::span(&byte, 1));
    const std::string expected = textOf(whole);
    require(textOf(halves) == expected && textOf(single) == expected);
    require(historyOf(whole) == historyOf(single));
    require(whole.takeReplies().size() <= 4096);

    halves.resize(1 + data[3] % 40, 1 + data[4] % 12);
    textOf(halves);
    halves.feed(bytes);
    halves.resize(columns, rows);
    textOf(halves);
    historyOf(halves);
    return 0;
}
