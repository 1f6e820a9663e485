// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Which handler serves which kind of stream.
#pragma once

#include "agent/inside/agent.h"

namespace quarry::agent {

Agent::Handlers allHandlers();

} // namespace quarry::agent
