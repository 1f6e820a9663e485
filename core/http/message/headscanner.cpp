// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/message/headscanner.h"

namespace quarry::http {

HeadScanner::Found HeadScanner::scan(QByteArrayView input)
{
    // Another protocol (TLS, say) is told at once and not when its header is overdue.
    if (input.front() != '\r' && !isToken(input.first(1)))
        return {0, Rejection{400, QStringLiteral("this is not HTTP")}};
    for (qsizetype at = m_scanned;;) {
        at = input.indexOf('\n', at);
        if (at < 0 || at >= m_limits.maxHeader)
            break;
        if (at == 0 || input[at - 1] != '\r')
            return {0, Rejection{400, QStringLiteral("a line does not end in CRLF")}};
        if (at >= 3 && input[at - 2] == '\n')
            return {at + 1, {}};
        ++at;
    }
    m_scanned = input.size();
    if (input.size() < m_limits.maxHeader)
        return {};
    if (!input.first(m_limits.maxHeader).contains('\n'))
        return {0, Rejection{414, QStringLiteral("the request target is too long")}};
    return {0,
            Rejection{
                431, QStringLiteral("the header is longer than %1 bytes").arg(m_limits.maxHeader)}};
}

} // namespace quarry::http
