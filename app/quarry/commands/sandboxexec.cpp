// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry sandbox exec, shell
#include "cli/arguments.h"
#include "cli/commandrelay.h"
#include "cli/context.h"
#include "cli/enginechannel.h"
#include "cli/engineclient.h"
#include "cli/terminalchannel.h"
#include "commands/commands.h"
#include "commands/sessionshell.h"

#include <QCoreApplication>

#include <unistd.h>

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

bool onTerminal()
{
    return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1;
}

// Ties it to our streams up to its end, and gives its exit code.
int relay(Context &context, CommandChannel &channel, RelayOptions options)
{
    CommandRelay commandRelay(channel, context, options);
    QObject::connect(
        &commandRelay, &CommandRelay::finished, qApp,
        [&context](int code) {
            context.done({{u"exit_code"_s, code}}, code == 0);
            QCoreApplication::exit(code);
        },
        Qt::QueuedConnection);
    QObject::connect(&commandRelay, &CommandRelay::failed, qApp, [&context](const Error &error) {
        // A program that could not be started has a code of its own.
        const int code = error.details.value("exit_code"_L1).toInt(exitcode::failed);
        QCoreApplication::exit(context.fail(error, code));
    });
    return QCoreApplication::exec();
}

int relay(Context &context, client::Client &engine, const QString &id, const QJsonObject &body,
          RelayOptions options)
{
    Result<client::Upgraded> connection
        = engine.upgrade(sandboxPath(id, u"/exec"_s), u"quarry-exec"_s, body);
    if (!connection)
        return context.fail(connection.error());
    EngineChannel channel(std::move(*connection));
    return relay(context, channel, options);
}

// Sits down at the terminal NAME, which is opened when it is not there.
int attach(Context &context, client::Client &engine, const QString &id, const QString &name,
           bool takeOver)
{
    const TerminalSize size = TerminalMode::size();
    const Result<QJsonObject> opened
        = engine.post(sandboxPath(id, u"/terminals"_s),
                      {{u"name"_s, name}, {u"rows"_s, size.rows}, {u"cols"_s, size.columns}});
    if (!opened && opened.error().code != ErrorCode::AlreadyExists)
        return context.fail(opened.error());
    Result<client::Upgraded> connection
        = engine.webSocket(sandboxPath(id, u"/terminals/"_s + client::Client::segment(name)));
    if (!connection)
        return context.fail(connection.error());
    TerminalChannel channel(std::move(*connection), takeOver);
    QObject::connect(&channel, &TerminalChannel::told, qApp,
                     [&context](const QString &words) { context.warn(words + u'\r'); });
    channel.resize(size.rows, size.columns);
    return relay(context, channel, {true, {}});
}

QJsonObject requestBody(const QJsonArray &argv, bool terminal)
{
    QJsonObject body{{u"argv"_s, argv}, {u"tty"_s, terminal}};
    if (terminal) {
        const TerminalSize size = TerminalMode::size();
        body[u"rows"_s] = size.rows;
        body[u"cols"_s] = size.columns;
        const QString kind = qEnvironmentVariable("TERM");
        if (!kind.isEmpty())
            body[u"env"_s] = QJsonObject{{u"TERM"_s, kind}};
    }
    return body;
}

int exec(Context &context, const Arguments &arguments)
{
    Result<client::Client> engine = engineClient(arguments, context);
    if (!engine)
        return context.fail(engine.error());
    QJsonArray argv;
    for (const QByteArray &word : arguments.command())
        argv << QString::fromUtf8(word);
    const bool terminal = arguments.has(u"--tty"_s);
    QJsonObject body = requestBody(argv, terminal);
    QJsonObject env = body[u"env"_s].toObject();
    for (const QString &pair : arguments.list(u"--env"_s))
        env[pair.section(u'=', 0, 0)] = pair.section(u'=', 1);
    body[u"env"_s] = env;
    if (arguments.has(u"--cwd"_s))
        body[u"cwd"_s] = arguments.text(u"--cwd"_s);
    return relay(context, *engine, arguments.word(0), body,
                 {terminal, arguments.number(u"--timeout"_s)});
}

int shell(Context &context, const Arguments &arguments)
{
    Result<client::Client> engine = engineClient(arguments, context);
    if (!engine)
        return context.fail(engine.error());
    const bool terminal = onTerminal();
    const QString name = arguments.word(1);
    if (!name.isEmpty() && terminal)
        return attach(context, *engine, arguments.word(0), name, arguments.has(u"--take-over"_s));
    if (!name.isEmpty())
        return runSessionShell(context, *engine, arguments.word(0), name);
    return relay(context, *engine, arguments.word(0),
                 requestBody({u"/bin/bash"_s, u"-l"_s}, terminal), {terminal, {}});
}

} // namespace

CommandSpec sandboxExecCommand()
{
    return {
        .path = {u"sandbox"_s, u"exec"_s},
        .summary = u"Run a command in a running sandbox."_s,
        .text = u"Standard input, output and error are the command's, and its exit code is ours: "
                u"127 no such "
                "program, 126 not executable, 128+n ended by signal n, 124 out of time."_s,
        .flags
        = {{u"--tty"_s, Kind::Switch, {}, u"give it a terminal"_s, {}, false, u"-t"_s},
           {u"--env"_s, Kind::Pair, u"NAME=VALUE"_s, u"a variable of its environment"_s, {}, true},
           {u"--cwd"_s, Kind::Text, u"DIR"_s, u"where it starts (default: /root)"_s},
           {u"--timeout"_s, Kind::Number, u"S"_s, u"end it after so many seconds"_s},
           dataFlag()},
        .words = {{u"ID"_s}},
        .takesCommand = true,
        .examples = {u"quarry sandbox exec my-box -- python3 -c 'print(6*7)'"_s},
        .run = exec};
}

CommandSpec sandboxShellCommand()
{
    return {.path = {u"sandbox"_s, u"shell"_s},
            .summary = u"Open a shell in a running sandbox."_s,
            .text
            = u"Without NAME: a fresh login bash on this terminal. With NAME: the terminal of "
              u"that name, made when it is not there, shown with what was missed; it goes on "
              u"when you leave it (Ctrl-] three times). An agent's session is watched, or "
              u"taken over until you leave. Where standard input is no terminal, its lines go "
              u"to the bash session NAME."_s,
            .flags
            = {{u"--take-over"_s, Kind::Switch, {}, u"type in an agent's session"_s}, dataFlag()},
            .words = {{u"ID"_s}, {u"NAME"_s, true}},
            .examples = {u"quarry sandbox shell my-box"_s, u"quarry sandbox shell my-box build"_s},
            .run = shell};
}

} // namespace quarry::cli
