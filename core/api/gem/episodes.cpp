// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// episodes: list, show, steps, export, import, verify, fork.
#include "api/common/answers.h"
#include "api/gem/episodeexport.h"
#include "api/gem/objects.h"
#include "api/gem/routes.h"
#include "api/json/jsonbody.h"
#include "base/pool.h"
#include "gem/episodes/episodereader.h"
#include "gem/episodes/replay.h"

#include <QJsonArray>

namespace quarry::api::gem {

using namespace Qt::StringLiterals;
using own::refused;
using own::respond;
using own::respondError;
using quarry::gem::EpisodeInfo;
using quarry::gem::EpisodeSteps;

namespace {

constexpr int largestPage = 2000;
constexpr qint64 importMax = 1ll << 30;

QString below(const char16_t *path)
{
    return u"/api/quarry/v1/episodes"_s + QString::fromUtf16(path);
}

void list(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const qint64 page = fields.wholeNumber(u"page"_s, 1, 1'000'000).value_or(1);
    const qint64 size = fields.wholeNumber(u"page_size"_s, 1, largestPage).value_or(500);
    quarry::gem::EpisodeFilter filter;
    filter.envId = fields.optionalText(u"env_id"_s);
    filter.environmentId = fields.optionalText(u"sandbox_id"_s);
    filter.offset = (page - 1) * size;
    filter.limit = size;
    if (refused(exchange, fields))
        return;
    const auto found = context->engine.gem().episodes(filter);
    if (!found) {
        respondError(exchange, found.error());
        return;
    }
    QJsonArray items;
    for (const EpisodeInfo &info : found->items)
        items.append(episodeObject(info));
    respond(exchange,
            own::listObject(items, found->total, filter.offset + items.size() < found->total));
}

// The episode of the path; answers itself when there is none.
std::optional<EpisodeInfo> named(const ContextPtr &context, const http::ExchangePtr &exchange)
{
    const auto info = context->engine.gem().episode(exchange->pathParam(u"id"_s));
    if (info)
        return *info;
    respondError(exchange, info.error());
    return {};
}

void show(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &)
{
    if (const auto info = named(context, exchange))
        respond(exchange, episodeObject(*info));
}

void steps(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const qint64 from = fields.wholeNumber(u"from"_s, 0, INT64_MAX).value_or(0);
    const qint64 count = fields.wholeNumber(u"count"_s, 1, largestPage).value_or(100);
    if (refused(exchange, fields))
        return;
    const auto info = named(context, exchange);
    if (!info)
        return;
    own::keepAlive(exchange);
    runInPool<QByteArray>(
        *QThreadPool::globalInstance(), exchange.get(),
        [info = *info, path = context->engine.gem().pathOf(*info), from, count] {
            return stepsText(path, info, from, count);
        },
        [exchange](const Result<QByteArray> &text) {
            if (text)
                exchange->respond(200, jsonFields(), *text);
            else
                respondError(exchange, text.error());
        });
}

void exportLines(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &)
{
    if (const auto info = named(context, exchange))
        EpisodeDownload::start(exchange, context->engine.gem().pathOf(*info), *info);
}

void verify(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &)
{
    const auto info = named(context, exchange);
    if (!info)
        return;
    own::keepAlive(exchange);
    using quarry::gem::Verification;
    runInPool<Verification>(
        *QThreadPool::globalInstance(), exchange.get(),
        [info = *info, path = context->engine.gem().pathOf(*info)]() -> Result<Verification> {
            const Result<EpisodeSteps> read = quarry::gem::readSteps(path, info);
            if (!read)
                return read.error();
            return quarry::gem::verify(info, *read);
        },
        [exchange](const Result<Verification> &done) {
            if (!done) {
                respondError(exchange, done.error());
                return;
            }
            QJsonObject object{{u"steps"_s, done->steps}, {u"equal"_s, done->equal}};
            if (!done->equal) {
                object.insert(u"first_difference"_s, done->firstDifference);
                object.insert(u"text"_s, done->text);
            }
            respond(exchange, object);
        });
}

void fork(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const std::optional<qint64> step = fields.wholeNumber(u"step"_s, 0, INT64_MAX);
    if (!step && fields.good())
        fields.addFault(u"step"_s, u"missing"_s);
    if (refused(exchange, fields))
        return;
    own::keepAlive(exchange);
    context->engine.gem().fork(exchange->pathParam(u"id"_s), *step,
                               [exchange](const Result<QString> &id) {
                                   if (id)
                                       respond(exchange, {{u"sandbox_id"_s, *id}}, 201);
                                   else
                                       respondError(exchange, id.error());
                               });
}

void importLines(const ContextPtr &context, const http::ExchangePtr &exchange)
{
    exchange->readBody(importMax, [context, exchange](Result<QByteArray> lines) {
        if (!lines)
            return;
        own::keepAlive(exchange);
        context->engine.gem().importEpisodes(
            std::move(*lines), [exchange](const Result<QList<EpisodeInfo>> &imported) {
                if (!imported) {
                    respondError(exchange, imported.error());
                    return;
                }
                QJsonArray items;
                for (const EpisodeInfo &info : *imported)
                    items.append(episodeObject(info));
                respond(exchange, own::listObject(items, items.size(), false), 201);
            });
    });
}

} // namespace

void addEpisodeRoutes(http::Router &router, const ContextPtr &context)
{
    router.add("GET", below(u""), withQuery(context, list));
    router.add("POST", below(u"/import"),
               [context](const http::ExchangePtr &exchange) { importLines(context, exchange); });
    router.add("GET", below(u"/{id}"), withQuery(context, show));
    router.add("GET", below(u"/{id}/steps"), withQuery(context, steps));
    router.add("GET", below(u"/{id}/export"), withQuery(context, exportLines));
    router.add("POST", below(u"/{id}/verify"), own::withBody(context, verify));
    router.add("POST", below(u"/{id}/fork"), own::withBody(context, fork));
}

} // namespace quarry::api::gem
