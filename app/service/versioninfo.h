// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Which build this is.
#pragma once

#include <QString>

namespace quarry::service {

QString programVersion(); // "0.1.0"
QString programCommit();  // of the sources, shortened; empty when it was not known
// Where quarry and the programs beside it lie.
QString programFolder();

} // namespace quarry::service
