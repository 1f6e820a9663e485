// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Who may call: what the configuration says, checked, and the token read.
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <unistd.h>

namespace quarry::api {

enum class AuthMode {
    Auto,  // the server's own user needs nothing on loopback and unix sockets, everybody else the
           // token
    Token, // as Auto, but on TCP the own user needs the token too
    None,  // everybody may call
};
// "auto", "token", "none"; InvalidArgument for anything else.
Result<AuthMode> authModeFromText(const QString &text);

struct ListenAddress {
    QString host; // an address or "localhost"
    quint16 port = 0;
};

struct AccessSettings {
    AuthMode mode = AuthMode::Auto;
    QList<ListenAddress> listen;
    QString dataFolder; // holds "token" unless tokenFile says otherwise
    QString tokenFile;
    QString tlsCertificate;
    QString tlsKey;
    bool insecureHttp = false;
    QStringList hosts; // further names under which the server may be called, with or without a port
    QStringList cors; // origins whose pages may call: "https://example.org"
};

struct AccessPolicy {
    AuthMode mode = AuthMode::Auto;
    uid_t ownUid = ::getuid();
    QByteArray token; // empty only with AuthMode::None
    QString tokenFile; // where it lies
    QList<QByteArray> hosts; // lower case
    QList<QByteArray> origins; // lower case
    QStringList warnings; // what a banner must say aloud
};

// Checks the settings against each other and reads the token, or makes it when its file is absent.
// InvalidArgument or Unsupported where the settings would let strangers in unasked, and for a token
// file that others can read, or whose token is empty or shorter than 32 characters.
Result<AccessPolicy> accessPolicy(const AccessSettings &settings);

// "localhost", 127.0.0.0/8, ::1 (with or without brackets).
bool isLoopbackName(const QString &host);

} // namespace quarry::api
