// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What all processes of this pid namespace use.
#pragma once

#include "agent/wire/callmessages.h"

namespace quarry::agent {

Statistics readStatistics();

} // namespace quarry::agent
