// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a request may go on: Host, Origin, token, in this order. Pure functions.
#pragma once

#include "api/auth/accesspolicy.h"
#include "http/peer/peer.h"
#include "http/message/request.h"

namespace quarry::api {

struct Decision {
    int status = 0; // 0: may go on; 204: a CORS preflight to be answered; else 401 or 403
    QString message;
    bool guessed = false; // a token was sent, and it was wrong
    QByteArray corsOrigin; // the configured origin that calls; empty: no CORS
};

Decision decide(const AccessPolicy &policy, const http::Request &request, const http::Peer &peer);

// The time does not depend on where the texts differ.
bool equalInConstantTime(QByteArrayView a, QByteArrayView b);

} // namespace quarry::api
