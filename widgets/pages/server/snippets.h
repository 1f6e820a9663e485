// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Lines that call the server, to paste into a program or a shell. Pure.
#pragma once

#include <QString>

namespace quarry::widgets {

// ADDRESS is "http://127.0.0.1:8080"; TOKENFILE is empty where no token is needed.
QString pythonSnippet(const QString &address, const QString &tokenFile);
QString curlSnippet(const QString &address, const QString &tokenFile);
// The command line finds the engine by its data folder.
QString shellSnippet(const QString &dataFolder);

} // namespace quarry::widgets
