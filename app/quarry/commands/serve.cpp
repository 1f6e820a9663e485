// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry serve
#include "cli/arguments.h"
#include "cli/configuration.h"
#include "cli/context.h"
#include "service/settings.h"
#include "commands/commands.h"
#include "serve/log.h"
#include "serve/service.h"

#include <QCoreApplication>

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

int run(Context &context, const Arguments &arguments)
{
    const Result<config::Config> config = loadConfiguration(arguments);
    if (!config)
        return context.fail(config.error());
    for (const QString &warning : config->warnings())
        context.warn(warning);
    Result<service::Settings> settings = service::settingsOf(*config);
    if (!settings)
        return context.fail(settings.error());
    settings->access.insecureHttp = arguments.has(u"--insecure-http"_s);
    service::raiseDescriptorLimit();
    Log log;
    Service service(*settings, context, log);
    QObject::connect(&service, &Service::finished, qApp, &QCoreApplication::exit,
                     Qt::QueuedConnection);
    service.start();
    return QCoreApplication::exec();
}

QList<Flag> flags()
{
    return {
        {u"--listen"_s,
         Kind::Text,
         u"HOST:PORT"_s,
         u"where to listen (default: 127.0.0.1:8080 and 127.0.0.1:18890); port 0 takes a free one"_s,
         {},
         true},
        {u"--socket"_s, Kind::Text, u"PATH"_s,
         u"the unix socket (default: quarry.sock in the data folder)"_s},
        {u"--config"_s, Kind::Text, u"FILE"_s,
         u"a configuration, JSON or YAML; AgentFlow's own is fine too"_s},
        {u"--data"_s, Kind::Text, u"DIR"_s,
         u"the data folder (default: $QUARRY_DATA, $XDG_DATA_HOME/quarry)"_s},
        {u"--auth"_s,
         Kind::Choice,
         {},
         u"who needs the token: auto (everybody but this user on this machine), everybody over TCP, nobody"_s,
         {u"auto"_s, u"token"_s, u"none"_s}},
        {u"--token-file"_s, Kind::Text, u"FILE"_s,
         u"where the token lies (default: token in the data folder)"_s},
        {u"--tls-cert"_s, Kind::Text, u"FILE"_s,
         u"the certificate for addresses beyond this machine (PEM)"_s},
        {u"--tls-key"_s, Kind::Text, u"FILE"_s, u"its key (PEM)"_s},
        {u"--insecure-http"_s,
         Kind::Switch,
         {},
         u"allow addresses beyond this machine without TLS"_s},
        {u"--network"_s,
         Kind::Choice,
         {},
         u"of sandboxes that do not say (default: none)"_s,
         {u"none"_s, u"user"_s, u"host"_s}},
    };
}

} // namespace

CommandSpec serveCommand()
{
    return {.path = {u"serve"_s},
            .summary = u"Run the server: sandboxes, bash sessions and files over HTTP."_s,
            .text
            = u"Every address serves every API. SIGTERM or Ctrl-C ends the sandboxes, keeps their "
              u"files and "
              "stops; a second one stops at once.\n"
              "With --json, {\"event\":\"listening\",\"addresses\":[...],\"socket\":...,\"pid\":N} "
              "is printed when "
              "everything is bound and what an earlier server left is cleaned up."_s,
            .flags = flags(),
            .examples
            = {u"quarry serve"_s, u"quarry serve --listen 127.0.0.1:0 --data /tmp/quarry --json"_s},
            .run = run};
}

} // namespace quarry::cli
