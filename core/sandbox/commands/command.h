// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One command in a sandbox, run to its end with its output kept: what ROCK calls "execute".
#pragma once

#include "base/result.h"

#include <QByteArrayList>
#include <QList>
#include <QMap>
#include <QString>

#include <optional>

namespace quarry::sandbox {

struct CommandRequest {
    QList<QByteArray> argv;        // never empty; a shell line is {"/bin/bash", "-c", line}
    QMap<QString, QString> env;    // added to the sandbox's environment
    QString cwd;                   // empty: /root; relative ones start there
    double timeoutSeconds = 1200;  // > 0
    qint64 outputMax = 32 << 20; // of each stream; past it head and tail stay, with a mark between
};

struct CommandResult {
    QByteArrayList standardOutput; // in pieces
    QByteArrayList standardError;
    int exitCode = 0; // 128+n for signal n; 127 no such program, 126 not executable
    bool timedOut = false; // the whole tree was killed; the output so far is above
    bool outOfMemory = false;
};

} // namespace quarry::sandbox
