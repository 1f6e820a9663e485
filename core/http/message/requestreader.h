// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One request, from bytes: a thin face over Boost.Beast's parser, which only requestreader.cpp
// knows.
#pragma once

#include "http/message/headcheck.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>
#include <optional>

namespace quarry::http {

// What one step over a body's bytes came to.
struct BodyStep {
    qsizetype consumed = 0;
    QByteArrayView data; // valid until the next step or until the input changes
    bool done = false;
    std::optional<Rejection> rejection;
};

class RequestReader
{
public:
    explicit RequestReader(const Limits &limits);
    ~RequestReader();
    RequestReader(const RequestReader &) = delete;
    RequestReader &operator=(const RequestReader &) = delete;

    // `head` is a whole head with its empty line. Once.
    std::optional<Rejection> readHead(QByteArrayView head, Request &request);

    // Whether the body, its trailers included, has been read (at once, when there is none).
    bool isDone() const;
    // After readHead(): decodes what it can. What was not consumed must come again, with more.
    BodyStep readBody(QByteArrayView input);

private:
    struct Parser;

    const Limits &m_limits;
    std::unique_ptr<Parser> m_parser;
    bool m_starved = false; // something was left over that is not enough
};

} // namespace quarry::http
