// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/sessions/sessionmarks.h"

#include <algorithm>

namespace quarry::agent {

std::string sessionMark(char kind, std::string_view nonce)
{
    std::string mark = "\x1b_";
    mark += kind;
    mark += nonce;
    mark += "\x1b\\";
    return mark;
}

void MarkFinder::setNonce(std::string_view nonce)
{
    m_marks[2] = std::move(m_marks[0]);
    m_marks[3] = std::move(m_marks[1]);
    m_marks[0] = sessionMark('S', nonce);
    m_marks[1] = sessionMark('E', nonce);
}

void MarkFinder::feed(std::string_view bytes, std::vector<Piece> &out)
{
    std::string joined;
    if (!m_kept.empty()) {
        joined = std::move(m_kept);
        m_kept.clear();
        joined += bytes;
        bytes = joined;
    }
    std::size_t textFrom = 0;
    std::size_t at = 0;
    const auto text = [&](std::size_t to) {
        if (to > textFrom)
            out.push_back({Piece::Kind::Text, std::string(bytes.substr(textFrom, to - textFrom))});
    };
    while ((at = bytes.find('\x1b', at)) != std::string_view::npos) {
        const Match match = matchAt(bytes.substr(at));
        if (match.partial) {
            text(at);
            m_kept = bytes.substr(at);
            return;
        }
        if (match.length == 0) {
            ++at;
            continue;
        }
        text(at);
        at += match.length;
        textFrom = at;
        if (match.current)
            out.push_back({match.start ? Piece::Kind::Start : Piece::Kind::End, {}});
    }
    text(bytes.size());
}

void MarkFinder::flush(std::vector<Piece> &out)
{
    if (!m_kept.empty())
        out.push_back({Piece::Kind::Text, std::move(m_kept)});
    m_kept.clear();
}

MarkFinder::Match MarkFinder::matchAt(std::string_view bytes) const
{
    Match match;
    for (std::size_t i = 0; i < std::size(m_marks); ++i) {
        const std::string_view mark = m_marks[i];
        if (mark.empty())
            continue;
        const std::size_t length = std::min(mark.size(), bytes.size());
        if (bytes.substr(0, length) != mark.substr(0, length))
            continue;
        if (length < mark.size()) {
            match.partial = true;
            continue;
        }
        return {mark.size(), false, i < 2, i % 2 == 0};
    }
    return match;
}

} // namespace quarry::agent
