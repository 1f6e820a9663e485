// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The gate in front of all routes.
#pragma once

#include "api/auth/accesspolicy.h"
#include "api/auth/brake.h"
#include "http/exchange.h"

#include <QElapsedTimer>

#include <functional>
#include <memory>

namespace quarry::api {

class Gate
{
public:
    explicit Gate(AccessPolicy policy);

    // Calls NEXT for who may go on; answers 401, 403, 429 and preflights itself. The body is not
    // read.
    void pass(const http::ExchangePtr &exchange, const http::Handler &next);

private:
    void refuseSlowly(const http::ExchangePtr &exchange, const QString &message);

    AccessPolicy m_policy;
    Brake m_brake;
    QElapsedTimer m_clock;
    std::shared_ptr<int> m_waiting = std::make_shared<int>(0); // answers that are held back
};

} // namespace quarry::api
