// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// sandboxes: list, start, show, stop, restart, delete, statistics, commit, sweep.
#include "api/common/sandboxid.h"
#include "api/common/answers.h"
#include "api/quarry/objects.h"
#include "api/quarry/routes.h"

#include <QJsonArray>

namespace quarry::api::own {

using namespace Qt::StringLiterals;
using sandbox::SandboxInfo;

namespace {

constexpr qint64 maxSeconds = qint64(100) * 365 * 86400;
constexpr int largestPage = 2000;

void readLimits(FieldReader &fields, sandbox::SandboxRequest &request)
{
    request.memory = fields.size(u"memory"_s, qint64(64) << 40);
    request.disk = fields.size(u"disk"_s, qint64(1) << 50);
    request.cpus = fields.positive(u"cpus"_s);
    if (request.cpus && *request.cpus > 1024)
        fields.addFault(u"cpus"_s, u"must be at most 1024"_s);
    if (const std::optional<qint64> pids = fields.wholeNumber(u"pids"_s, 1, 4'194'304))
        request.pids = int(*pids);
    request.requireLimits = fields.flag(u"require_limits"_s);
    request.idleSeconds = fields.wholeNumber(u"idle_timeout"_s, 0, maxSeconds);
    request.autoStopSeconds = fields.wholeNumber(u"auto_stop"_s, 0, maxSeconds);
    request.autoDeleteSeconds = fields.wholeNumber(u"auto_delete"_s, 0, maxSeconds);
    request.startupSeconds
        = fields.wholeNumber(u"startup_timeout"_s, 1, 86400).value_or(request.startupSeconds);
}

void readBinds(FieldReader &fields, sandbox::SandboxRequest &request)
{
    if (!fields.has(u"binds"_s))
        return;
    if (!fields.value(u"binds"_s).isArray())
        fields.addFault(u"binds"_s, u"must be a list of objects"_s);
    const QJsonArray list = fields.value(u"binds"_s).toArray();
    for (const QJsonValue &item : list) {
        FieldReader one(item.toObject());
        sandbox::Bind bind{one.text(u"source"_s), one.text(u"target"_s), one.flag(u"read_only"_s)};
        if (!bind.source.startsWith(u'/') || !bind.target.startsWith(u'/'))
            one.addFault(u"binds"_s, u"source and target must be absolute paths"_s);
        fields.take(one);
        request.binds.append(bind);
    }
}

sandbox::SandboxRequest readRequest(FieldReader &fields)
{
    sandbox::SandboxRequest request;
    request.image
        = fields.optionalName(u"image"_s).value_or(QString()); // empty: the configured one
    request.id = fields.optionalName(u"id"_s).value_or(QString());
    if (!request.id.isEmpty() && !isSandboxId(request.id))
        fields.addFault(u"id"_s,
                        u"must be 1 to 64 of A-Z a-z 0-9 . _ - and not start with a dot"_s);
    readLimits(fields, request);
    if (const QString network = fields.optionalText(u"network"_s); !network.isEmpty()) {
        request.network = sandbox::networkFromText(network);
        if (!request.network)
            fields.addFault(u"network"_s, u"must be one of none, user, host"_s);
    }
    request.env = fields.textMap(u"env"_s);
    request.labels = fields.textMap(u"labels"_s);
    request.userId = fields.optionalText(u"user_id"_s);
    request.experimentId = fields.optionalText(u"experiment_id"_s);
    request.nameSpace = fields.optionalText(u"namespace"_s);
    readBinds(fields, request);
    return request;
}

// After an accepted start or restart.
void answerAccepted(const ContextPtr &context, const http::ExchangePtr &exchange,
                    const Result<SandboxInfo> &accepted, bool wait, int status)
{
    if (!accepted) {
        respondError(exchange, accepted.error());
        return;
    }
    const SandboxInfo &first = *accepted;
    exchange->setSubject(first.id);
    if (!wait) {
        respond(exchange, sandboxObject(first), status);
        return;
    }
    context->sandboxes().awaitStart(
        first.id, -1, [context, exchange, first, status](const Result<SandboxInfo> &) {
            const Result<SandboxInfo> now = context->sandboxes().info(first.id);
            respond(exchange, sandboxObject(now ? *now : first), status);
        });
}

void start(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const sandbox::SandboxRequest request = readRequest(fields);
    const bool wait = fields.flag(u"wait"_s, true);
    if (refused(exchange, fields))
        return;
    keepAlive(exchange);
    context->sandboxes().start(request,
                               [context, exchange, wait](const Result<SandboxInfo> &accepted) {
                                   answerAccepted(context, exchange, accepted, wait, 201);
                               });
}

void restart(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const bool wait = fields.flag(u"wait"_s, true);
    if (refused(exchange, fields))
        return;
    keepAlive(exchange);
    context->sandboxes().restart(sandboxId(exchange),
                                 [context, exchange, wait](const Result<SandboxInfo> &accepted) {
                                     answerAccepted(context, exchange, accepted, wait, 200);
                                 });
}

void readFilter(FieldReader &fields, sandbox::SandboxFilter &filter)
{
    const QString state = fields.optionalText(u"state"_s);
    if (state == "all"_L1)
        filter.states = {u"pending"_s,   u"running"_s,  u"stopped"_s,
                         u"archiving"_s, u"archived"_s, u"deleted"_s};
    else if (!state.isEmpty() && sandbox::stateFromText(state))
        filter.states = QStringList{state};
    else if (!state.isEmpty())
        fields.addFault(
            u"state"_s,
            u"must be all, pending, running, stopped, archiving, archived or deleted"_s);
    filter.userId = fields.optionalText(u"user_id"_s);
    filter.experimentId = fields.optionalText(u"experiment_id"_s);
    filter.nameSpace = fields.optionalText(u"namespace"_s);
    filter.image = fields.optionalText(u"image"_s);
}

void list(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    sandbox::SandboxFilter filter;
    readFilter(fields, filter);
    const qint64 page = fields.wholeNumber(u"page"_s, 1, 1'000'000).value_or(1);
    const qint64 size = fields.wholeNumber(u"page_size"_s, 1, largestPage).value_or(500);
    if (refused(exchange, fields))
        return;
    filter.offset = int((page - 1) * size);
    filter.limit = int(size);
    const sandbox::SandboxPage found = context->sandboxes().list(filter);
    QJsonArray items;
    for (const SandboxInfo &info : found.items)
        items.append(sandboxObject(info));
    respond(exchange,
            listObject(items, found.total, filter.offset + found.items.size() < found.total));
}

void show(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &)
{
    const Result<SandboxInfo> info = context->sandboxes().info(sandboxId(exchange));
    if (info)
        respond(exchange, sandboxObject(*info));
    else
        respondError(exchange, info.error());
}

// What became of the sandbox after a call without a result.
Callback<void> showAfter(const ContextPtr &context, const http::ExchangePtr &exchange)
{
    return [context, exchange](const Result<void> &done) {
        FieldReader none{QJsonObject()};
        if (done)
            show(context, exchange, none);
        else
            respondError(exchange, done.error());
    };
}

void stop(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &)
{
    const QString id = sandboxId(exchange);
    if (const Result<SandboxInfo> info = context->sandboxes().info(id); !info) {
        respondError(exchange, info.error());
        return;
    }
    keepAlive(exchange);
    context->sandboxes().stop(id, showAfter(context, exchange));
}

void remove(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const bool force = fields.flag(u"force"_s);
    if (refused(exchange, fields))
        return;
    keepAlive(exchange);
    const QString id = sandboxId(exchange);
    context->sandboxes().remove(id, force, [exchange, id](const Result<void> &done) {
        if (done)
            respond(exchange, {{u"id"_s, id}, {u"state"_s, u"deleted"_s}});
        else
            respondError(exchange, done.error());
    });
}

void statistics(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &)
{
    context->sandboxes().statistics(sandboxId(exchange),
                                    [exchange](const Result<sandbox::SandboxStatistics> &now) {
                                        if (now)
                                            respond(exchange, statisticsObject(*now));
                                        else
                                            respondError(exchange, now.error());
                                    });
}

void answerCommit(const http::ExchangePtr &exchange, const Result<sandbox::CommitInfo> &commit)
{
    if (commit)
        respond(exchange, commitObject(*commit));
    else
        respondError(exchange, commit.error());
}

void commit(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const QString tag = fields.name(u"tag"_s);
    if (!tag.isEmpty() && !isImageReference(tag))
        fields.addFault(u"tag"_s, u"must be an image reference, like name:tag"_s);
    if (refused(exchange, fields))
        return;
    context->sandboxes().commit(sandboxId(exchange), tag, false,
                                [exchange](const Result<sandbox::CommitInfo> &started) {
                                    answerCommit(exchange, started);
                                });
}

void commitStatus(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &)
{
    answerCommit(exchange, context->sandboxes().commitInfo(sandboxId(exchange)));
}

void sweep(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const bool dryRun = fields.flag(u"dry_run"_s);
    if (refused(exchange, fields))
        return;
    keepAlive(exchange);
    context->sandboxes().sweep(dryRun, [exchange](const Result<QStringList> &found) {
        if (found)
            respond(exchange, {{u"items"_s, QJsonArray::fromStringList(*found)}});
        else
            respondError(exchange, found.error());
    });
}

} // namespace

void addSandboxRoutes(http::Router &router, const ContextPtr &context)
{
    router.add("GET", below(u"/sandboxes"), withQuery(context, list));
    router.add("POST", below(u"/sandboxes"), withBody(context, start));
    router.add("POST", below(u"/sandboxes/sweep"), withBody(context, sweep));
    router.add("GET", below(u"/sandboxes/{id}"), withQuery(context, show));
    router.add("DELETE", below(u"/sandboxes/{id}"), withQuery(context, remove));
    router.add("POST", below(u"/sandboxes/{id}/stop"), withBody(context, stop));
    router.add("POST", below(u"/sandboxes/{id}/restart"), withBody(context, restart));
    router.add("GET", below(u"/sandboxes/{id}/statistics"), withQuery(context, statistics));
    router.add("POST", below(u"/sandboxes/{id}/commit"), withBody(context, commit));
    router.add("GET", below(u"/sandboxes/{id}/commit"), withQuery(context, commitStatus));
}

} // namespace quarry::api::own
