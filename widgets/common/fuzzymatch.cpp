// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/fuzzymatch.h"

#include <algorithm>
#include <vector>

namespace quarry::widgets {

namespace {

constexpr int Never = -1'000'000;
constexpr int Letter = 16; // what each letter found is worth
constexpr int WordStart = 12;
constexpr int TextStart = 16;
constexpr int Consecutive = 18;
constexpr int Gap = -1; // for each letter passed over
constexpr int LongGap = -8; // at most, before the first letter

QString folded(QStringView text, qsizetype limit, bool withoutSpaces)
{
    QString out;
    for (const QChar c : text.first(std::min(text.size(), limit))) {
        if (!withoutSpaces || !c.isSpace())
            out.append(c.toCaseFolded());
    }
    return out;
}

bool startsWord(QStringView text, qsizetype at)
{
    if (at == 0)
        return true;
    const QChar before = text[at - 1];
    const QChar here = text[at];
    if (!before.isLetterOrNumber())
        return here.isLetterOrNumber();
    return (before.isLower() && here.isUpper()) || (before.isLetter() && here.isDigit());
}

// PATTERN is folded, TEXT is not: most names end here, without a copy.
bool isSubsequence(QStringView pattern, QStringView text)
{
    qsizetype at = 0;
    for (qsizetype i = 0; i < text.size() && at < pattern.size(); ++i) {
        if (pattern[at] == text[i].toCaseFolded())
            ++at;
    }
    return at == pattern.size();
}

int bonus(QStringView text, qsizetype at)
{
    return at == 0 ? TextStart : startsWord(text, at) ? WordStart : 0;
}

} // namespace

std::optional<FuzzyMatch> fuzzyMatch(QStringView pattern, QStringView text)
{
    const QString letters = folded(pattern, FuzzyPatternLimit, true);
    if (letters.isEmpty())
        return FuzzyMatch{};
    const QStringView bounded = text.first(std::min(text.size(), FuzzyTextLimit));
    if (!isSubsequence(letters, bounded))
        return std::nullopt;
    const QString name = folded(bounded, FuzzyTextLimit, false);

    // best(i, j): the best score of the letters up to i when letter i is found at j;
    // from(i, j): where letter i - 1 is then.
    const auto rows = size_t(letters.size());
    const auto columns = size_t(name.size());
    std::vector<int> best(rows * columns, Never);
    std::vector<qint16> from(rows * columns, -1);
    for (size_t j = 0; j < columns; ++j) {
        if (name[qsizetype(j)] == letters[0])
            best[j] = Letter + bonus(text, qsizetype(j)) + std::max(LongGap, int(j) * Gap);
    }
    for (size_t i = 1; i < rows; ++i) {
        const int *before = &best[(i - 1) * columns];
        int apart = Never; // the best place of letter i - 1 before j - 1, less the gap to here
        qint16 apartAt = -1;
        for (size_t j = i; j < columns; ++j) {
            apart = std::max(apart + Gap, Never);
            if (j >= 2 && before[j - 2] + Gap > apart) {
                apart = before[j - 2] + Gap;
                apartAt = qint16(j - 2);
            }
            const int joined = before[j - 1] > Never / 2 ? before[j - 1] + Consecutive : Never;
            if (letters[qsizetype(i)] != name[qsizetype(j)] || std::max(apart, joined) <= Never / 2)
                continue;
            best[i * columns + j] = std::max(apart, joined) + Letter + bonus(text, qsizetype(j));
            from[i * columns + j] = joined >= apart ? qint16(j - 1) : apartAt;
        }
    }

    const auto last = best.end() - std::ptrdiff_t(columns);
    const auto top = std::max_element(last, best.end());
    if (*top <= Never / 2)
        return std::nullopt;
    FuzzyMatch match;
    // A name that is the pattern and no more is the best there is.
    match.score = *top - int(std::min<qsizetype>(name.size() - letters.size(), 8));
    qsizetype at = top - last;
    for (size_t i = rows; i-- > 0;) {
        match.positions.prepend(at);
        at = from[i * columns + size_t(at)];
    }
    return match;
}

QList<RankedText> rank(const QString &pattern, const QStringList &texts, qsizetype limit)
{
    QList<RankedText> found;
    for (qsizetype i = 0; i < texts.size(); ++i) {
        if (auto match = fuzzyMatch(pattern, texts[i]))
            found.append({i, std::move(*match)});
    }
    int best = 0;
    for (const RankedText &text : found)
        best = std::max(best, text.match.score);
    found.removeIf([best](const RankedText &text) { return text.match.score < WeakPart * best; });
    const auto better = [&](const RankedText &a, const RankedText &b) {
        if (a.match.score != b.match.score)
            return a.match.score > b.match.score;
        if (!pattern.isEmpty() && texts[a.index].size() != texts[b.index].size())
            return texts[a.index].size() < texts[b.index].size();
        return a.index < b.index;
    };
    const auto kept = std::min(limit, found.size());
    std::partial_sort(found.begin(), found.begin() + kept, found.end(), better);
    found.resize(kept);
    return found;
}

} // namespace quarry::widgets
