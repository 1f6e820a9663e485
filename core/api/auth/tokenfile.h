// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The file that holds the server's token.
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

namespace quarry::api {

// Reads the token, or makes the file (0600, 256 random bits as hex) when it is absent; its folder
// is made too, 0700. PermissionDenied when others can read or change the file or it belongs to
// somebody else, InvalidArgument for a token that is empty, shorter than 32 characters, or no plain
// text.
Result<QByteArray> readOrMakeToken(const QString &path);

} // namespace quarry::api
