// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// File names as people see and type them. On a disk a name is bytes, and those of a sandbox may be
// any.
#pragma once

#include <QByteArray>
#include <QString>

namespace quarry {

// NAME as text of one line that cannot pretend to be another: a backslash is "\\", a byte that is
// no UTF-8 "\xff", a control character "\n", "\t" or "\x1b", a mark of direction or another
// character that is not seen "\u202e" or "\U000e0001".
QString escapedName(QByteArrayView name);
// The way back: fromEscapedName(escapedName(x)) is x. A backslash that begins no escape stands for
// itself.
QByteArray fromEscapedName(QStringView text);

// NAME as one word of a POSIX shell's line, with $'…' where it needs escapes.
QString shellWord(QByteArrayView name);

} // namespace quarry
