// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry env verify
#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/engineclient.h"
#include "commands/commands.h"
#include "commands/environments.h"
#include "gem/episodes/episodejson.h"

#include <QFile>

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

QJsonObject toJson(const gem::Verification &done)
{
    QJsonObject object{{u"steps"_s, done.steps}, {u"equal"_s, done.equal}};
    if (!done.equal) {
        object.insert(u"first_difference"_s, done.firstDifference);
        object.insert(u"text"_s, done.text);
    }
    return object;
}

// The exit code, after telling.
int tell(Context &context, const QString &name, QJsonObject done)
{
    const bool equal = done.value("equal"_L1).toBool();
    done.insert(u"episode"_s, name);
    if (context.json())
        context.printLine(done);
    else if (equal)
        context.print(
            u"%1: %2 steps, all equal\n"_s.arg(name).arg(done.value("steps"_L1).toInteger()));
    else
        context.print(u"%1: step %2 differs: %3\n"_s.arg(name)
                          .arg(done.value("first_difference"_L1).toInteger())
                          .arg(done.value("text"_L1).toString()));
    return equal ? exitcode::done : exitcode::failed;
}

int verifyFile(Context &context, const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return context.fail({ErrorCode::Io, u"%1: %2"_s.arg(path, file.errorString()), {}});
    const auto episodes = gem::importEpisodes(file.readAll());
    if (!episodes)
        return context.fail(
            {episodes.error().code, u"%1: %2"_s.arg(path, episodes.error().message), {}});
    int code = exitcode::done;
    for (qsizetype i = 0; i < episodes->size(); ++i) {
        const gem::ImportedEpisode &episode = episodes->at(i);
        gem::EpisodeInfo info;
        info.spec = episode.spec;
        info.seed = episode.start.seed;
        const auto done = gem::verify(info, {{}, episode.steps, false});
        if (!done)
            return context.fail(done.error());
        code = std::max(code, tell(context, u"%1 #%2"_s.arg(path).arg(i + 1), toJson(*done)));
    }
    return code;
}

int verify(Context &context, const Arguments &arguments)
{
    const QString name = arguments.word(0);
    if (name.endsWith(u".jsonl"_s))
        return verifyFile(context, name);
    Result<client::Client> engine = engineClient(arguments, context);
    if (!engine)
        return context.fail(engine.error());
    const auto done = engine->post(u"/episodes/"_s + client::Client::segment(name) + u"/verify"_s);
    return done ? tell(context, name, *done) : context.fail(done.error());
}

} // namespace

CommandSpec envVerifyCommand()
{
    return {.path = {u"env"_s, u"verify"_s},
            .summary = u"Run an episode again and compare every step."_s,
            .text
            = u"EPISODE is an id of a running engine, or an exported file (*.jsonl). Exits 1 at a "
              u"difference, and names the first step that differs."_s,
            .flags = {dataFlag()},
            .words = {{u"EPISODE"_s}},
            .examples = {u"quarry env verify gem-1f0c9a2b3c4d5e6f-1"_s,
                         u"quarry env verify episodes.jsonl"_s},
            .run = verify};
}

} // namespace quarry::cli
