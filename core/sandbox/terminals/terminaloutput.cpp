// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/terminals/terminaloutput.h"

#include <algorithm>

namespace quarry::sandbox {

namespace {
// Small outputs share a piece; large ones are kept as they came.
constexpr qsizetype pieceSize = 16 * 1024;
} // namespace

void TerminalOutput::append(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return;
    if (!m_pieces.empty() && m_pieces.back().bytes.size() + bytes.size() <= pieceSize)
        m_pieces.back().bytes.append(bytes);
    else
        m_pieces.push_back({m_end, bytes});
    m_end += bytes.size();
    while (m_pieces.size() > 1 && m_end - m_pieces.front().at > m_limit)
        m_pieces.pop_front();
    m_begin = m_pieces.front().at;
}

QByteArray TerminalOutput::read(qint64 from, qsizetype max) const
{
    if (from >= m_end)
        return {};
    const auto after
        = std::upper_bound(m_pieces.begin(), m_pieces.end(), from,
                           [](qint64 position, const Piece &piece) { return position < piece.at; });
    const Piece &piece = *std::prev(after);
    return piece.bytes.mid(from - piece.at, max);
}

} // namespace quarry::sandbox
