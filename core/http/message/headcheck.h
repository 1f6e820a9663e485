// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a general parser lets through and this server refuses: every form that two programs on the
// way could read in two ways (RFC 9112 11.2).
#pragma once

#include "http/message/limits.h"
#include "http/message/request.h"

#include <optional>

namespace quarry::http {

// Why a request is not served. The message goes to the client, and repeats none of its bytes.
struct Rejection {
    int status = 400;
    QString message;
};

// The raw bytes of a head, empty line included: line ends are CRLF, no folding, names are tokens
// with the colon right behind, no control characters, not more fields than allowed.
std::optional<Rejection> checkHeadBytes(QByteArrayView head, const Limits &limits);

// The meaning of the fields: Host, Content-Length, Transfer-Encoding, Expect. Fills in
// contentLength, chunked and host.
std::optional<Rejection> checkFields(Request &request);

// The target's form (RFC 9112 3.2). Fills in rawPath, rawQuery, path and query; call after
// checkFields().
std::optional<Rejection> checkTarget(Request &request);

} // namespace quarry::http
