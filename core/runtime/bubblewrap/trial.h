// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Trying out what a sandbox needs, by doing it. Blocks: not for the engine's thread.
#pragma once

#include "runtime/bubblewrap/bubblewraphost.h"
#include "runtime/instancespec.h"

namespace quarry::runtime {

// Enters the user namespace that a sandbox would have, and does nothing in it.
Result<void> tryNamespaces(const BubblewrapHost &host);

// Starts a sandbox of the host image in a folder of its own below the data folder, until its agent
// says hello, and takes all of it away again. The error says what was in the way.
Result<void> trySandbox(const BubblewrapHost &host, NetworkMode network);

} // namespace quarry::runtime
