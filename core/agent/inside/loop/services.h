// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What every handler may use.
#pragma once

#include "agent/inside/loop/readbuffer.h"
#include "agent/wire/messages.h"

namespace quarry::agent {

class Loop;
class Reaper;

class Services
{
public:
    Services(Loop &loop_, Reaper &reaper_) : loop(loop_), reaper(reaper_) { }

    // The base environment with ADDITIONS ("NAME=value"; a bare "NAME" removes one) on top.
    std::vector<std::string> environment(const std::vector<std::string> &additions) const;
    // PATH as it is when absolute, else below the default cwd; that itself when empty.
    std::string absolute(const std::string &path) const;

    Loop &loop;
    Reaper &reaper; // reaper.h: the agent's own children
    // RLIMIT_NOFILE's soft value for programs; the agent's own is as high as it can be. 0: leave
    // it.
    std::uint64_t softFileLimit = 0;
    ReadBuffer buffer;
    Config config; // set before the first stream opens
};

} // namespace quarry::agent
