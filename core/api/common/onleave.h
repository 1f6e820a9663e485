// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is to happen when a client does not wait for its answer.
#pragma once

#include "http/exchange.h"

#include <QObject>

#include <functional>
#include <memory>

namespace quarry::api {

// Calls a function when the client leaves before its answer. The function and what it holds go with
// drop(), which the call's end must bring: an exchange that its own signal keeps would never end.
class OnLeave
{
public:
    void set(const http::ExchangePtr &exchange, std::function<void()> left);
    void drop();

private:
    std::shared_ptr<QMetaObject::Connection> m_link = std::make_shared<QMetaObject::Connection>();
};

} // namespace quarry::api
