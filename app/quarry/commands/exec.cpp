// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry exec
#include "cli/arguments.h"
#include "cli/configuration.h"
#include "cli/context.h"
#include "service/settings.h"
#include "commands/commands.h"
#include "commands/execrun.h"
#include "commands/sandboxflags.h"

#include <QCoreApplication>
#include <QFile>

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

agent::SpawnSpec programOf(const Arguments &arguments)
{
    agent::SpawnSpec program;
    program.arguments = arguments.command();
    program.cwd = QFile::encodeName(arguments.text(u"--cwd"_s));
    program.input = true;
    program.terminal = arguments.has(u"--tty"_s);
    if (program.terminal) {
        const TerminalSize size = TerminalMode::size();
        program.rows = size.rows;
        program.columns = size.columns;
        const QByteArray kind = qgetenv("TERM");
        if (!kind.isEmpty())
            program.environment << "TERM=" + kind;
    }
    return program;
}

int run(Context &context, const Arguments &arguments)
{
    const Result<config::Config> config = loadConfiguration(arguments);
    if (!config)
        return context.fail(config.error(), exitcode::notStarted);
    const Result<service::Settings> settings = service::settingsOf(*config);
    if (!settings)
        return context.fail(settings.error(), exitcode::notStarted);
    Result<sandbox::SandboxRequest> request
        = sandboxRequest(arguments, settings->engine.sandbox.image);
    if (!request)
        return context.fail(request.error(), exitcode::notStarted);
    request->idleSeconds = 0; // it lives as long as its command
    service::raiseDescriptorLimit();
    ExecRun exec(*settings,
                 {*request,
                  programOf(arguments),
                  {arguments.has(u"--tty"_s), arguments.number(u"--timeout"_s)}},
                 context);
    QObject::connect(&exec, &ExecRun::finished, qApp, &QCoreApplication::exit,
                     Qt::QueuedConnection);
    exec.start();
    return QCoreApplication::exec();
}

} // namespace

CommandSpec execCommand()
{
    return {
        .path = {u"exec"_s},
        .summary = u"Run one command in a throw-away sandbox."_s,
        .text = u"Needs no server. Standard input, output and error are the command's, and its "
                u"exit code is ours: "
                "127 no such program, 126 not executable, 128+n ended by signal n, 124 out of "
                "time, 125 the sandbox "
                "could not start. Ctrl-C ends it.\n"
                "With --json the output comes as "
                "{\"event\":\"output\",\"stream\":\"stdout\"|\"stderr\",\"text\" or "
                "\"base64\":...}."_s,
        .flags = sandboxFlags()
            + QList<Flag>{{u"--cwd"_s, Kind::Text, u"DIR"_s,
                           u"where the command starts (default: /root)"_s},
                          {u"--timeout"_s, Kind::Number, u"S"_s,
                           u"end the command after so many seconds"_s},
                          {u"--tty"_s,
                           Kind::Switch,
                           {},
                           u"give the command a terminal"_s,
                           {},
                           false,
                           u"-t"_s},
                          {u"--data"_s, Kind::Text, u"DIR"_s,
                           u"the data folder whose images are used"_s}},
        .takesCommand = true,
        .examples
        = {u"quarry exec -- echo hello"_s,
           u"quarry exec --image python:3.11 --memory 512m --bind .:/work:ro --cwd /work -- python3 main.py"_s},
        .run = run};
}

} // namespace quarry::cli
