// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/responsehead.h"

#include "http/status.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <ctime>

namespace quarry::http {

namespace {

constexpr qsizetype usualHead = 256;

// IMF-fixdate (RFC 9110 5.6.7), made once a second. Not by strftime: its names follow the locale.
const QByteArray &dateNow()
{
    static thread_local std::time_t made = -1;
    static thread_local QByteArray text;
    const std::time_t now = std::time(nullptr);
    if (now != made) {
        static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
        static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        std::tm utc{};
        ::gmtime_r(&now, &utc);
        text = QByteArray::fromStdString(
            std::string(days[size_t(utc.tm_wday)]) + ", "
            + QByteArray::number(utc.tm_mday).rightJustified(2, '0').toStdString() + ' '
            + months[size_t(utc.tm_mon)] + ' ' + std::to_string(utc.tm_year + 1900) + ' ');
        const auto two = [](int n) { return QByteArray::number(n).rightJustified(2, '0'); };
        text += two(utc.tm_hour) + ':' + two(utc.tm_min) + ':' + two(utc.tm_sec) + " GMT";
        made = now;
    }
    return text;
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
