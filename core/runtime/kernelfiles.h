// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The small files of /proc and /sys.
#pragma once

#include <QByteArray>
#include <QString>

namespace quarry::runtime {

// At most 1 MiB; empty when it cannot be read.
QByteArray readKernelFile(const QString &path);
// One write of TEXT; false and errno when the kernel refuses.
bool writeKernelFile(const QString &path, const QByteArray &text);
// The number behind KEY in lines "KEY NUMBER"; -1 with none.
qint64 keyedNumber(const QByteArray &text, const QByteArray &key);
// A file of one number; -1 when there is none.
qint64 numberFile(const QString &path);

} // namespace quarry::runtime
