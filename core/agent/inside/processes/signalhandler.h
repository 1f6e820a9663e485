// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Serves StreamKind::Signal: to one process of this pid namespace, or to it and all below it.
#pragma once

#include "agent/inside/loop/services.h"
#include "agent/inside/loop/stream.h"
#include "agent/wire/processmessages.h"

namespace quarry::agent {

// What stood in the way; nothing is failed() when the signal went out.
Failure signalProcess(const SignalRequest &request);

std::unique_ptr<StreamHandler> makeSignalHandler(Stream &stream, Services &services,
                                                 Decoder request);

} // namespace quarry::agent
