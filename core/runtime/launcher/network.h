// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The network of an instance.
#pragma once

#include "spec.h"

#include <string>
#include <vector>

namespace quarry::launcher {

// Network "user": a network namespace that reaches out through pasta, and none of the host's
// addresses.
//
// pasta runs inside the instance's user namespace (its sockets never carry the server's uid where a
// range of uids exists) and in a pid namespace of its own, whose first process dies with this one:
// no pasta outlives its sandbox. HANDLE is an empty file on the stage, to mount the namespace on.
void makeUserNetwork(const Spec &spec, const std::string &handle);

} // namespace quarry::launcher
