// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry sandbox commit
#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/engineclient.h"
#include "cli/progress.h"
#include "service/signalwatch.h"
#include "commands/commands.h"

#include <poll.h>

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr int askEveryMs = 100;

int run(Context &context, const Arguments &arguments)
{
    Result<client::Client> engine = engineClient(arguments, context);
    if (!engine)
        return context.fail(engine.error());
    const QString path = sandboxPath(arguments.word(0), u"/commit"_s);
    Result<QJsonObject> commit = engine->post(path, {{u"tag"_s, arguments.word(1)}});
    {
        Progress progress(context, u"Committing "_s + arguments.word(0));
        while (commit && commit->value("phase"_L1).toString() == "running"_L1) {
            pollfd entry{context.signalWatch().descriptor(), POLLIN, 0};
            if (::poll(&entry, 1, askEveryMs) != 0) {
                commit = Error{ErrorCode::Cancelled,
                               u"Interrupted; the engine goes on with the commit."_s,
                               {}};
                break;
            }
            commit = engine->get(path);
            if (commit)
                progress.bytes(commit->value("bytes_done"_L1).toInteger(),
                               commit->value("bytes_total"_L1).toInteger());
        }
    }
    if (!commit)
        return context.fail(commit.error());
    if (commit->value("phase"_L1).toString() == "failed"_L1)
        return context.fail({ErrorCode::CommandFailed,
                             commit->value("error_message"_L1).toString(),
                             {{u"commit"_s, *commit}}});
    if (context.json())
        context.done({{u"commit"_s, *commit}});
    else
        context.print(commit->value("image_tag"_L1).toString() + u'\n');
    return exitcode::done;
}

} // namespace

CommandSpec sandboxCommitCommand()
{
    return {.path = {u"sandbox"_s, u"commit"_s},
            .summary = u"Make an image of a sandbox's files."_s,
            .text = u"The sandbox may run or be stopped. Sandboxes start from TAG afterwards."_s,
            .flags = {dataFlag()},
            .words = {{u"ID"_s}, {u"TAG"_s}},
            .examples = {u"quarry sandbox commit my-box tools:1"_s},
            .run = run};
}

} // namespace quarry::cli
