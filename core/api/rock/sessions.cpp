// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// create_session, run_in_session, close_session.
#include "api/json/jsontext.h"
#include "api/common/onleave.h"
#include "api/rock/call.h"
#include "api/rock/commandfailure.h"
#include "api/rock/routes.h"

#include <QRegularExpression>

#include <algorithm>

namespace quarry::api::rock {

using namespace Qt::StringLiterals;
using sandbox::RunResult;
using sandbox::RunSpec;
using sandbox::SessionSpec;

namespace {

constexpr double longestTimeout = 30 * 86400;

QString sessionName(FieldReader &fields)
{
    return fields.optionalText(u"session"_s, u"default"_s);
}

void createSession(const ContextPtr &context, const http::ExchangePtr &exchange,
                   FieldReader &fields)
{
    const QString id = sandboxId(exchange, fields);
    SessionSpec spec;
    spec.name = sessionName(fields);
    spec.env = fields.textMap(u"env"_s);
    spec.startupSource = fields.textList(u"startup_source"_s);
    spec.user = fields.optionalText(u"remote_user"_s);
    spec.startupSeconds
        = std::clamp(fields.positive(u"startup_timeout"_s).value_or(1.0), 5.0, 86400.0);
    spec.outputMax = context->settings.outputMax;
    fields.flag(u"env_enable"_s);
    fields.number(u"max_read_size"_s);
    if (refused(exchange, fields))
        return;
    keepAlive(exchange);
    context->sandboxes().createSession(id, spec, [exchange](Result<QByteArray> output) {
        if (output)
            BulkAnswer::send(
                exchange,
                {{R"({"status":"Success","message":null,"error":null,"result":{"session_type":"bash","output":")",
                  {*output}}},
                "\"}}");
        else
            fail(exchange, output.error());
    });
}

struct Call {
    QString id;
    QString session;
    RunSpec run;
    std::optional<double> timeout; // as asked
    QString check;
    QString errorMessage;
};

QStringList readExpressions(FieldReader &fields)
{
    const QStringList expressions = fields.textList(u"expect"_s);
    for (const QString &text : expressions) {
        const QRegularExpression expression(text);
        if (!expression.isValid())
            fields.addFault(
                u"expect"_s,
                u"\"%1\" is no regular expression (%2)"_s.arg(text, expression.errorString()));
    }
    return expressions;
}

Call readCall(const http::ExchangePtr &exchange, FieldReader &fields)
{
    Call call;
    call.id = sandboxId(exchange, fields);
    call.session = sessionName(fields);
    call.run.command = fields.text(u"command"_s).toUtf8();
    call.timeout = fields.positive(u"timeout"_s);
    if (call.timeout) {
        call.timeout = std::min(*call.timeout, longestTimeout);
        call.run.timeoutSeconds = shortened(*call.timeout);
    }
    call.run.noOutputSeconds = fields.positive(u"no_output_timeout"_s);
    call.run.interactive = fields.flag(u"is_interactive_command"_s);
    call.run.interactiveQuit = fields.flag(u"is_interactive_quit"_s);
    call.run.expect = readExpressions(fields);
    call.check = fields.choice(u"check"_s, {u"raise"_s, u"silent"_s, u"ignore"_s}, u"raise"_s);
    call.errorMessage = fields.optionalText(u"error_msg"_s);
    return call;
}

// Why the call counts as failed; empty when it does not.
QString failureOf(const Call &call, const RunResult &result)
{
    if (result.timedOut && call.timeout && !result.failureReason.contains(u"timed out"_s))
        return u"the command timed out after %1 seconds: %2"_s.arg(*call.timeout)
            .arg(result.failureReason);
    if (!result.failureReason.isEmpty())
        return result.failureReason;
    const bool raises = call.check == "raise"_L1 && !call.run.interactive;
    return raises && result.exitCode != 0
        ? u"the command ended with exit code %1"_s.arg(result.exitCode)
        : QString();
}

void answer(const http::ExchangePtr &exchange, const Call &call, const RunResult &result)
{
    const QString failure = failureOf(call, result);
    if (!failure.isEmpty()) {
        const QString own = call.errorMessage.isEmpty() ? QString() : call.errorMessage + u": "_s;
        failCommand(exchange, own + failure, {{"\n", result.output}}, result.exitCode);
        return;
    }
    const QByteArray code = call.check == "ignore"_L1 && !call.run.interactive
        ? QByteArray("null")
        : QByteArray::number(result.exitCode);
    BulkAnswer::send(
        exchange,
        {{R"({"status":"Success","message":null,"error":null,"result":{"session_type":"bash","output":")",
          result.output}},
        R"(","exit_code":)" + code + R"(,"failure_reason":"","expect_string":)"
            + quoted(result.expectString) + "}}");
}

void runInSession(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const Call call = readCall(exchange, fields);
    if (refused(exchange, fields))
        return;
    keepAlive(exchange, call.timeout);
    OnLeave leave;
    leave.set(exchange,
              context->sandboxes().runInSession(
                  call.id, call.session, call.run,
                  [exchange, call, leave](Result<RunResult> result) mutable {
                      leave.drop();
                      if (result)
                          answer(exchange, call, *result);
                      else
                          fail(exchange, result.error());
                  }));
}

void closeSession(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const QString id = sandboxId(exchange, fields);
    const QString name = sessionName(fields);
    if (refused(exchange, fields))
        return;
    keepAlive(exchange);
    context->sandboxes().closeSession(id, name, [exchange](const Result<void> &closed) {
        if (closed)
            succeed(exchange, QJsonObject{{u"session_type"_s, u"bash"_s}});
        else
            fail(exchange, closed.error());
    });
}

} // namespace

void addSessionRoutes(http::Router &router, const ContextPtr &context)
{
    router.add("POST", below(u"/create_session"), withBody(context, createSession));
    router.add("POST", below(u"/run_in_session"), withBody(context, runInSession));
    router.add("POST", below(u"/close_session"), withBody(context, closeSession));
}

} // namespace quarry::api::rock
