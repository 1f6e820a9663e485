// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Writing JSON (RFC 8259) without QString for bulk text.
#pragma once

#include "api/json/utf8.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QJsonObject>
#include <QJsonValue>

namespace quarry::api {

// UTF-8 text as the inside of a JSON string: quotes, backslashes and control characters are
// escaped. TEXT must be valid.
void appendEscaped(QByteArray &out, QByteArrayView text);

// "text" with its quotes.
QByteArray quoted(const QString &text);

// Any value, compact (QJsonDocument takes objects and arrays only).
QByteArray toJson(const QJsonValue &value);

// Bytes of a program, split anywhere, as the inside of a JSON string: what is not UTF-8 becomes the
// text
// \xNN for each byte.
class ByteEscaper
{
public:
    void push(QByteArrayView data, QByteArray &out);
    void finish(QByteArray &out);

private:
    Utf8Splitter m_splitter;
};

// The same for a whole text at once, as plain text: bytes that are not UTF-8 become \xNN.
QString readable(QByteArrayView data);

// Whether JSON text nests deeper than LEVELS; text that is no JSON may answer either.
bool nestsDeeper(QByteArrayView json, int levels);

} // namespace quarry::api
