// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How many sandboxes a machine carries at once.
#pragma once

namespace quarry::sandbox {

// By the machine's memory and this process's limit of descriptors; at least 1.
int machineCapacity();

} // namespace quarry::sandbox
