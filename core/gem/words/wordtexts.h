// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The files of resources/words, as they are.
#pragma once

#include <string_view>

namespace quarry::gem {

extern const std::string_view basicText;
extern const std::string_view largeText;
extern const std::string_view crosswordText;

} // namespace quarry::gem
