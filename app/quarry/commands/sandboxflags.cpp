// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/sandboxflags.h"

#include "cli/arguments.h"

#include <QFileInfo>
#include <QJsonArray>

namespace quarry::cli {

using namespace Qt::StringLiterals;

QList<Flag> sandboxFlags()
{
    return {
        {u"--image"_s, Kind::Text, u"IMAGE"_s,
         u"host, an alias such as debian:12, or an imported image"_s},
        {u"--memory"_s, Kind::Size, u"SIZE"_s, u"limit, as 512m or 1g"_s},
        {u"--cpus"_s, Kind::Number, u"N"_s, u"limit in cores, as 0.5 or 2"_s},
        {u"--disk"_s, Kind::Size, u"SIZE"_s, u"limit of the files that it writes"_s},
        {u"--pids"_s, Kind::Whole, u"N"_s, u"limit of processes and threads"_s},
        {u"--network"_s,
         Kind::Choice,
         {},
         u"none; user goes out only; host is the host's own"_s,
         {u"none"_s, u"user"_s, u"host"_s}},
        {u"--env"_s, Kind::Pair, u"NAME=VALUE"_s, u"a variable of its environment"_s, {}, true},
        {u"--bind"_s,
         Kind::Bind,
         u"SRC:DST[:ro]"_s,
         u"show it the folder SRC of this machine at DST"_s,
         {},
         true},
        {u"--require-limits"_s,
         Kind::Switch,
         {},
         u"refuse limits that this machine cannot enforce"_s},
    };
}

namespace {

Result<sandbox::Bind> bindOf(const QString &text)
{
    const QStringList parts = text.split(u':');
    const QFileInfo source(parts[0]);
    if (!source.exists())
        return Error{
            ErrorCode::NotFound, u"--bind: there is no %1 on this machine."_s.arg(parts[0]), {}};
    return sandbox::Bind{source.absoluteFilePath(), parts[1], parts.value(2) == "ro"_L1};
}

} // namespace

Result<sandbox::SandboxRequest> sandboxRequest(const Arguments &arguments, const QString &image)
{
    sandbox::SandboxRequest request;
    request.image = arguments.text(u"--image"_s, image);
    request.memory = arguments.size(u"--memory"_s);
    request.cpus = arguments.number(u"--cpus"_s);
    request.disk = arguments.size(u"--disk"_s);
    request.pids = arguments.whole(u"--pids"_s);
    request.requireLimits = arguments.has(u"--require-limits"_s);
    if (arguments.has(u"--network"_s))
        request.network = sandbox::networkFromText(arguments.text(u"--network"_s));
    for (const QString &pair : arguments.list(u"--env"_s))
        request.env.insert(pair.section(u'=', 0, 0), pair.section(u'=', 1));
    for (const QString &text : arguments.list(u"--bind"_s)) {
        const Result<sandbox::Bind> bind = bindOf(text);
        if (!bind)
            return bind.error();
        request.binds << *bind;
    }
    return request;
}

QJsonObject toJson(const sandbox::SandboxRequest &request)
{
    QJsonObject out;
    if (!request.image.isEmpty())
        out[u"image"_s] = request.image;
    if (!request.id.isEmpty())
        out[u"id"_s] = request.id;
    if (request.memory)
        out[u"memory"_s] = *request.memory;
    if (request.cpus)
        out[u"cpus"_s] = *request.cpus;
    if (request.disk)
        out[u"disk"_s] = *request.disk;
    if (request.pids)
        out[u"pids"_s] = *request.pids;
    if (request.network)
        out[u"network"_s] = sandbox::toString(*request.network);
    if (request.requireLimits)
        out[u"require_limits"_s] = true;
    QJsonObject env;
    for (auto it = request.env.cbegin(); it != request.env.cend(); ++it)
        env[it.key()] = it.value();
    out[u"env"_s] = env;
    QJsonArray binds;
    for (const sandbox::Bind &bind : request.binds)
        binds << QJsonObject{{u"source"_s, bind.source},
                             {u"target"_s, bind.target},
                             {u"read_only"_s, bind.readOnly}};
    out[u"binds"_s] = binds;
    return out;
}

} // namespace quarry::cli
