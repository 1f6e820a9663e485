// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry sandbox start
#include "cli/arguments.h"
#include "cli/configuration.h"
#include "cli/context.h"
#include "cli/engineclient.h"
#include "cli/table.h"
#include "commands/commands.h"
#include "commands/sandboxflags.h"

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

void warnOfLimits(Context &context, const QJsonObject &sandbox)
{
    const QJsonObject limits = sandbox[u"limits"_s].toObject();
    for (auto it = limits.begin(); it != limits.end(); ++it) {
        const QString reason = it.value()["reason"_L1].toString();
        if (it.value()["asked"_L1].toDouble() > 0 && !reason.isEmpty())
            context.warn(u"limit of %1: %2"_s.arg(it.key(), tame(reason)));
    }
}

int run(Context &context, const Arguments &arguments)
{
    const Result<sandbox::SandboxRequest> request = sandboxRequest(arguments, {});
    if (!request)
        return context.fail(request.error());
    QJsonObject body = toJson(*request);
    body[u"wait"_s] = false;
    if (arguments.has(u"--name"_s))
        body[u"id"_s] = arguments.text(u"--name"_s);
    for (const auto &[flag, key] :
         {std::pair{"--idle-timeout", "idle_timeout"}, std::pair{"--auto-stop", "auto_stop"},
          std::pair{"--auto-delete", "auto_delete"}}) {
        if (const std::optional<int> seconds = arguments.whole(QString::fromLatin1(flag)))
            body[QString::fromLatin1(key)] = *seconds;
    }
    Result<client::Client> engine = engineClient(arguments, context);
    if (!engine)
        return context.fail(engine.error());
    const Result<QJsonObject> accepted = engine->post(u"/sandboxes"_s, body);
    if (!accepted)
        return context.fail(accepted.error());
    const QString id = accepted->value("id"_L1).toString();
    const Result<QJsonObject> sandbox = awaitSandbox(*engine, id, context);
    if (!sandbox) {
        if (sandbox.error().code == ErrorCode::Cancelled) {
            // What nobody waits for any more is not left behind. The interruption must not stop
            // this.
            client::Client last(*dataFolder(arguments));
            if (const auto removed = last.remove(sandboxPath(id), {{u"force"_s, u"true"_s}});
                !removed)
                context.warn(removed.error().message);
        }
        return context.fail(sandbox.error());
    }
    warnOfLimits(context, *sandbox);
    if (context.json())
        context.done({{u"sandbox"_s, *sandbox}});
    else
        context.print(id + u'\n');
    return exitcode::done;
}

} // namespace

CommandSpec sandboxStartCommand()
{
    return {.path = {u"sandbox"_s, u"start"_s},
            .summary = u"Start a sandbox that stays, and print its id."_s,
            .text = u"Times are in seconds; 0 means never."_s,
            .flags
            = QList<Flag>{{u"--name"_s, Kind::Text, u"ID"_s, u"its id; made when not given"_s}}
                + sandboxFlags()
                + QList<Flag>{{u"--idle-timeout"_s, Kind::Whole, u"S"_s,
                               u"stop it after so long without a call"_s},
                              {u"--auto-stop"_s, Kind::Whole, u"S"_s,
                               u"stop it so long after its start"_s},
                              {u"--auto-delete"_s, Kind::Whole, u"S"_s,
                               u"delete it so long after its stop"_s},
                              dataFlag()},
            .examples = {u"quarry sandbox start --image python:3.11 --memory 1g --name my-box"_s},
            .run = run};
}

} // namespace quarry::cli
