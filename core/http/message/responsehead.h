// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The head of an answer, as bytes.
#pragma once

#include "http/message/fields.h"

#include <optional>

namespace quarry::http {

struct ResponseHead {
    int status = 200;
    const Fields &fields;
    // Set: Content-Length. None: chunked when `chunked`, else the connection's end is the body's.
    std::optional<qint64> contentLength;
    bool chunked = false;
    int minorVersion = 1; // the request's
    bool keepOpen = true;
};

// Whether these may be sent: a final status, and fields without line breaks or odd names.
bool isSendable(int status, const Fields &fields);

// Whether the status never has a body (204, 304).
bool isBodyless(int status);

// Framing fields among `fields` are left out: they are written here alone.
QByteArray makeResponseHead(const ResponseHead &head);

// {"detail": message}
QByteArray errorBody(const QString &message);
// A whole answer that ends the connection.
QByteArray makeErrorResponse(int status, const QString &message);

} // namespace quarry::http
