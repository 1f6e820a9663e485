// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/terminal/terminalsearch.h"

#include <QElapsedTimer>

#include <algorithm>

namespace quarry::widgets {

namespace {
constexpr int LinesAtOnce = 500;
constexpr int SliceMs = 4;
constexpr int MatchWraps = 1000;
} // namespace

TerminalSearch::TerminalSearch(QObject *parent) : QObject(parent)
{
    m_step.setSingleShot(true);
    m_step.setInterval(0);
    connect(&m_step, &QTimer::timeout, this, &TerminalSearch::step);
}

void TerminalSearch::setSurface(TerminalSurface *surface)
{
    m_surface = surface;
    start({}, terminal::Search::Kind::Literal, Qt::CaseInsensitive);
}

void TerminalSearch::start(const QString &pattern, terminal::Search::Kind kind,
                           Qt::CaseSensitivity caseSensitivity)
{
    m_matches.clear();
    m_current = -1;
    m_step.stop();
    m_search.reset();
    if (m_surface && !pattern.isEmpty()) {
        m_search.emplace(pattern, kind, caseSensitivity);
        m_next = terminal::Lines(m_surface->emulator()).begin();
        m_step.start();
    }
    Q_EMIT changed();
}

void TerminalSearch::screenChanged()
{
    if (!m_search || !m_surface)
        return;
    terminal::Lines lines(m_surface->emulator());
    // What the screen shows may be another text, and its first line the end of one in the history.
    const std::uint64_t from
        = std::min(m_next, lines.firstOf(std::max(lines.begin(), lines.screenBegin()), MatchWraps));
    std::erase_if(m_matches, [&](const terminal::Match &match) {
        return match.begin.line >= from || match.begin.line < lines.begin();
    });
    if (m_current >= int(m_matches.size()))
        m_current = -1;
    m_next = std::min(m_next, from);
    m_step.start();
}

void TerminalSearch::step()
{
    if (!m_search || !m_surface)
        return;
    terminal::Lines lines(m_surface->emulator());
    QElapsedTimer clock;
    clock.start();
    m_next = std::max(m_next, lines.begin());
    while (m_next < lines.end() && m_matches.size() < MatchesMax && clock.elapsed() < SliceMs)
        m_next = m_search->step(lines, m_next, LinesAtOnce, m_matches);
    if (m_next < lines.end() && m_matches.size() < MatchesMax)
        m_step.start();
    Q_EMIT changed();
}

void TerminalSearch::choose(bool next, std::uint64_t line)
{
    const int count = int(m_matches.size());
    if (count == 0)
        return;
    if (m_current >= 0) {
        m_current = (m_current + (next ? 1 : count - 1)) % count;
    } else {
        const auto behind
            = std::find_if(m_matches.cbegin(), m_matches.cend(),
                           [&](const terminal::Match &match) { return match.begin.line >= line; });
        const int at = int(behind - m_matches.cbegin());
        m_current = next ? at % count : (at + count - 1) % count;
    }
    Q_EMIT chosen(m_matches[size_t(m_current)]);
}

} // namespace quarry::widgets
