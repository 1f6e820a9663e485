// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The last steps of a new process: from a fork to another program.
#pragma once

#include "agent/inside/processes/child.h"

namespace quarry::agent {

// All that becomeProgram() needs, made ready before the fork: between vfork and exec nothing may be
// allocated.
class Program
{
public:
    // SPEC outlives this. SOFTFILELIMIT: RLIMIT_NOFILE's soft value unless SPEC has one; 0: as it
    // is.
    Program(const ChildSpec &spec, std::uint64_t softFileLimit);

    // Called in a vfork child whose descriptors 0, 1, 2 are the program's and whose others are
    // close-on-exec. Returns only when it failed.
    StartFailure become() const;

private:
    StartFailure prepare() const;
    StartFailure execute() const;

    const ChildSpec &m_spec;
    std::uint64_t m_softFileLimit;
    std::vector<std::string> m_candidates;
    std::vector<char *> m_arguments;
    std::vector<char *> m_environment;
};

} // namespace quarry::agent
