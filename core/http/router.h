// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The one table of routes: what serves requests and what describes them.
#pragma once

#include "http/exchange.h"

#include <QJsonObject>
#include <QString>

#include <memory>
#include <vector>

namespace quarry::http {

struct RouteOptions {
    qint64 maxBody
        = 0;     // 0: the server's limit. A longer declared body is 413 before the handler runs
    bool streaming
        = false; // the handler takes the body by streamBody(): for who documents the table
    QJsonObject description; // for whoever documents the table (an OpenAPI operation)
};

struct Route {
    QByteArray method; // "GET" (answers HEAD too), "POST", …; "*": any
    QString pattern;   // "/a/{id}/b", "/files/{path...}" (one or more segments, at the end only)
    RouteOptions options;
    Handler handler;
};

class Router
{
public:
    Router();
    ~Router();

    // Aborts on a broken pattern or a route that is there already: a fault of the program.
    // Fixed segments win over "{name}", those over "{path...}".
    void add(QByteArray method, const QString &pattern, Handler handler, RouteOptions options = {});

    // Runs the route's handler; answers 404, 405 with Allow, 400 (bad encoding) or 413 itself.
    // OPTIONS without a route: 204 with Allow.
    void dispatch(const ExchangePtr &exchange) const;

    // In the order they were added.
    const std::vector<Route> &routes() const { return m_routes; }

    // What serves 404s instead of {"detail": "Not Found"}.
    void setFallback(Handler handler) { m_fallback = std::move(handler); }

private:
    struct Node;

    static void bind(Exchange &exchange, const Route &route, const QList<QString> &path,
                     const QList<QByteArray> &raw);
    static void run(const ExchangePtr &exchange, const Route &route);

    std::vector<Route> m_routes;
    std::unique_ptr<Node> m_root;
    Handler m_fallback;
};

} // namespace quarry::http
