// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry sandbox cp
#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/engineclient.h"
#include "cli/progress.h"
#include "commands/commands.h"
#include "commands/copyrun.h"

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

int run(Context &context, const Arguments &arguments)
{
    const CopyPlace from = copyPlace(arguments.word(0));
    const CopyPlace to = copyPlace(arguments.word(1));
    if (from.sandbox.isEmpty() == to.sandbox.isEmpty()) {
        context.warn(u"One of SRC and DST, and only one, is ID:PATH in a sandbox."_s);
        return exitcode::wrongUsage;
    }
    Result<client::Client> engine = engineClient(arguments, context);
    if (!engine)
        return context.fail(engine.error());
    const bool up = from.sandbox.isEmpty();
    const bool recursive = arguments.has(u"--recursive"_s);
    const Result<copy::CopyPlan> plan = up ? planUpload(*engine, from.path, to, recursive)
                                           : planDownload(*engine, from, to.path, recursive);
    if (!plan)
        return context.fail(plan.error());
    for (const QString &text : plan->leftOut)
        context.warn(text);
    Result<void> result;
    {
        Progress progress(context, u"Copying"_s);
        result = up ? runUpload(*engine, to.sandbox, *plan, progress)
                    : runDownload(*engine, from.sandbox, *plan, progress);
    }
    if (!result)
        return context.fail(result.error());
    context.done({{u"files"_s, plan->items.size()}, {u"bytes"_s, plan->bytes}});
    return exitcode::done;
}

} // namespace

CommandSpec sandboxCpCommand()
{
    return {.path = {u"sandbox"_s, u"cp"_s},
            .summary = u"Copy files into a running sandbox, or out of it."_s,
            .text = u"One side is ID:PATH. A DST that is a folder, or ends in \"/\", is copied "
                    u"into. Symbolic links "
                    "are left out on the way in, and made on the way out."_s,
            .flags = {{u"--recursive"_s,
                       Kind::Switch,
                       {},
                       u"folders with all that is in them"_s,
                       {},
                       false,
                       u"-r"_s},
                      dataFlag()},
            .words = {{u"SRC"_s}, {u"DST"_s}},
            .examples = {u"quarry sandbox cp -r ./project my-box:/root/"_s,
                         u"quarry sandbox cp my-box:/root/out.txt ."_s},
            .run = run};
}

} // namespace quarry::cli
