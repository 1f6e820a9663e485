// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/rock/commandfailure.h"

#include "api/rock/envelope.h"

namespace quarry::api::rock {

void failCommand(const http::ExchangePtr &exchange, const QString &reason, QList<BulkPart> parts,
                 int exitCode)
{
    QByteArray start = R"({"status":"Failed","message":null,"error":")";
    appendEscaped(start, reason.toUtf8());
    QList<BulkPart> escaped{{start, {}}};
    for (BulkPart &part : parts) {
        if (part.pieces.isEmpty())
            continue;
        QByteArray before;
        appendEscaped(before, part.before);
        escaped.append({before, std::move(part.pieces)});
    }
    BulkAnswer::send(exchange, std::move(escaped),
                     R"(","result":{"code":)" + QByteArray::number(int(Code::Command))
                         + R"(,"exit_code":)" + QByteArray::number(exitCode)
                         + R"(,"failure_reason":)" + quoted(reason) + "}}");
}

} // namespace quarry::api::rock
