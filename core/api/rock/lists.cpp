// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// sandboxes, sandboxes/batch, get_token.
#include "api/rock/call.h"
#include "api/rock/routes.h"
#include "api/rock/status.h"

#include <QJsonArray>

namespace quarry::api::rock {

using namespace Qt::StringLiterals;

namespace {

constexpr int defaultPage = 500;
constexpr int largestPage = 2000;

void list(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const qint64 page = fields.wholeNumber(u"page"_s, 1, 1'000'000).value_or(1);
    const qint64 size = fields.wholeNumber(u"page_size"_s, 1, largestPage).value_or(defaultPage);
    sandbox::SandboxFilter filter;
    filter.userId = fields.optionalText(u"user_id"_s);
    filter.experimentId = fields.optionalText(u"experiment_id"_s);
    filter.nameSpace = fields.optionalText(u"namespace"_s);
    filter.image = fields.optionalText(u"image"_s);
    if (const QString state = fields.optionalText(u"state"_s); !state.isEmpty()) {
        if (!sandbox::stateFromText(state))
            fields.addFault(
                u"state"_s,
                u"must be one of pending, running, stopped, archiving, archived, deleted"_s);
        filter.states = QStringList{state};
    }
    if (refused(exchange, fields))
        return;
    filter.offset = int((page - 1) * size);
    filter.limit = int(size);
    const sandbox::SandboxPage found = context->sandboxes().list(filter);
    QJsonArray items;
    for (const sandbox::SandboxInfo &info : found.items)
        items.append(statusObject(info));
    succeed(exchange,
            QJsonObject{{u"items"_s, items},
                        {u"total"_s, found.total},
                        {u"has_more"_s, filter.offset + found.items.size() < found.total}});
}

void batch(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const QStringList ids = fields.textList(u"sandbox_ids"_s, true);
    if (ids.size() > largestPage)
        fields.addFault(u"sandbox_ids"_s, u"at most %1 at once"_s.arg(largestPage));
    if (refused(exchange, fields))
        return;
    QJsonArray statuses;
    for (const QString &id : ids) {
        if (const Result<sandbox::SandboxInfo> info = context->sandboxes().info(id.trimmed()))
            statuses.append(statusObject(*info));
    }
    succeed(exchange, QJsonObject{{u"statuses"_s, statuses}});
}

} // namespace

void addListRoutes(http::Router &router, const ContextPtr &context)
{
    router.add("GET", below(u"/sandboxes"), withQuery(context, list));
    router.add("POST", below(u"/sandboxes/batch"), withBody(context, batch));
    // There is no object store to hand out tokens for.
    router.add("GET", below(u"/get_token"),
               withQuery(context,
                         [](const ContextPtr &, const http::ExchangePtr &exchange, FieldReader &) {
                             succeed(exchange, QJsonValue());
                         }));
}

} // namespace quarry::api::rock
