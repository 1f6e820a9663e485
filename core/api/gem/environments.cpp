// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// gem/kinds and gem/environments: what can be made, and what is alive.
#include "api/common/answers.h"
#include "api/gem/objects.h"
#include "api/gem/routes.h"
#include "gem/games/registry.h"

#include <QJsonArray>

namespace quarry::api::gem {

using namespace Qt::StringLiterals;
using own::listObject;
using own::respond;

namespace {

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

// An id that only the package has: more is not known before it is made.
QJsonObject kindOf(const QString &id)
{
    return {{u"env_id"_s, id},          {u"game"_s, QString()}, {u"text"_s, QString()},
            {u"engine"_s, u"python"_s}, {u"drawn"_s, false},    {u"parameters"_s, QJsonArray()}};
}

QJsonArray nativeKinds()
{
    QJsonArray items;
    for (const quarry::gem::EnvironmentKind &kind : quarry::gem::environmentKinds()) {
        QJsonArray parameters;
        for (const quarry::gem::Parameter &parameter : kind.parameters)
            parameters.append(QJsonObject{{u"name"_s, textOf(parameter.name)},
                                          {u"value"_s, parameter.value},
                                          {u"least"_s, parameter.least},
                                          {u"most"_s, parameter.most}});
        items.append(QJsonObject{{u"env_id"_s, textOf(kind.id)},
                                 {u"game"_s, textOf(kind.game)},
                                 {u"text"_s, textOf(kind.text)},
                                 {u"engine"_s, u"native"_s},
                                 {u"drawn"_s, kind.drawn},
                                 {u"parameters"_s, parameters}});
    }
    return items;
}

void kinds(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &)
{
    context->engine.gem().pythonIds([exchange](const Result<QStringList> &more) {
        QJsonArray items = nativeKinds();
        for (const QString &id : *more) {
            if (!quarry::gem::environmentKind(id.toStdString()))
                items.append(kindOf(id));
        }
        respond(exchange, listObject(items, items.size(), false));
    });
}

void environments(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &)
{
    QJsonArray items;
    for (const quarry::gem::EnvironmentInfo &info : context->engine.gem().environments())
        items.append(environmentObject(info));
    respond(exchange, listObject(items, items.size(), false));
}

} // namespace

void addEnvironmentRoutes(http::Router &router, const ContextPtr &context)
{
    router.add("GET", u"/api/quarry/v1/gem/kinds"_s, withQuery(context, kinds));
    router.add("GET", u"/api/quarry/v1/gem/environments"_s, withQuery(context, environments));
}

} // namespace quarry::api::gem
