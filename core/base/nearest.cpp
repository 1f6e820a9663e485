// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/nearest.h"

#include <algorithm>
#include <vector>

namespace quarry {

static int distance(const QString &a, const QString &b)
{
    const auto width = size_t(b.size()) + 1;
    std::vector<int> before(width), last(width), row(width);
    for (size_t j = 0; j < width; ++j)
        last[j] = int(j);
    for (int i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (int j = 1; j <= b.size(); ++j) {
            const int cost = a[i - 1] == b[j - 1] ? 0 : 1;
            int best = std::min(
                {last[size_t(j)] + 1, row[size_t(j) - 1] + 1, last[size_t(j) - 1] + cost});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = std::min(best, before[size_t(j) - 2] + 1);
            row[size_t(j)] = best;
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[width - 1];
}

QString nearest(const QString &word, const QStringList &candidates)
{
    QString best;
    int least = std::max(2, int(word.size()) / 3) + 1;
    for (const QString &candidate : candidates) {
        const int d = distance(word.toLower(), candidate.toLower());
        if (d < least && d < candidate.size()) {
            least = d;
            best = candidate;
        }
    }
    return best;
}

} // namespace quarry
