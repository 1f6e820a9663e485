// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Looks for text in a terminal, a slice at a time, and follows what is added.
#pragma once

#include "terminal/text/search.h"
#include "widgets/terminal/terminalsurface.h"

#include <QPointer>
#include <QTimer>

#include <optional>
#include <vector>

namespace quarry::widgets {

class TerminalSearch : public QObject
{
    Q_OBJECT
public:
    static constexpr size_t MatchesMax = 100'000;

    explicit TerminalSearch(QObject *parent = nullptr);

    void setSurface(TerminalSurface *surface);
    // An empty PATTERN ends the search.
    void start(const QString &pattern, terminal::Search::Kind kind,
               Qt::CaseSensitivity caseSensitivity);
    // The screen has changed; what was found there is looked for again.
    void screenChanged();

    bool isActive() const { return m_search.has_value(); }
    bool isDone() const { return !m_step.isActive(); }
    QString error() const { return m_search ? m_search->error() : QString(); }
    // In their order; at most MatchesMax.
    const std::vector<terminal::Match> &matches() const { return m_matches; }
    // The match chosen last; -1: none.
    int current() const { return m_current; }
    // The next or the one before it, round the ends; the first time the one nearest to LINE.
    void choose(bool next, std::uint64_t line);

Q_SIGNALS:
    void changed();
    void chosen(const quarry::terminal::Match &match);

private:
    void step();

    QPointer<TerminalSurface> m_surface;
    std::optional<terminal::Search> m_search;
    std::vector<terminal::Match> m_matches;
    std::uint64_t m_next = 0;
    int m_current = -1;
    QTimer m_step;
};

} // namespace quarry::widgets
