// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// terminals: list, open, show or attach, close.
#include "api/common/sandboxid.h"
#include "api/common/answers.h"
#include "api/quarry/routes.h"
#include "api/quarry/terminalrelay.h"
#include "sandbox/terminals/terminaltable.h"

#include <QJsonArray>
#include <QWebSocket>

namespace quarry::api::own {

using namespace Qt::StringLiterals;
using sandbox::Terminal;
using sandbox::TerminalTable;
using TerminalPointer = std::shared_ptr<Terminal>;

namespace {

Result<TerminalPointer> findTerminal(const ContextPtr &context, const http::ExchangePtr &exchange)
{
    const Result<TerminalTable *> table = context->sandboxes().terminals(sandboxId(exchange));
    return table ? (*table)->find(exchange->pathParam(u"name"_s))
                 : Result<TerminalPointer>(table.error());
}

void list(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    if (refused(exchange, fields))
        return;
    const Result<TerminalTable *> table = context->sandboxes().terminals(sandboxId(exchange));
    if (!table) {
        respondError(exchange, table.error());
        return;
    }
    QJsonArray items;
    for (const TerminalPointer &each : (*table)->all())
        items.append(terminalObject(*each));
    respond(exchange, listObject(items, items.size(), false));
}

void open(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    sandbox::ShellSpec spec;
    spec.name = fields.optionalText(u"name"_s);
    for (const QString &word : fields.textList(u"argv"_s))
        spec.argv.append(word.toUtf8());
    spec.env = fields.textMap(u"env"_s);
    spec.cwd = fields.optionalText(u"cwd"_s);
    spec.rows = int(fields.wholeNumber(u"rows"_s, 1, 1000).value_or(spec.rows));
    spec.columns = int(fields.wholeNumber(u"cols"_s, 1, 1000).value_or(spec.columns));
    if (refused(exchange, fields))
        return;
    const Result<TerminalPointer> shell = context->sandboxes().openShell(sandboxId(exchange), spec);
    if (shell)
        respond(exchange, terminalObject(**shell), 201);
    else
        respondError(exchange, shell.error());
}

void attach(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    if (refused(exchange, fields))
        return;
    const Result<TerminalPointer> terminal = findTerminal(context, exchange);
    if (!terminal) {
        respondError(exchange, terminal.error());
        return;
    }
    if (!exchange->isWebSocketHandshake()) {
        respond(exchange, terminalObject(**terminal));
        return;
    }
    exchange->acceptWebSocket(
        {}, [context, id = sandboxId(exchange), terminal = *terminal](Result<QWebSocket *> socket) {
            if (socket)
                new TerminalRelay(*socket, terminal->attach(),
                                  context->sandboxes().hold(id)); // ends itself
        });
}

void close(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    if (refused(exchange, fields))
        return;
    const QString name = exchange->pathParam(u"name"_s);
    const Result<TerminalTable *> table = context->sandboxes().terminals(sandboxId(exchange));
    const Result<void> closed = table ? (*table)->close(name) : Result<void>(table.error());
    if (closed)
        respond(exchange, {{u"name"_s, name}});
    else
        respondError(exchange, closed.error());
}

} // namespace

void addTerminalRoutes(http::Router &router, const ContextPtr &context)
{
    router.add("GET", below(u"/sandboxes/{id}/terminals"), withQuery(context, list));
    router.add("POST", below(u"/sandboxes/{id}/terminals"), withBody(context, open));
    router.add("GET", below(u"/sandboxes/{id}/terminals/{name}"), withQuery(context, attach));
    router.add("DELETE", below(u"/sandboxes/{id}/terminals/{name}"), withQuery(context, close));
}

} // namespace quarry::api::own
