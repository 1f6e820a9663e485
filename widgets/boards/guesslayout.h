// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Guesses below each other, in as many columns as keep them in sight.
#pragma once

#include "widgets/boards/boardscene.h"

#include <QRectF>

namespace quarry::widgets {

class GuessLayout
{
public:
    // Of SCENE's "guesses", each WIDE units.
    GuessLayout(const BoardScene &scene, double wide);

    // Guesses and the rows that come next, at most MostShown, the latest.
    static constexpr int MostShown = 30;
    int first() const { return m_first; }
    int rows() const { return m_rows; }
    QRectF row(int at) const; // from 0, of the rows that are shown
    QSizeF size() const;

private:
    double m_wide;
    int m_first = 0;
    int m_rows = 0;
    int m_columns = 1;
    int m_perColumn = 1;
};

} // namespace quarry::widgets
