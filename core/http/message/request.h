// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The head of a request, checked and taken apart.
#pragma once

#include "base/result.h"
#include "http/message/fields.h"

#include <QList>
#include <QString>

#include <optional>
#include <utility>

namespace quarry::http {

using QueryItem = std::pair<QString, QString>;

struct Request {
    QByteArray method;   // a token, as it came: methods are case-sensitive
    QByteArray target;   // as it came
    QByteArray rawPath;  // still percent-encoded, starts with '/' ("*" for OPTIONS *)
    QByteArray rawQuery; // behind the '?', still encoded
    QString path;        // decoded once; dot segments stay what they are
    QList<QueryItem> query; // decoded ('+' is a space), in order, duplicates kept
    int minorVersion = 1;   // HTTP/1.0 or HTTP/1.1
    QByteArray host;        // the Host field (or the absolute target's), lower case; empty: none
    Fields fields;
    std::optional<qint64> contentLength; // declared; none when chunked or without body
    bool chunked = false;

    bool hasBody() const { return chunked || contentLength.value_or(0) > 0; }
    bool isSafe() const { return method == "GET" || method == "HEAD" || method == "OPTIONS"; }
    // The first value of a query item, or a null QString.
    QString queryValue(const QString &name) const;
    QStringList queryValues(const QString &name) const;
    bool hasQuery(const QString &name) const;
};

// Percent-decodes once, as UTF-8. InvalidArgument: a broken escape, a NUL, or invalid UTF-8.
Result<QString> decodeComponent(QByteArrayView text, bool plusIsSpace = false);

// "a=1&b=2" taken apart. InvalidArgument as above, or more than 1,000 items.
Result<QList<QueryItem>> parseQuery(QByteArrayView text);

} // namespace quarry::http
