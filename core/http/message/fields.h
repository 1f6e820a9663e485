// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of a message's header.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <initializer_list>

namespace quarry::http {

struct Field {
    QByteArray name; // as it came
    QByteArray value; // without white space at the ends
};

// Names compare without regard to case; duplicates and the order are kept.
class Fields
{
public:
    Fields() = default;
    Fields(std::initializer_list<Field> fields) : m_fields(fields) { }

    void add(QByteArray name, QByteArray value)
    {
        m_fields.append({std::move(name), std::move(value)});
    }
    // Replaces every field of that name by one.
    void set(QByteArrayView name, QByteArray value);
    void remove(QByteArrayView name);

    bool contains(QByteArrayView name) const { return find(name) != nullptr; }
    qsizetype count(QByteArrayView name) const;
    // The first value, or a null QByteArray.
    QByteArray value(QByteArrayView name) const;
    QList<QByteArray> values(QByteArrayView name) const;
    // Whether a comma-separated list field (Connection, Upgrade) names the token, in any case.
    bool hasToken(QByteArrayView name, QByteArrayView token) const;

    qsizetype size() const { return m_fields.size(); }
    auto begin() const { return m_fields.cbegin(); }
    auto end() const { return m_fields.cend(); }

private:
    const Field *find(QByteArrayView name) const;

    QList<Field> m_fields;
};

// Whether the bytes may stand in a field (RFC 9110 5.1, 5.5): names are tokens, values have no
// control character but the tab. What fails is refused, in both directions.
bool isToken(QByteArrayView text);
bool isFieldValue(QByteArrayView text);
bool equalsIgnoringCase(QByteArrayView a, QByteArrayView b);
QByteArrayView trimmedSpace(QByteArrayView text); // spaces and tabs only

} // namespace quarry::http
