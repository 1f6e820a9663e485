// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Finds a few typed letters in names, and says how well they fit. Pure.
#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace quarry::widgets {

// Only so much of a name and of what was typed is looked at.
inline constexpr qsizetype FuzzyTextLimit = 256;
inline constexpr qsizetype FuzzyPatternLimit = 64;

struct FuzzyMatch {
    int score = 0; // higher is better; only to be compared for the same pattern
    QList<qsizetype> positions; // of the letters found, ascending
};

// The best way to find PATTERN's letters in TEXT, in their order, without regard to case and to
// PATTERN's spaces. Letters that begin a word or follow each other count most. None: no match. The
// empty pattern matches everything with the score 0.
std::optional<FuzzyMatch> fuzzyMatch(QStringView pattern, QStringView text);

struct RankedText {
    qsizetype index = 0; // in the list that was ranked
    FuzzyMatch match;
};

// The LIMIT best of TEXTS, best first; among equals the shorter, then the earlier one. Letters that
// are only scattered over a text do not count where another text has them together: what has less
// than WeakPart of the best score is left out.
inline constexpr double WeakPart = 0.6;
QList<RankedText> rank(const QString &pattern, const QStringList &texts, qsizetype limit);

} // namespace quarry::widgets
