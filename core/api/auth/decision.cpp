// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/auth/decision.h"

namespace quarry::api {

using namespace Qt::StringLiterals;

namespace {

struct HostPort {
    QByteArray host;
    QByteArray port; // empty when not given
};

HostPort split(const QByteArray &text)
{
    const qsizetype bracket = text.lastIndexOf(']');
    const qsizetype colon = text.lastIndexOf(':');
    if (colon < 0 || colon < bracket)
        return {text, {}};
    return {text.left(colon), text.mid(colon + 1)};
}

QByteArray spelled(const QHostAddress &address)
{
    QHostAddress plain = address;
    plain.setScopeId({});
    const QByteArray text = plain.toString().toLatin1();
    return address.protocol() == QAbstractSocket::IPv6Protocol ? '[' + text + ']' : text;
}

bool isOwnHost(const AccessPolicy &policy, const http::Request &request, const http::Peer &peer)
{
    // Only HTTP/1.0 may come without, and no browser does.
    if (request.host.isEmpty())
        return request.minorVersion == 0 && !request.fields.contains("Host");
    const QByteArray whole = request.host.toLower();
    const HostPort given = split(whole);
    // Any port: "ssh -L 9000:127.0.0.1:8080" calls by another one.
    if (isLoopbackName(QString::fromLatin1(given.host)))
        return true;
    if (policy.hosts.contains(whole) || policy.hosts.contains(given.host))
        return true;
    if (peer.isLocal() || peer.localAddress.isNull())
        return false;
    return given.host == spelled(peer.localAddress)
        && (given.port.isEmpty() ? peer.localPort == 80
                                 : given.port == QByteArray::number(peer.localPort));
}

QByteArray withoutDefaultPort(QByteArray host)
{
    if (host.endsWith(":80"))
        host.chop(3);
    return host;
}

// A page of another origin is refused; programs send none of these fields.
Decision checkOrigin(const AccessPolicy &policy, const http::Request &request)
{
    Decision decision;
    const QList<QByteArray> origins = request.fields.values("Origin");
    if (origins.size() > 1)
        return {403, u"more than one Origin"_s};
    if (!origins.isEmpty()) {
        const QByteArray origin = origins.constFirst().toLower();
        if (policy.origins.contains(origin)) {
            decision.corsOrigin = origins.constFirst();
            return decision;
        }
        if (!origin.startsWith("http://")
            || withoutDefaultPort(origin.mid(7)) != withoutDefaultPort(request.host.toLower()))
            return {403, u"calls from web pages of another origin are refused"_s};
    }
    for (const QByteArray &site : request.fields.values("Sec-Fetch-Site")) {
        if (site != "same-origin" && site != "none")
            return {403, u"calls from web pages of another site are refused"_s};
    }
    return decision;
}

QList<QByteArray> sentTokens(const http::Request &request)
{
    QList<QByteArray> tokens;
    for (const char *name : {"Authorization", "XRL-Authorization"}) {
        for (const QByteArray &value : request.fields.values(name)) {
            if (value.size() > 7 && value.left(7).toLower() == "bearer ")
                tokens.append(value.mid(7).trimmed());
        }
    }
    for (const char *name : {"X-API-Key", "X-Key"})
        tokens.append(request.fields.values(name));
    return tokens;
}

bool isOwner(const AccessPolicy &policy, const http::Peer &peer)
{
    if (!peer.uid || *peer.uid != policy.ownUid)
        return false;
    // The socket's file is 0600 in a 0700 folder, and the command line comes this way.
    return peer.isLocal() || (policy.mode == AuthMode::Auto && peer.isLoopback());
}

} // namespace

bool equalInConstantTime(QByteArrayView a, QByteArrayView b)
{
    if (b.isEmpty())
        return false;
    // As many steps as the sent text is long: the secret's length may show, its content not.
    unsigned different = a.size() == b.size() ? 0u : 1u;
    for (qsizetype i = 0; i < a.size(); ++i)
        different |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i % b.size()]);
    return different == 0;
}

Decision decide(const AccessPolicy &policy, const http::Request &request, const http::Peer &peer)
{
    if (!isOwnHost(policy, request, peer))
        return {403,
                u"this server is not called by the name in the Host field "
                "(server.hosts adds names)"_s};
    Decision decision = checkOrigin(policy, request);
    if (decision.status != 0)
        return decision;
    // A preflight never carries the token; it tells a configured origin what it may send.
    if (!decision.corsOrigin.isEmpty() && request.method == "OPTIONS"
        && request.fields.contains("Access-Control-Request-Method")) {
        decision.status = 204;
        return decision;
    }
    if (policy.mode == AuthMode::None || isOwner(policy, peer))
        return decision;
    bool matched = false;
    const QList<QByteArray> tokens = sentTokens(request);
    for (const QByteArray &token : tokens)
        matched = equalInConstantTime(token, policy.token) || matched;
    if (matched)
        return decision;
    decision.status = 401;
    decision.guessed = !tokens.isEmpty();
    decision.message = decision.guessed
        ? u"the token is wrong"_s
        : u"this call needs the server's token (Authorization: Bearer …)"_s;
    return decision;
}

} // namespace quarry::api
