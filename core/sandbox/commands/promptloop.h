// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What bash runs while a person has a session: a prompt, line by line, in the very same shell.
#pragma once

#include <QByteArray>

namespace quarry::sandbox {

// The text of one call. It ends with code 0 when the person leaves (Ctrl-D), and with another when
// an interrupt (Ctrl-C) threw bash back to its top: it is then to be run again, CONTINUED.
QByteArray promptLoop(bool continued);
// The text of a last call, which removes what the prompt left in the shell.
QByteArray promptCleanup();

} // namespace quarry::sandbox
