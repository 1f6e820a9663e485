// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A terminal's scroll bar, which shows where in the whole text something was found.
#pragma once

#include "terminal/text/search.h"

#include <QScrollBar>

#include <vector>

namespace quarry::widgets {

class MarkScrollBar : public QScrollBar
{
    Q_OBJECT
public:
    explicit MarkScrollBar(QWidget *parent = nullptr);

    // Of LINES lines from FIRST on. CURRENT is a number in MATCHES, or -1.
    void setMarks(const std::vector<terminal::Match> &matches, int current, std::uint64_t first,
                  std::uint64_t lines);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::vector<float> m_marks; // 0…1, ascending, no two on one pixel
    float m_current = -1;
};

} // namespace quarry::widgets
