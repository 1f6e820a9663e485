// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The answers of ROCK's GEM API to reset and step, as JSON text appended to the caller's buffer.
#pragma once

#include "gem/environment/environment.h"

#include <string>

namespace quarry::gem {

// Keeps its buffers from call to call. Not thread safe.
class StepJson
{
public:
    // {"observation":…,"info":{"suffix":…,"board":{…}}}
    void appendReset(std::string &out, const Environment &environment);
    // {"observation":…,"reward":…,"terminated":…,"truncated":…,"info":{…}}
    void appendStep(std::string &out, const Environment &environment, const StepResult &result);

private:
    void appendObservation(std::string &out, const Environment &environment);
    void appendInfo(std::string &out, const Environment &environment);

    std::string m_text;
};

// A double so that it reads back as itself, with ".0" where Python would write it.
void appendReal(std::string &out, double value);

} // namespace quarry::gem
