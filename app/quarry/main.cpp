// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry: finds the command, and runs it.
#include "cli/context.h"
#include "cli/help.h"
#include "cli/parser.h"
#include "service/signalwatch.h"
#include "commands/commands.h"
#include "runtime/images/worker.h"

#include <QCoreApplication>

#include <cstring>
#include <unistd.h>

namespace {

using namespace Qt::StringLiterals;
using namespace quarry::cli;

// "quarry worker" is what the engine starts for itself: no event loop, no command line for people.
int runWorker(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 2; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    return quarry::runtime::runWorker(arguments, STDOUT_FILENO);
}

int answer(Context &context, const QList<CommandSpec> &commands, const Parsed &parsed)
{
    switch (parsed.what) {
    case Parsed::What::Run:
        return parsed.command->run(context, parsed.arguments);
    case Parsed::What::Help:
        context.print(parsed.command ? helpOf(*parsed.command)
                                     : helpOfGroup(commands, parsed.group));
        return exitcode::done;
    case Parsed::What::Version:
        return versionCommand().run(context, parsed.arguments);
    case Parsed::What::Wrong:
        break;
    }
    QStringList path = parsed.group;
    if (parsed.command)
        path = parsed.command->path;
    context.warn(parsed.error);
    context.warn(u"\"%1\" explains more."_s.arg(
        (QStringList{u"quarry"_s} + path + QStringList{u"--help"_s}).join(u' ')));
    return exitcode::wrongUsage;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc > 1 && std::strcmp(argv[1], "worker") == 0)
        return runWorker(argc, argv);

    // Qt's own dispatcher on poll() is all that is needed, and starts faster than GLib's.
    ::setenv("QT_NO_GLIB", "1", 1);
    QList<QByteArray> words;
    for (int i = 1; i < argc; ++i)
        words << QByteArray(argv[i]);
    // Only the program's name: flags of Qt's own are none of ours.
    int count = std::min(argc, 1);
    QCoreApplication application(count, argv);
    QCoreApplication::setApplicationName(u"quarry"_s);

    const QList<CommandSpec> commands = allCommands();
    const Parsed parsed = parse(commands, words);
    quarry::service::SignalWatch signalWatch;
    Context context(parsed.arguments.has(u"--json"_s), signalWatch);
    return answer(context, commands, parsed);
}
