// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Becoming root of a user namespace.
#pragma once

#include "spec.h"

namespace quarry::launcher {

// A server run as root: a user namespace that maps 0… to SPEC's range, as a descriptor. Nobody is
// in it.
int makeUserNamespace(const Range &uids);
// Enters it as its uid 0, without any group.
void enterUserNamespace(int fd);

// An ordinary user: makes and enters a namespace. Without SHIFTED uid 0 is the caller, 1… its
// subuids; where it has none only uid 0 exists. With SHIFTED (host network) the caller's own uid is
// not in the final namespace: see shiftIdentity.
void makeOwnNamespace(const Spec &spec);

// From a namespace of makeOwnNamespace with subuids into one below it, in which uid 0 is the first
// subuid: what runs there never has the server's uid. Call it when every mount is made.
void shiftIdentity(const Spec &spec);

} // namespace quarry::launcher
