// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/common/onleave.h"

namespace quarry::api {

void OnLeave::set(const http::ExchangePtr &exchange, std::function<void()> left)
{
    if (left)
        *m_link = QObject::connect(exchange.get(), &http::Exchange::aborted, exchange.get(),
                                   std::move(left));
}

void OnLeave::drop()
{
    QObject::disconnect(*m_link);
}

} // namespace quarry::api
