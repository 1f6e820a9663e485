// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace quarry::gem {

// Which "0.1.0" of GEM the FifteenPuzzle is scrambled as: the commit moves tiles about, the wheel
// on PyPI shuffles them, so that half of its boards cannot be solved.
enum class FifteenReset : std::uint8_t { Commit, Wheel };

} // namespace quarry::gem
