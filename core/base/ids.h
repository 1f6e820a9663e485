// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Random identifiers.
#pragma once

#include <QByteArray>
#include <QString>

namespace quarry {

// BYTES random bytes of the kernel as lower-case hex.
QString randomHex(int bytes);

// BYTES random bytes of the kernel. Aborts where the kernel gives none: there is no weaker way.
QByteArray randomBytes(int bytes);

} // namespace quarry
