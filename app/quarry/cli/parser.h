// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the command of a call and checks its flags and words.
#pragma once

#include "cli/arguments.h"
#include "cli/commandspec.h"

#include <QList>

namespace quarry::cli {

struct Parsed {
    enum class What {
        Run,
        Help,    // of `command`; of its group or of everything when that is null
        Version,
        Wrong,   // `error` says what, and what is near
    };
    What what = What::Run;
    const CommandSpec *command = nullptr;
    QStringList group; // the first words of a group of commands, for Help
    Arguments arguments;
    QString error;
};

// WORDS are the arguments without the program's name. The result points into COMMANDS.
Parsed parse(const QList<CommandSpec> &commands, const QList<QByteArray> &words);

// The flags that every command has: --json and --help.
QList<Flag> commonFlags();

} // namespace quarry::cli
