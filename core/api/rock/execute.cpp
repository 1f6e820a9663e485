// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// execute: one command to its end.
#include "api/json/jsontext.h"
#include "api/common/onleave.h"
#include "api/rock/call.h"
#include "api/rock/commandfailure.h"
#include "api/rock/routes.h"

#include <QJsonArray>

#include <algorithm>

namespace quarry::api::rock {

using namespace Qt::StringLiterals;
using sandbox::CommandRequest;
using sandbox::CommandResult;

namespace {

constexpr double defaultTimeout = 1200;
constexpr double longestTimeout = 30 * 86400;
// The SDK waits so long for a byte.
constexpr double clientLimit = 300;

struct Call {
    QString id;
    CommandRequest command;
    double timeout = defaultTimeout; // as asked
    bool check = false;
    QString errorMessage;
};

// A list is an argv; a text, or a list with "shell", is for the shell.
QList<QByteArray> readArgv(FieldReader &fields)
{
    const bool shell = fields.flag(u"shell"_s);
    if (!fields.value(u"command"_s).isArray()) {
        const QJsonValue value = fields.value(u"command"_s);
        if (fields.has(u"command"_s) && !value.isString())
            fields.addFault(u"command"_s, u"must be text or a list of texts"_s);
        else if (const QString line = fields.text(u"command"_s);
                 line.trimmed().isEmpty() && fields.has(u"command"_s))
            fields.addFault(u"command"_s, u"must not be blank"_s);
        else
            return {"/bin/bash", "-c", line.toUtf8()};
        return {};
    }
    QList<QByteArray> argv;
    if (shell)
        argv = {"/bin/bash", "-c"};
    const QStringList words = fields.textList(u"command"_s);
    for (const QString &word : words)
        argv.append(word.toUtf8());
    if (fields.value(u"command"_s).toArray().isEmpty()
        || (!words.isEmpty() && words.constFirst().isEmpty()))
        fields.addFault(u"command"_s, u"must begin with a program"_s);
    return argv;
}

Call readCall(const Context &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    Call call;
    call.id = sandboxId(exchange, fields);
    call.command.argv = readArgv(fields);
    call.command.env = fields.textMap(u"env"_s);
    call.command.cwd = fields.optionalText(u"cwd"_s);
    call.command.outputMax = context.settings.outputMax;
    const std::optional<double> timeout = fields.positive(u"timeout"_s);
    if (timeout)
        call.timeout = std::min(*timeout, longestTimeout);
    call.command.timeoutSeconds = call.timeout;
    call.check = fields.flag(u"check"_s);
    call.errorMessage = fields.optionalText(u"error_msg"_s);
    return call;
}

QString failureOf(const Call &call, const CommandResult &result)
{
    const QString own = call.errorMessage.isEmpty() ? QString() : call.errorMessage + u": "_s;
    if (result.timedOut)
        return own + u"the command timed out after %1 seconds and was killed"_s.arg(call.timeout);
    return call.check && result.exitCode != 0
        ? own + u"the command ended with exit code %1"_s.arg(result.exitCode)
        : QString();
}

void answer(const http::ExchangePtr &exchange, const Call &call, const CommandResult &result)
{
    const QString failure = failureOf(call, result);
    if (!failure.isEmpty()) {
        failCommand(exchange, failure,
                    {{"\nstdout:\n", result.standardOutput}, {"\nstderr:\n", result.standardError}},
                    result.exitCode);
        return;
    }
    QByteArrayList errors = result.standardError;
    if (result.outOfMemory)
        errors.append("quarry: killed: the sandbox ran out of memory\n");
    BulkAnswer::send(exchange,
                     {{R"({"status":"Success","message":null,"error":null,"result":{"stdout":")",
                       result.standardOutput},
                      {R"(","stderr":")", errors}},
                     R"(","exit_code":)" + QByteArray::number(result.exitCode) + "}}");
}

// What never ran is the command's own failure, told as a shell tells it.
bool answerNotStarted(const http::ExchangePtr &exchange, const Call &call, const Error &error)
{
    const QJsonValue code = error.details.value(u"exit_code"_s);
    if (error.code != ErrorCode::CommandFailed || !code.isDouble())
        return false;
    CommandResult result;
    result.exitCode = code.toInt();
    result.standardError = {error.message.toUtf8() + '\n'};
    answer(exchange, call, result);
    return true;
}

void execute(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const Call call = readCall(*context, exchange, fields);
    if (refused(exchange, fields))
        return;
    keepAlive(exchange, std::min(call.timeout, clientLimit));
    // When nobody is left to read the answer, the command is killed.
    OnLeave leave;
    leave.set(
        exchange,
        context->sandboxes().execute(call.id, call.command,
                                     [exchange, call, leave](Result<CommandResult> result) mutable {
                                         leave.drop();
                                         if (result)
                                             answer(exchange, call, *result);
                                         else if (!answerNotStarted(exchange, call, result.error()))
                                             fail(exchange, result.error());
                                     }));
}

} // namespace

void addExecuteRoute(http::Router &router, const ContextPtr &context)
{
    router.add("POST", below(u"/execute"), withBody(context, execute));
}

} // namespace quarry::api::rock
