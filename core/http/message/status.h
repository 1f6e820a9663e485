// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Names of status codes.
#pragma once

#include <QByteArray>

namespace quarry::http {

QByteArray reasonPhrase(int status); // "Not Found"; "Status" for what is not known

} // namespace quarry::http
