// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reads one HTTP answer, piece by piece (RFC 9112).
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <functional>
#include <memory>
#include <optional>

namespace quarry::client {

class ResponseReader
{
public:
    // Gets the body's bytes, valid during the call; an error stops the reading.
    using Sink = std::function<Result<void>(QByteArrayView)>;

    ResponseReader();
    ~ResponseReader();
    ResponseReader(ResponseReader &&) noexcept;
    ResponseReader &operator=(ResponseReader &&) noexcept;

    // Takes from the front of BUFFER what it can make use of.
    Result<void> take(QByteArray &buffer, const Sink &sink);
    // The connection has ended: fine for a body without a length, an error otherwise.
    Result<void> takeEnd();

    bool hasHead() const;
    bool isDone() const;
    int status() const;
    std::optional<qint64> contentLength() const;
    // Whether the connection may carry a next request.
    bool keepsConnection() const;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace quarry::client
