// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The one table of what may become of a sandbox.
#pragma once

#include "base/result.h"
#include "sandbox/sandboxinfo.h"

namespace quarry::sandbox {

enum class Event {
    Started,     // the agent answers
    StartFailed, // a phase failed or took too long
    Stop,        // asked for, a deadline, the engine's end
    Ended,       // by itself: the agent or its namespace has gone
    Restart,
    Delete,
    Archive,
    Archived,
};

QString toString(Event event);

// The state that EVENT leads to from STATE, or WrongState with a sentence that says what would
// help.
Result<State> transition(const QString &id, State state, Event event);

} // namespace quarry::sandbox
