// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The file resources/gem/bridge.py, as it is.
#pragma once

#include <string_view>

namespace quarry::gem {

extern const std::string_view bridgeText;

} // namespace quarry::gem
