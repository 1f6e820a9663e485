// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The Python that has the package gem: where it is looked for, and whether it can be used.
#pragma once

#include "base/result.h"

#include <QString>
#include <QStringList>

#include <atomic>
#include <chrono>

namespace quarry::gem {

struct Interpreter {
    QString program; // absolute, the interpreter's own
    QString pythonVersion; // "3.11.2"
    QString gemVersion;    // "0.1.0"
    QStringList missing; // modules without which some environments cannot be made
    QStringList ids; // that the package registers, sorted
    QString package; // the folder that gem lies in
    // Existing, absolute, none inside another: what a sandbox must be shown, in its own place. What
    // the image `host` shows anyway is left out.
    QStringList folders;
};

// The interpreter of CONFIGURED (gem.python: the folder of a virtual environment, or a program), or
// else of the folder gem-venv in DATAFOLDER; empty when the latter is not there.
QString interpreterProgram(const QString &configured, const QString &dataFolder);

// Really imports gem, which takes seconds: never on the engine's thread. NotFound for no program,
// Unsupported when gem cannot be imported, Timeout; Cancelled soon after CANCELLED becomes true.
Result<Interpreter> examineInterpreter(const QString &program,
                                       std::chrono::milliseconds deadline
                                       = std::chrono::milliseconds(30'000),
                                       const std::atomic<bool> *cancelled = nullptr);

// The shell command after which examineInterpreter() finds nothing missing in what these settings
// name.
QString installCommand(const QString &configured, const QString &dataFolder);

} // namespace quarry::gem
