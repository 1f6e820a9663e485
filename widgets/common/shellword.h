// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Words for a POSIX shell, quoted where they need it. Pure.
#pragma once

#include <QString>
#include <QStringList>

namespace quarry::widgets {

QString shellWord(const QString &word);
QString shellLine(const QStringList &words);

} // namespace quarry::widgets
