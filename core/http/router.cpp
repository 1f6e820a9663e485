// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/router.h"

#include <algorithm>
#include <map>

namespace quarry::http {

namespace {

bool isParameter(const QString &segment)
{
    return segment.startsWith(u'{') && segment.endsWith(u'}') && segment.size() > 2;
}

bool isTail(const QString &segment)
{
    return isParameter(segment) && segment.endsWith(QLatin1String("...}"));
}

QString parameterName(const QString &segment)
{
    return segment.mid(1, segment.size() - (isTail(segment) ? 5 : 2));
}

} // namespace

// The table as a tree of segments.
struct Router::Node {
    std::map<QString, std::unique_ptr<Node>> fixed;
    std::unique_ptr<Node> parameter;
    std::unique_ptr<Node> tail;
    std::map<QByteArray, std::size_t> methods; // to an index of m_routes

    // The node that serves the path from segment `at` on. What its parameters stand for is known
    // from the route's pattern.
    const Node *find(const QList<QString> &path, qsizetype at) const
    {
        if (at == path.size())
            return methods.empty() ? nullptr : this;
        const auto child = fixed.find(path[at]);
        if (child != fixed.end()) {
            if (const Node *found = child->second->find(path, at + 1))
                return found;
        }
        if (parameter && !path[at].isEmpty()) {
            if (const Node *found = parameter->find(path, at + 1))
                return found;
        }
        return tail.get();
    }

    std::optional<std::size_t> routeFor(const QByteArray &method) const
    {
        for (const QByteArray &name :
             {method, QByteArray(method == "HEAD" ? "GET" : ""), QByteArray("*")}) {
            const auto found = methods.find(name);
            if (found != methods.end())
                return found->second;
        }
        return {};
    }

    QByteArray allowed() const
    {
        QByteArrayList names;
        for (const auto &[method, route] : methods)
            names.append(method);
        if (methods.contains("GET") && !methods.contains("HEAD"))
            names.append("HEAD");
        if (!methods.contains("OPTIONS"))
            names.append("OPTIONS");
        return names.join(", ");
    }
};

Router::Router() : m_root(std::make_unique<Node>()) { }

Router::~Router() = default;

void Router::add(QByteArray method, const QString &pattern, Handler handler, RouteOptions options)
{
    const QStringList segments = pattern.mid(1).split(u'/');
    Node *node = m_root.get();
    bool ended = false;
    for (const QString &segment : segments) {
        if (ended || !pattern.startsWith(u'/'))
            qFatal("the route %s is malformed", qPrintable(pattern));
        std::unique_ptr<Node> &child = isTail(segment) ? node->tail
            : isParameter(segment)                     ? node->parameter
                                                       : node->fixed[segment];
        if (!child)
            child = std::make_unique<Node>();
        node = child.get();
        ended = isTail(segment);
    }
    if (!node->methods.emplace(method, m_routes.size()).second)
        qFatal("the route %s %s is there already", method.constData(), qPrintable(pattern));
    m_routes.push_back({std::move(method), pattern, std::move(options), std::move(handler)});
}

void Router::dispatch(const ExchangePtr &exchange) const
{
    const Request &request = exchange->request();
    const QList<QByteArray> raw = request.rawPath.mid(1).split('/');
    QList<QString> path;
    path.reserve(raw.size());
    for (const QByteArray &segment : raw)
        path.append(*decodeComponent(segment)); // the whole path decodes, so each segment does

    const Node *node = request.rawPath.startsWith('/') ? m_root->find(path, 0) : nullptr;
    const std::optional<std::size_t> index = node ? node->routeFor(request.method) : std::nullopt;
    if (!node && m_fallback) {
        m_fallback(exchange);
    } else if (!node) {
        exchange->respondError(404, QStringLiteral("Not Found"));
    } else if (!index && request.method == "OPTIONS") {
        exchange->respond(204, {{"Allow", node->allowed()}}, {});
    } else if (!index) {
        exchange->respondError(405, QStringLiteral("Method Not Allowed"),
                               {{"Allow", node->allowed()}});
    } else {
        const Route &route = m_routes[*index];
        bind(*exchange, route, path, raw);
        run(exchange, route);
    }
}

void Router::bind(Exchange &exchange, const Route &route, const QList<QString> &path,
                  const QList<QByteArray> &raw)
{
    const QStringList segments = route.pattern.mid(1).split(u'/');
    for (qsizetype i = 0; i < segments.size(); ++i) {
        if (isTail(segments[i]))
            exchange.m_params.insert(parameterName(segments[i]),
                                     {QStringList(path.mid(i)).join(u'/'), raw.mid(i).join('/')});
        else if (isParameter(segments[i]))
            exchange.m_params.insert(parameterName(segments[i]), {path[i], raw[i]});
    }
}

void Router::run(const ExchangePtr &exchange, const Route &route)
{
    const qint64 max = route.options.maxBody;
    if (max > 0 && exchange->request().contentLength.value_or(0) > max) {
        exchange->respondError(413, QStringLiteral("the body is longer than %1 bytes").arg(max));
        return;
    }
    exchange->m_routeMax = max;
    route.handler(exchange);
}

} // namespace quarry::http
