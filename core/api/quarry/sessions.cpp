// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// sessions: list, create, run, close.
#include "api/json/jsontext.h"
#include "api/common/sandboxid.h"
#include "api/common/answers.h"
#include "api/quarry/routes.h"
#include "api/json/bulkanswer.h"
#include "api/common/onleave.h"

#include <QJsonArray>

#include <algorithm>

namespace quarry::api::own {

using namespace Qt::StringLiterals;
using sandbox::RunResult;
using sandbox::RunSpec;
using sandbox::SessionSpec;

namespace {

QJsonObject sessionObject(const QString &id, const QString &name)
{
    return {{u"sandbox_id"_s, id}, {u"name"_s, name}};
}

void list(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    QStringList ids;
    if (const QString id = fields.optionalText(u"sandbox_id"_s); !id.isEmpty()) {
        if (const Result<sandbox::SandboxInfo> info = context->sandboxes().info(id); !info) {
            respondError(exchange, info.error());
            return;
        }
        exchange->setSubject(id);
        ids.append(id);
    } else {
        sandbox::SandboxFilter running;
        running.states = QStringList{u"running"_s};
        running.limit = 100'000;
        for (const sandbox::SandboxInfo &info : context->sandboxes().list(running).items)
            ids.append(info.id);
    }
    QJsonArray items;
    for (const QString &id : ids) {
        for (const QString &name : context->sandboxes().sessionNames(id))
            items.append(sessionObject(id, name));
    }
    respond(exchange, listObject(items, items.size(), false));
}

void create(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const QString id = sandboxId(exchange, fields);
    SessionSpec spec;
    spec.name = fields.optionalText(u"name"_s, u"default"_s);
    spec.env = fields.textMap(u"env"_s);
    spec.startupSource = fields.textList(u"startup_source"_s);
    spec.user = fields.optionalText(u"user"_s);
    spec.cwd = fields.optionalText(u"cwd"_s);
    spec.startupSeconds
        = std::clamp(fields.positive(u"startup_timeout"_s).value_or(5.0), 5.0, 86400.0);
    spec.rows = int(fields.wholeNumber(u"rows"_s, 1, 1000).value_or(spec.rows));
    spec.columns = int(fields.wholeNumber(u"columns"_s, 1, 1000).value_or(spec.columns));
    spec.outputMax = context->settings.outputMax;
    if (refused(exchange, fields))
        return;
    keepAlive(exchange);
    context->sandboxes().createSession(
        id, spec, [exchange, id, name = spec.name](const Result<QByteArray> &output) {
            if (!output) {
                respondError(exchange, output.error());
                return;
            }
            QJsonObject object = sessionObject(id, name);
            object.insert(u"output"_s, readable(*output));
            respond(exchange, object, 201);
        });
}

void answerRun(const http::ExchangePtr &exchange, const RunResult &result)
{
    QJsonObject rest{
        {u"exit_code"_s, result.exitCode},           {u"expect_string"_s, result.expectString},
        {u"failure_reason"_s, result.failureReason}, {u"timed_out"_s, result.timedOut},
        {u"syntax_error"_s, result.syntaxError},     {u"session_ended"_s, result.sessionEnded}};
    BulkAnswer::send(exchange, {{R"({"output":")", result.output}}, "\"," + toJson(rest).mid(1));
}

void run(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const QString id = sandboxId(exchange, fields);
    const QString name = fields.optionalText(u"name"_s, u"default"_s);
    RunSpec spec;
    spec.command = fields.text(u"command"_s).toUtf8();
    spec.timeoutSeconds = fields.positive(u"timeout"_s);
    spec.noOutputSeconds = fields.positive(u"no_output_timeout"_s);
    spec.interactive = fields.flag(u"interactive"_s);
    spec.interactiveQuit = fields.flag(u"interactive_quit"_s);
    spec.expect = fields.textList(u"expect"_s);
    if (refused(exchange, fields))
        return;
    keepAlive(exchange);
    OnLeave leave;
    leave.set(exchange,
              context->sandboxes().runInSession(
                  id, name, spec, [exchange, leave](const Result<RunResult> &result) mutable {
                      leave.drop();
                      if (result)
                          answerRun(exchange, *result);
                      else
                          respondError(exchange, result.error());
                  }));
}

void close(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const QString id = sandboxId(exchange, fields);
    const QString name = fields.optionalText(u"name"_s, u"default"_s);
    if (refused(exchange, fields))
        return;
    keepAlive(exchange);
    context->sandboxes().closeSession(id, name, [exchange, id, name](const Result<void> &closed) {
        if (closed)
            respond(exchange, sessionObject(id, name));
        else
            respondError(exchange, closed.error());
    });
}

} // namespace

void addSessionRoutes(http::Router &router, const ContextPtr &context)
{
    router.add("GET", below(u"/sessions"), withQuery(context, list));
    router.add("POST", below(u"/sessions"), withBody(context, create));
    router.add("DELETE", below(u"/sessions"), withQuery(context, close));
    router.add("POST", below(u"/sessions/run"), withBody(context, run));
}

} // namespace quarry::api::own
