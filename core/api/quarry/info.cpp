// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// info, capabilities, and at the root /, /health, /ready.
#include "api/common/answers.h"
#include "api/quarry/routes.h"
#include "base/clock.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace quarry::api::own {

using namespace Qt::StringLiterals;

namespace {

constexpr char page[]
    = "<!doctype html><html lang=\"en\"><head><meta "
      "charset=\"utf-8\"><title>Quarry</title></head><body>"
      "<h1>Quarry</h1><p>Sandboxes, bash sessions and files for agents, on this machine.</p>"
      "<p>Sandboxes as ROCK's clients know them: <code>/apis/envs/sandbox/v1</code>. "
      "Quarry's own API: <code>/api/quarry/v1</code> (begin with <a "
      "href=\"/api/quarry/v1/info\">info</a> and "
      "<a href=\"/api/quarry/v1/capabilities\">capabilities</a>). "
      "State: <a href=\"/health\">health</a>, <a href=\"/ready\">ready</a>.</p></body></html>\n";

void root(const ContextPtr &, const http::ExchangePtr &exchange, FieldReader &)
{
    exchange->respond(200,
                      {{"Content-Type", "text/html; charset=utf-8"},
                       {"X-Content-Type-Options", "nosniff"},
                       {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"}},
                      QByteArray(page));
}

void health(const ContextPtr &, const http::ExchangePtr &exchange, FieldReader &)
{
    respond(exchange, {{u"status"_s, u"healthy"_s}, {u"timestamp"_s, toRfc3339(utcNow())}});
}

void ready(const ContextPtr &, const http::ExchangePtr &exchange, FieldReader &)
{
    // No tools are served yet.
    respond(exchange,
            {{u"status"_s, u"ready"_s},
             {u"tools_count"_s, 0},
             {u"active_workers"_s, 0},
             {u"total_sessions"_s, 0}});
}

void info(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &)
{
    const QStringList listening
        = context->settings.listening ? context->settings.listening() : QStringList();
    respond(exchange,
            {{u"version"_s, context->settings.version},
             {u"pid"_s, QCoreApplication::applicationPid()},
             {u"data_folder"_s, context->engine.dataFolder()},
             {u"started"_s, toRfc3339(context->engine.startTime())},
             {u"listening"_s, QJsonArray::fromStringList(listening)},
             {u"sandboxes"_s,
              QJsonObject{{u"alive"_s, context->sandboxes().aliveCount()},
                          {u"capacity"_s, context->sandboxes().capacity()}}}});
}

void capabilities(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &)
{
    const runtime::Capabilities all = context->engine.runtime().capabilities();
    QJsonObject object;
    for (auto it = all.begin(); it != all.end(); ++it)
        object.insert(it.key(),
                      QJsonObject{{u"available"_s, it->available}, {u"reason"_s, it->reason}});
    respond(exchange, object);
}

} // namespace

QString below(const char16_t *path)
{
    return u"/api/quarry/v1"_s + QString::fromUtf16(path);
}

void addInfoRoutes(http::Router &router, const ContextPtr &context)
{
    router.add("GET", u"/"_s, withQuery(context, root));
    router.add("GET", u"/health"_s, withQuery(context, health));
    router.add("GET", u"/ready"_s, withQuery(context, ready));
    router.add("GET", below(u"/info"), withQuery(context, info));
    router.add("GET", below(u"/capabilities"), withQuery(context, capabilities));
}

} // namespace quarry::api::own
