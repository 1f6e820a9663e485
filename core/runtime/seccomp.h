// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The system call filter of every sandbox.
#pragma once

#include "base/result.h"

#include <QByteArray>

namespace quarry::runtime {

// A compiled filter (struct sock_filter[]) as bwrap --seccomp takes it. It refuses with EPERM what
// Docker's default profile refuses to a container without extra capabilities, on every entry that
// the machine has (x86-64, i386 and x32): new namespaces, mounts, kernel keys, modules, clocks,
// tracing of the kernel, raw I/O, and the socket families that reach the host or rarely used kernel
// code. clone3 answers ENOSYS, since its flags cannot be seen: callers then use clone. All else is
// allowed.
Result<QByteArray> compileSeccompFilter();

} // namespace quarry::runtime
