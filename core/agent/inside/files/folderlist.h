// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One page of a folder.
#pragma once

#include "agent/wire/callmessages.h"

namespace quarry::agent {

// From CURSOR (0: the start) on, as many entries as fit a frame. 0 or errno.
int listFolder(const std::string &path, std::uint64_t cursor, FileList &out);

} // namespace quarry::agent
