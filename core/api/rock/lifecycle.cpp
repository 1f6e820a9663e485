// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// start, start_async, is_alive, get_status, stop, restart, delete, archive, statistics.
#include "api/rock/call.h"
#include "api/rock/routes.h"
#include "api/rock/startrequest.h"
#include "api/rock/status.h"

namespace quarry::api::rock {

using namespace Qt::StringLiterals;
using sandbox::SandboxInfo;

namespace {

// How long a call waits for a start that is under way: what is alive by the SDK's first poll saves
// its user three seconds.
constexpr int shortWait = 250;

void answerStarted(const http::ExchangePtr &exchange, const SandboxInfo &info)
{
    if (info.alive()) {
        succeed(exchange, startObject(info));
        return;
    }
    const QString phase = failedPhase(info);
    const QString why = !phase.isEmpty() ? phase : info.reason;
    fail(exchange, Code::Server,
         u"sandbox %1 did not start: %2"_s.arg(info.id,
                                               why.isEmpty() ? sandbox::toString(info.state) : why),
         {{u"sandbox_id"_s, info.id}});
}

void start(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const sandbox::SandboxRequest request = startRequest(fields, exchange->request());
    if (refused(exchange, fields))
        return;
    keepAlive(exchange);
    context->sandboxes().start(request, [context, exchange](Result<SandboxInfo> accepted) {
        if (!accepted) {
            fail(exchange, accepted.error());
            return;
        }
        exchange->setSubject(accepted->id);
        context->sandboxes().awaitStart(accepted->id, -1, [exchange](Result<SandboxInfo> info) {
            if (info)
                answerStarted(exchange, *info);
            else
                fail(exchange, info.error());
        });
    });
}

// Also after a failed start: get_status tells the phase, and the SDK raises it.
void answerAccepted(const ContextPtr &context, const http::ExchangePtr &exchange,
                    const Result<SandboxInfo> &accepted)
{
    if (!accepted) {
        fail(exchange, accepted.error());
        return;
    }
    const SandboxInfo &first = *accepted;
    exchange->setSubject(first.id);
    context->sandboxes().awaitStart(first.id, shortWait,
                                    [exchange, first](Result<SandboxInfo> info) {
                                        succeed(exchange, startObject(info ? *info : first));
                                    });
}

void startAsync(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const sandbox::SandboxRequest request = startRequest(fields, exchange->request());
    if (refused(exchange, fields))
        return;
    context->sandboxes().start(request, [context, exchange](const Result<SandboxInfo> &accepted) {
        answerAccepted(context, exchange, accepted);
    });
}

void restart(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const QString id = sandboxId(exchange, fields);
    if (refused(exchange, fields))
        return;
    context->sandboxes().restart(id, [context, exchange](const Result<SandboxInfo> &accepted) {
        answerAccepted(context, exchange, accepted);
    });
}

void isAlive(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const QString id = sandboxId(exchange, fields);
    if (refused(exchange, fields))
        return;
    const Result<SandboxInfo> info = context->sandboxes().info(id);
    QString message = info ? u"sandbox %1 is %2"_s.arg(id, sandbox::toString(info->state))
                           : info.error().message;
    if (info && !info->reason.isEmpty())
        message += u": "_s + info->reason;
    succeed(exchange, QJsonObject{{u"is_alive"_s, info && info->alive()}, {u"message"_s, message}});
}

void answerStatus(const http::ExchangePtr &exchange, const Result<SandboxInfo> &info,
                  bool everyState)
{
    if (!info)
        fail(exchange, info.error());
    else if (info->state == sandbox::State::Deleted && !everyState)
        fail(exchange, Code::BadRequest,
             u"sandbox %1 is deleted (include_all_states=true shows it)"_s.arg(info->id));
    else
        succeed(exchange, statusObject(*info));
}

void getStatus(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const QString id = sandboxId(exchange, fields);
    const bool everyState = fields.flag(u"include_all_states"_s);
    if (refused(exchange, fields))
        return;
    context->sandboxes().touch(id);
    const Result<SandboxInfo> info = context->sandboxes().info(id);
    if (!info || !info->pending()) {
        answerStatus(exchange, info, everyState);
        return;
    }
    context->sandboxes().awaitStart(
        id, shortWait, [context, exchange, id, everyState](const Result<SandboxInfo> &) {
            answerStatus(exchange, context->sandboxes().info(id), everyState);
        });
}

void getStatistics(const ContextPtr &context, const http::ExchangePtr &exchange,
                   FieldReader &fields)
{
    const QString id = sandboxId(exchange, fields);
    if (refused(exchange, fields))
        return;
    context->sandboxes().statistics(id, [exchange](Result<sandbox::SandboxStatistics> statistics) {
        if (statistics)
            succeed(exchange, statisticsObject(*statistics));
        else
            fail(exchange, statistics.error());
    });
}

// WORD tells what is done to a sandbox; one that is not there has it done.
void answerDone(const http::ExchangePtr &exchange, const QString &id, const QString &word,
                const Result<void> &done)
{
    if (done || done.error().code == ErrorCode::NotFound)
        succeed(exchange, id + u' ' + word);
    else
        fail(exchange, done.error());
}

void stop(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const QString id = sandboxId(exchange, fields);
    if (refused(exchange, fields))
        return;
    keepAlive(exchange);
    context->sandboxes().stop(id, [exchange, id](const Result<void> &done) {
        answerDone(exchange, id, u"stopped"_s, done);
    });
}

void remove(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const QString id = sandboxId(exchange, fields);
    if (refused(exchange, fields))
        return;
    keepAlive(exchange);
    context->sandboxes().remove(id, false, [exchange, id](const Result<void> &done) {
        answerDone(exchange, id, u"deleted"_s, done);
    });
}

void archive(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &)
{
    const QString id = sandboxId(exchange);
    const Result<SandboxInfo> info = context->sandboxes().info(id);
    if (!info)
        fail(exchange, info.error());
    else
        fail(exchange, Code::BadRequest,
             u"sandbox %1 cannot be archived: there is no archive storage here"_s.arg(id));
}

} // namespace

QString below(const char16_t *path)
{
    return u"/apis/envs/sandbox/v1"_s + QString::fromUtf16(path);
}

void addLifecycleRoutes(http::Router &router, const ContextPtr &context)
{
    router.add("POST", below(u"/start"), withBody(context, start));
    router.add("POST", below(u"/start_async"), withBody(context, startAsync));
    router.add("GET", below(u"/is_alive"), withQuery(context, isAlive));
    router.add("GET", below(u"/get_status"), withQuery(context, getStatus));
    router.add("GET", below(u"/get_sandbox_statistics"), withQuery(context, getStatistics));
    router.add("POST", below(u"/stop"), withBody(context, stop));
    router.add("POST", below(u"/restart"), withBody(context, restart));
    router.add("POST", below(u"/sandboxes/{id}/restart"), withBody(context, restart));
    router.add("POST", below(u"/delete"), withBody(context, remove));
    router.add("POST", below(u"/sandboxes/{id}/archive"), withBody(context, archive));
}

} // namespace quarry::api::rock
