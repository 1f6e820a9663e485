// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/auth/gate.h"

#include "api/auth/decision.h"

#include <QTimer>

namespace quarry::api {

using namespace Qt::StringLiterals;

namespace {

constexpr int maxWaiting = 64;

http::Fields challenge()
{
    return {{"WWW-Authenticate", "Bearer realm=\"quarry\""}};
}

http::Fields preflightFields()
{
    return {{"Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE"},
            {"Access-Control-Allow-Headers",
             "Authorization, Content-Type, X-API-Key, X-User-Id, X-Experiment-Id, X-Namespace, "
             "X-Cluster"},
            {"Access-Control-Max-Age", "600"}};
}

} // namespace

Gate::Gate(AccessPolicy policy) : m_policy(std::move(policy))
{
    m_clock.start();
}

void Gate::pass(const http::ExchangePtr &exchange, const http::Handler &next)
{
    const Decision decision = decide(m_policy, exchange->request(), exchange->peer());
    if (!decision.corsOrigin.isEmpty())
        exchange->addFields(
            {{"Access-Control-Allow-Origin", decision.corsOrigin}, {"Vary", "Origin"}});
    if (decision.status == 0) {
        next(exchange);
    } else if (decision.status == 204) {
        exchange->respond(204, preflightFields(), {});
    } else if (decision.status == 401 && decision.guessed) {
        refuseSlowly(exchange, decision.message);
    } else {
        exchange->respondError(decision.status, decision.message,
                               decision.status == 401 ? challenge() : http::Fields{});
    }
}

void Gate::refuseSlowly(const http::ExchangePtr &exchange, const QString &message)
{
    const http::Peer &peer = exchange->peer();
    const QByteArray who
        = peer.uid ? "uid " + QByteArray::number(*peer.uid) : peer.address.toString().toLatin1();
    const auto delay = m_brake.fail(who, m_clock.elapsed());
    if (*m_waiting >= maxWaiting) {
        exchange->respondError(429, u"too many calls with a wrong token"_s, {{"Retry-After", "2"}});
        return;
    }
    ++*m_waiting;
    QTimer::singleShot(delay, [exchange, message, waiting = m_waiting] {
        --*waiting;
        exchange->respondError(401, message, challenge());
    });
}

} // namespace quarry::api
