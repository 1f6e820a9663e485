// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Measures of the view that its parts share.
#pragma once

namespace quarry::widgets::terminalmeasures {

inline constexpr int Gutter = 24; // left of the text: how commands ended
inline constexpr int Mark = 12;   // the shape in it
inline constexpr int Top = 4;
inline constexpr int Right = 4;

} // namespace quarry::widgets::terminalmeasures
