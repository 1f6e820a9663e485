// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Field values with parameters: form-data; name="a"; filename="b" (RFC 9110 5.6.6).
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <optional>
#include <utility>

namespace quarry::http {

struct ParameterizedValue {
    QByteArray value; // lower case
    QList<std::pair<QByteArray, QByteArray>> parameters; // names in lower case, no name twice

    std::optional<QByteArray> parameter(QByteArrayView name) const;
};

// None: malformed, or a parameter is given twice.
std::optional<ParameterizedValue> parseParameterized(QByteArrayView text);

} // namespace quarry::http
