// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// make, reset, step, close, list: as ROCK serves them, answers without an envelope.
#include "api/common/answers.h"
#include "api/common/sandboxid.h"
#include "api/gem/routes.h"
#include "api/json/jsonbody.h"
#include "gem/games/registry.h"

#include <QJsonArray>

namespace quarry::api::gem {

using namespace Qt::StringLiterals;
using own::refused;
using own::respond;
using own::respondError;

namespace {

QString below(const char16_t *path)
{
    return u"/apis/v1/envs/gem"_s + QString::fromUtf16(path);
}

// The answer's text as it is.
Callback<std::string> answering(const http::ExchangePtr &exchange)
{
    return [exchange](const Result<std::string> &answer) {
        if (answer)
            exchange->respond(200, jsonFields(), QByteArray::fromStdString(*answer));
        else
            respondError(exchange, answer.error());
    };
}

void make(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    quarry::gem::EnvironmentSpec spec;
    spec.envId = fields.name(u"env_id"_s);
    const QJsonValue parameters = fields.value(u"parameters"_s);
    if (!parameters.isNull() && !parameters.isUndefined() && !parameters.isObject())
        fields.addFault(u"parameters"_s, u"must be an object"_s);
    spec.parameters = parameters.toObject();
    if (refused(exchange, fields))
        return;
    context->engine.gem().make(std::move(spec), [exchange](const Result<QString> &id) {
        if (!id) {
            respondError(exchange, id.error());
            return;
        }
        exchange->setSubject(*id);
        respond(exchange, {{u"sandbox_id"_s, *id}});
    });
}

void reset(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const QString id = sandboxId(exchange, fields);
    const std::optional<qint64> seed = fields.wholeNumber(u"seed"_s, 0, UINT32_MAX);
    if (refused(exchange, fields))
        return;
    if (!context->engine.gem().isPython(id)) // its failures have a status of their own
        own::keepAlive(exchange);
    context->engine.gem().reset(id, seed ? std::optional(quint32(*seed)) : std::nullopt,
                                answering(exchange));
}

void step(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const QString id = sandboxId(exchange, fields);
    const QByteArray action = fields.text(u"action"_s).toUtf8();
    if (!refused(exchange, fields))
        context->engine.gem().step(id, action, answering(exchange));
}

void close(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const QString id = sandboxId(exchange, fields);
    if (refused(exchange, fields))
        return;
    if (const Result<void> closed = context->engine.gem().close(id); !closed)
        respondError(exchange, closed.error());
    else
        respond(exchange, {{u"sandbox_id"_s, id}});
}

void list(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &)
{
    context->engine.gem().pythonIds([exchange](const Result<QStringList> &more) {
        QStringList ids = *more;
        for (const quarry::gem::EnvironmentKind &kind : quarry::gem::environmentKinds())
            ids.append(QString::fromStdString(kind.id));
        ids.sort();
        ids.removeDuplicates();
        respond(exchange, {{u"env_id"_s, QJsonArray::fromStringList(ids)}});
    });
}

} // namespace

void addPlayRoutes(http::Router &router, const ContextPtr &context)
{
    router.add("POST", below(u"/make"), own::withBody(context, make));
    router.add("POST", below(u"/reset"), own::withBody(context, reset));
    router.add("POST", below(u"/step"), own::withBody(context, step));
    router.add("POST", below(u"/close"), own::withBody(context, close));
    router.add("POST", below(u"/list"), own::withBody(context, list));
}

} // namespace quarry::api::gem
