// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/common/sandboxid.h"

namespace quarry::api {

QString sandboxId(const http::ExchangePtr &exchange)
{
    const QString id = exchange->pathParam(QStringLiteral("id"));
    exchange->setSubject(id);
    return id;
}

QString sandboxId(const http::ExchangePtr &exchange, FieldReader &fields)
{
    if (const QString inPath = sandboxId(exchange); !inPath.isEmpty())
        return inPath;
    const QString id = fields.name(QStringLiteral("sandbox_id"));
    exchange->setSubject(id);
    return id;
}

} // namespace quarry::api
