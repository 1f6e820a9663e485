// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/auth/accesspolicy.h"

#include "api/auth/tokenfile.h"

#include <QHostAddress>
#include <QUrl>

namespace quarry::api {

using namespace Qt::StringLiterals;

namespace {

Result<QList<QByteArray>> checkedHosts(const QStringList &hosts)
{
    QList<QByteArray> names;
    for (const QString &host : hosts) {
        const QByteArray name = host.trimmed().toLower().toUtf8();
        if (name.isEmpty() || name.contains('/') || name.contains(' ') || name.contains('*'))
            return Error{ErrorCode::InvalidArgument,
                         u"server.hosts: \"%1\" is not a host name (like build.example.org or "
                         "build.example.org:8080)"_s.arg(host),
                         {}};
        names.append(name);
    }
    return names;
}

Result<QList<QByteArray>> checkedOrigins(const QStringList &origins)
{
    QList<QByteArray> names;
    for (const QString &text : origins) {
        const QUrl url(text.trimmed(), QUrl::StrictMode);
        const bool web = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
        if (!url.isValid() || !web || url.host().isEmpty() || !url.path().isEmpty()
            || url.hasQuery() || url.hasFragment() || !url.userInfo().isEmpty())
            return Error{
                ErrorCode::InvalidArgument,
                u"server.cors: \"%1\" is not an origin (like https://example.org)"_s.arg(text),
                {}};
        names.append(text.trimmed().toLower().toUtf8());
    }
    return names;
}

// What must be said aloud before others can reach the server.
Result<QStringList> checkedExposure(const AccessSettings &settings)
{
    QStringList warnings;
    const bool tls = !settings.tlsCertificate.isEmpty() || !settings.tlsKey.isEmpty();
    if (tls)
        return Error{ErrorCode::Unsupported,
                     u"TLS is not served yet: leave --tls-cert and --tls-key out, and reach this "
                     "machine through ssh -L, or say --insecure-http aloud"_s,
                     {}};
    for (const ListenAddress &address : settings.listen) {
        if (isLoopbackName(address.host))
            continue;
        if (!settings.insecureHttp)
            return Error{
                ErrorCode::InvalidArgument,
                u"%1 can be reached from other machines, and plain HTTP there shows the token "
                "and everything else to the network: listen on 127.0.0.1 and use "
                "ssh -L %2:127.0.0.1:%2 HOST, or say --insecure-http"_s.arg(address.host)
                    .arg(address.port),
                {}};
        warnings.append(
            u"plain HTTP on %1: the network can read and change every call"_s.arg(address.host));
    }
    if (settings.mode == AuthMode::None)
        warnings.append(
            u"no authentication: whoever reaches this server may do anything with it"_s);
    return warnings;
}

} // namespace

Result<AuthMode> authModeFromText(const QString &text)
{
    if (text == "auto"_L1)
        return AuthMode::Auto;
    if (text == "token"_L1)
        return AuthMode::Token;
    if (text == "none"_L1)
        return AuthMode::None;
    return Error{ErrorCode::InvalidArgument,
                 u"auth: \"%1\" is none of auto, token and none"_s.arg(text),
                 {}};
}

bool isLoopbackName(const QString &host)
{
    if (host.compare("localhost"_L1, Qt::CaseInsensitive) == 0)
        return true;
    QString bare = host;
    if (bare.startsWith(u'[') && bare.endsWith(u']'))
        bare = bare.mid(1, bare.size() - 2);
    // QHostAddress takes "127.1" and the like: only what reads as what it is counts.
    const QHostAddress address(bare);
    if (address.protocol() == QAbstractSocket::IPv4Protocol)
        return address.isLoopback() && bare.count(u'.') == 3;
    return address.protocol() == QAbstractSocket::IPv6Protocol
        && address == QHostAddress::LocalHostIPv6;
}

Result<AccessPolicy> accessPolicy(const AccessSettings &settings)
{
    const Result<QStringList> warnings = checkedExposure(settings);
    if (!warnings)
        return warnings.error();
    const Result<QList<QByteArray>> hosts = checkedHosts(settings.hosts);
    if (!hosts)
        return hosts.error();
    const Result<QList<QByteArray>> origins = checkedOrigins(settings.cors);
    if (!origins)
        return origins.error();

    AccessPolicy policy;
    policy.mode = settings.mode;
    policy.hosts = *hosts;
    policy.origins = *origins;
    policy.warnings = *warnings;
    if (settings.mode == AuthMode::None)
        return policy;
    policy.tokenFile
        = settings.tokenFile.isEmpty() ? settings.dataFolder + u"/token"_s : settings.tokenFile;
    const Result<QByteArray> token = readOrMakeToken(policy.tokenFile);
    if (!token)
        return token.error();
    policy.token = *token;
    return policy;
}

} // namespace quarry::api
