// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/message/request.h"

#include <QStringDecoder>

#include <algorithm>

namespace quarry::http {

namespace {

constexpr int maxQueryItems = 1000;

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

Error badEncoding(QByteArrayView text, const char *why)
{
    return {ErrorCode::InvalidArgument,
            QStringLiteral("%1 in the request's address: %2")
                .arg(QLatin1String(why), QString::fromLatin1(text.first(qMin(text.size(), 80)))),
            {}};
}

} // namespace

Result<QString> decodeComponent(QByteArrayView text, bool plusIsSpace)
{
    QByteArray bytes;
    bytes.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '+' && plusIsSpace) {
            c = ' ';
        } else if (c == '%') {
            const int high = i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hexDigit(text[i + 2]) : -1;
            if (high < 0 || low < 0)
                return badEncoding(text, "a broken percent escape");
            c = char(high * 16 + low);
            i += 2;
        }
        if (c == '\0')
            return badEncoding(text, "a NUL");
        bytes.append(c);
    }
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString decoded = decoder(bytes);
    if (decoder.hasError())
        return badEncoding(text, "text that is not UTF-8");
    return decoded;
}

Result<QList<QueryItem>> parseQuery(QByteArrayView text)
{
    QList<QueryItem> items;
    while (!text.isEmpty()) {
        const qsizetype end = text.indexOf('&') < 0 ? text.size() : text.indexOf('&');
        const QByteArrayView item = text.first(end);
        text = text.sliced(qMin(end + 1, text.size()));
        if (item.isEmpty())
            continue;
        if (items.size() == maxQueryItems)
            return Error{ErrorCode::InvalidArgument,
                         QStringLiteral("more than %1 query items").arg(maxQueryItems),
                         {}};
        const qsizetype equals = item.indexOf('=');
        Result<QString> name = decodeComponent(equals < 0 ? item : item.first(equals), true);
        Result<QString> value
            = decodeComponent(equals < 0 ? QByteArrayView() : item.sliced(equals + 1), true);
        if (!name)
            return name.error();
        if (!value)
            return value.error();
        items.append({*name, *value});
    }
    return items;
}

QString Request::queryValue(const QString &name) const
{
    const auto found = std::find_if(query.begin(), query.end(),
                                    [&](const QueryItem &item) { return item.first == name; });
    return found == query.end() ? QString() : found->second;
}

QStringList Request::queryValues(const QString &name) const
{
    QStringList all;
    for (const QueryItem &item : query) {
        if (item.first == name)
            all.append(item.second);
    }
    return all;
}

bool Request::hasQuery(const QString &name) const
{
    return std::any_of(query.begin(), query.end(),
                       [&](const QueryItem &item) { return item.first == name; });
}

} // namespace quarry::http
