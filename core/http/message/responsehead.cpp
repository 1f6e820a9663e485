// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/message/responsehead.h"

#include "http/message/status.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

namespace quarry::http {

namespace {

constexpr qsizetype usualHead = 256;

// IMF-fixdate (RFC 9110 5.6.7). Not by strftime: its names follow the locale.
QByteArray dateNow()
{
    static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                  days[size_t(utc.tm_wday)], utc.tm_mday, months[size_t(utc.tm_mon)],
                  utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
    return QByteArray(text.data());
}

bool isOurs(const QByteArray &name)
{
    static constexpr std::array<QByteArrayView, 5> ours{"content-length", "transfer-encoding",
                                                        "connection", "date", "keep-alive"};
    return std::any_of(ours.begin(), ours.end(),
                       [&](QByteArrayView own) { return equalsIgnoringCase(own, name); });
}

} // namespace

bool isSendable(int status, const Fields &fields)
{
    return status >= 200 && status <= 599
        && std::all_of(fields.begin(), fields.end(), [](const Field &field) {
               return isToken(field.name) && isFieldValue(field.value);
           });
}

bool isBodyless(int status)
{
    return status == 204 || status == 304;
}

QByteArray makeResponseHead(const ResponseHead &head)
{
    QByteArray out;
    out.reserve(usualHead);
    out += "HTTP/1.1 " + QByteArray::number(head.status) + ' ' + reasonPhrase(head.status)
        + "\r\nDate: " + dateNow() + "\r\n";
    for (const Field &field : head.fields) {
        if (!isOurs(field.name))
            out += field.name + ": " + field.value + "\r\n";
    }
    if (head.contentLength)
        out += "Content-Length: " + QByteArray::number(*head.contentLength) + "\r\n";
    else if (head.chunked)
        out += "Transfer-Encoding: chunked\r\n";
    if (!head.keepOpen)
        out += "Connection: close\r\n";
    else if (head.minorVersion == 0)
        out += "Connection: keep-alive\r\n";
    out += "\r\n";
    return out;
}

QByteArray errorBody(const QString &message)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("detail"), message}})
        .toJson(QJsonDocument::Compact);
}

QByteArray makeErrorResponse(int status, const QString &message)
{
    const QByteArray body = errorBody(message);
    Fields fields{{"Content-Type", "application/json"}};
    if (status == 503)
        fields.add("Retry-After", "1");
    ResponseHead head{status, fields};
    head.contentLength = body.size();
    head.keepOpen = false;
    return makeResponseHead(head) + body;
}

} // namespace quarry::http
