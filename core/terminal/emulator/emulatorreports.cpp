// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Answers. Each is made of numbers and fixed words: nothing a program wrote comes back as input.
#include "terminal/emulator/emulator.h"

#include "terminal/emulator/rendition.h"

#include <algorithm>
#include <cstdio>

namespace quarry::terminal {

void Emulator::reply(std::string_view text)
{
    if (m_replies.size() + text.size() <= MaximumReplies)
        m_replies += text;
}

void Emulator::reportStatus(int kind)
{
    if (kind == 5)
        reply("\x1b[0n");
    else if (kind == 6)
        reportPosition("\x1b[", "R");
}

void Emulator::reportDecStatus(int kind)
{
    switch (kind) {
    case 6:
        reportPosition("\x1b[?", ";1R");
        break;
    case 15: // no printer
        reply("\x1b[?13n");
        break;
    case 25: // user-defined keys are locked
        reply("\x1b[?21n");
        break;
    case 26: // a North American keyboard, ready
        reply("\x1b[?27;1;0;0n");
        break;
    default:
        break;
    }
}

void Emulator::reportPosition(const char *introducer, const char *tail)
{
    const int row = m_screen.cursor().row - m_screen.originRow() + 1;
    const int column = m_screen.cursor().column - m_screen.originColumn() + 1;
    reply(introducer + std::to_string(row) + ';' + std::to_string(column) + tail);
}

void Emulator::reportAttributes(char prefix, int kind)
{
    if (kind != 0)
        return;
    if (prefix == 0) // VT420: 132 columns no; selective erase, horizontal scrolling, colour
        reply("\x1b[?64;6;21;22c");
    else if (prefix == '>')
        reply("\x1b[>41;400;0c");
    else
        reply("\x1bP!|00000000\x1b\\");
}

void Emulator::reportMode(const Sequence &sequence)
{
    const int mode = sequence.parameters.value(0);
    const bool dec = sequence.prefix == '?';
    reply(std::string(dec ? "\x1b[?" : "\x1b[") + std::to_string(mode) + ';'
          + std::to_string(dec ? decMode(mode) : ansiMode(mode)) + "$y");
}

// DECRQSS.
void Emulator::reportSetting(std::string_view what)
{
    const auto range
        = [](int from, int to) { return std::to_string(from + 1) + ';' + std::to_string(to); };
    std::string value;
    if (what == "m") {
        value = renditionOf(m_screen.pen(), m_screen.extra().underline);
    } else if (what == "r") {
        value = range(m_screen.top(), m_screen.bottom());
    } else if (what == "s") {
        value = range(m_screen.left(), m_screen.right());
    } else if (what == "\"q") {
        value = m_screen.pen().has(Protected) ? "1" : "0";
    } else if (what == "\"p") {
        value = "64;1";
    } else if (what == " q") {
        value = std::to_string(int(m_look.shape) * 2 + (m_look.blinks ? 1 : 2));
    } else {
        reply("\x1bP0$r\x1b\\");
        return;
    }
    reply("\x1bP1$r" + value + std::string(what) + "\x1b\\");
}

// DECRQCRA, as xterm sums up: the code of each cell, a blank for one that was never written.
void Emulator::reportChecksum(const Parameters &parameters)
{
    if (!m_options.testReports)
        return;
    const int top = parameters.valueOr(2, 1) - 1 + m_screen.originRow();
    const int left = parameters.valueOr(3, 1) - 1 + m_screen.originColumn();
    const int bottom
        = std::min(parameters.valueOr(4, m_screen.rows()) + m_screen.originRow(), m_screen.rows());
    const int right = std::min(parameters.valueOr(5, m_screen.columns()) + m_screen.originColumn(),
                               m_screen.columns());
    unsigned sum = 0;
    for (int i = top; i < bottom; ++i) {
        const RowView row = m_screen.row(i);
        for (int column = left; column < right; ++column) {
            const auto at = std::size_t(column);
            const bool blank = at >= row.cells.size() || row.cells[at].isBlank();
            sum += blank ? U' ' : row.clusters->first(row.cells[at].text);
        }
    }
    char text[32];
    std::snprintf(text, sizeof text, "\x1bP%d!~%04X\x1b\\", parameters.value(0), sum & 0xffffU);
    reply(text);
}

void Emulator::windowOperation(const Parameters &parameters)
{
    constexpr std::size_t maximumTitles = 16;
    const auto size = [this](const char *kind) {
        reply(kind + std::to_string(m_screen.rows()) + ';' + std::to_string(m_screen.columns())
              + 't');
    };
    switch (parameters.value(0)) {
    case 8:
        if (m_options.testReports)
            resize(parameters.valueOr(2, m_screen.columns()),
                   parameters.valueOr(1, m_screen.rows()));
        break;
    case 18:
        size("\x1b[8;");
        break;
    case 19:
        size("\x1b[9;");
        break;
    case 21:
        if (m_options.testReports)
            reply("\x1b]l" + m_title + "\x1b\\");
        break;
    case 22:
        if (m_titles.size() < maximumTitles)
            m_titles.push_back(m_title);
        break;
    case 23:
        if (!m_titles.empty()) {
            setTitle(m_titles.back());
            m_titles.pop_back();
        }
        break;
    default:
        break;
    }
}

} // namespace quarry::terminal
