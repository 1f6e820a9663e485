// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The command line as data: commands, their flags and words, and what to run.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <functional>

namespace quarry::cli {

class Arguments;
class Context;

// What a flag's value must be; checked before a command runs.
enum class Kind {
    Switch,  // takes no value
    Text,    // not empty
    Size,    // of memory or disk, as base/sizes.h reads it
    Number,  // decimal, above zero
    Whole,   // an integer, zero or more
    Choice,  // one of Flag::choices
    Pair,    // NAME=VALUE
    Bind,    // SRC:DST or SRC:DST:ro
};

struct Flag {
    QString name; // "--memory"
    Kind kind = Kind::Switch;
    QString value; // how help calls the value: "SIZE"
    QString help;
    QStringList choices = {};
    bool repeated = false;
    QString letter = {}; // "-t", or empty
};

struct Word {
    QString name; // "ID"
    bool optional = false;
};

struct CommandSpec {
    QStringList path; // {"sandbox", "ls"}
    QString summary;  // one line
    QString text = {};     // more, in paragraphs of any length; may be empty
    QList<Flag> flags = {};
    QList<Word> words = {};
    bool takesCommand = false; // the rest, behind "--", is a program and its arguments
    QStringList examples = {};
    std::function<int(Context &, const Arguments &)> run = {}; // gives the exit code
    bool hidden = false;

    QString name() const { return path.join(QLatin1Char(' ')); }
};

} // namespace quarry::cli
