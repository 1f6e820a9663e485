// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Errors about files of a sandbox.
#pragma once

#include "base/error.h"

#include <QByteArrayView>

namespace quarry::sandbox {

// ERROR as a sentence that names the file by its escaped name: what the agent says has the name as
// it is.
Error aboutFile(Error error, QByteArrayView path);

Error agentGone();

} // namespace quarry::sandbox
