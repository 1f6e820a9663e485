// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// exec: a program in a sandbox, its streams over an upgraded connection.
#include "agent/client/agentclient.h"
#include "api/common/sandboxid.h"
#include "api/common/answers.h"
#include "api/quarry/execrelay.h"
#include "api/quarry/routes.h"

namespace quarry::api::own {

using namespace Qt::StringLiterals;

namespace {

agent::SpawnSpec readSpec(FieldReader &fields)
{
    agent::SpawnSpec spec;
    for (const QString &word : fields.textList(u"argv"_s, true))
        spec.arguments.append(word.toUtf8());
    if (fields.has(u"argv"_s)
        && (spec.arguments.isEmpty() || spec.arguments.constFirst().isEmpty()))
        fields.addFault(u"argv"_s, u"must begin with a program"_s);
    const QMap<QString, QString> env = fields.textMap(u"env"_s);
    for (auto it = env.begin(); it != env.end(); ++it)
        spec.environment.append((it.key() + u'=' + it.value()).toUtf8());
    spec.cwd = fields.optionalText(u"cwd"_s).toUtf8();
    spec.terminal = fields.flag(u"tty"_s);
    spec.rows = int(fields.wholeNumber(u"rows"_s, 1, 10000).value_or(24));
    spec.columns = int(fields.wholeNumber(u"cols"_s, 1, 10000).value_or(80));
    spec.input = true;
    return spec;
}

void exec(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const QString id = sandboxId(exchange);
    const agent::SpawnSpec spec = readSpec(fields);
    if (refused(exchange, fields))
        return;
    if (const Result<agent::AgentClient *> client = context->sandboxes().agent(id); !client) {
        respondError(exchange, client.error());
        return;
    }
    exchange->acceptUpgrade(
        "quarry-exec", [context, id, spec](Result<http::UpgradedStream> connection) {
            if (!connection)
                return;
            const Result<agent::AgentClient *> client = context->sandboxes().agent(id);
            if (!client) { // stopped meanwhile
                connection->stream->write(execFailure(client.error()));
                connection->stream->flush();
                return;
            }
            auto process = std::make_unique<agent::AgentProcess>(*client, spec);
            new ExecRelay(context, id, std::move(*connection), std::move(process)); // ends itself
        });
}

} // namespace

void addExecRoute(http::Router &router, const ContextPtr &context)
{
    router.add("POST", below(u"/sandboxes/{id}/exec"), withBody(context, exec));
}

} // namespace quarry::api::own
