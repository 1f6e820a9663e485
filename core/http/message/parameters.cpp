// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/message/parameters.h"

#include "http/message/fields.h"

namespace quarry::http {

namespace {

// Takes a quoted string off the front, its marks included.
std::optional<QByteArray> takeQuoted(QByteArrayView &text)
{
    QByteArray value("");
    for (qsizetype i = 1; i < text.size(); ++i) {
        if (text[i] == '"') {
            text = text.sliced(i + 1);
            return value;
        }
        // Only these two: some clients send a path with backslashes as it is.
        const bool escaped
            = text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\');
        if (escaped)
            ++i;
        value.append(text[i]);
    }
    return {};
}

std::optional<QByteArray> takeValue(QByteArrayView &text)
{
    if (text.startsWith('"'))
        return takeQuoted(text);
    qsizetype end = 0;
    while (end < text.size() && text[end] != ';' && text[end] != ' ' && text[end] != '\t')
        ++end;
    const QByteArrayView value = text.first(end);
    text = text.sliced(end);
    return value.isEmpty() ? std::nullopt : std::optional(value.toByteArray());
}

} // namespace

std::optional<QByteArray> ParameterizedValue::parameter(QByteArrayView name) const
{
    for (const auto &[known, text] : parameters) {
        if (known == name)
            return text;
    }
    return {};
}

std::optional<ParameterizedValue> parseParameterized(QByteArrayView text)
{
    ParameterizedValue parsed;
    const qsizetype first = text.indexOf(';');
    parsed.value = trimmedSpace(first < 0 ? text : text.first(first)).toByteArray().toLower();
    if (parsed.value.isEmpty())
        return {};
    text = first < 0 ? QByteArrayView() : text.sliced(first);
    while (!(text = trimmedSpace(text)).isEmpty()) {
        if (text.front() != ';')
            return {};
        text = trimmedSpace(text.sliced(1));
        if (text.isEmpty() || text.front() == ';')
            continue;
        const qsizetype equals = text.indexOf('=');
        if (equals <= 0 || !isToken(text.first(equals)))
            return {};
        const QByteArray name = text.first(equals).toByteArray().toLower();
        text = text.sliced(equals + 1);
        std::optional<QByteArray> value = takeValue(text);
        if (!value || parsed.parameter(name))
            return {};
        parsed.parameters.append({name, std::move(*value)});
    }
    return parsed;
}

} // namespace quarry::http
