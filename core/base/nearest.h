// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// "Did you mean …?"
#pragma once

#include <QString>
#include <QStringList>

namespace quarry {

// The candidate with the smallest edit distance (transpositions count one), or empty when none is
// near: at most a third of the word's length, and at least two edits, may differ.
QString nearest(const QString &word, const QStringList &candidates);

} // namespace quarry
