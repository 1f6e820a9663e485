// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Serves the stream of one bash session (wire/sessionmessages.h).
#pragma once

#include "agent/inside/loop/stream.h"

namespace quarry::agent {

// A HandlerFactory (stream.h). The user, the terminal or bash that cannot be had fail the stream.
std::unique_ptr<StreamHandler> makeSessionHandler(Stream &stream, Services &services,
                                                  Decoder request);

} // namespace quarry::agent
