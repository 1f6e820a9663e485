// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the end of a request's head in bytes that come bit by bit.
#pragma once

#include "http/message/headcheck.h"

#include <QByteArrayView>

#include <optional>

namespace quarry::http {

class HeadScanner
{
public:
    explicit HeadScanner(const Limits &limits) : m_limits(limits) { }

    struct Found {
        qsizetype size = 0; // of the head with its empty line; 0: it has not ended yet
        std::optional<Rejection> rejection;
    };
    // `input` grows from call to call; what was seen is not looked at again.
    Found scan(QByteArrayView input);
    // The input begins anew.
    void restart() { m_scanned = 0; }

private:
    const Limits &m_limits;
    qsizetype m_scanned = 0;
};

} // namespace quarry::http
