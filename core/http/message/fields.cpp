// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/message/fields.h"

#include <algorithm>
#include <array>

namespace quarry::http {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c + ('a' - 'A')) : c;
}

constexpr std::array<bool, 256> makeTokenTable()
{
    std::array<bool, 256> table{};
    for (int c = '0'; c <= '9'; ++c)
        table[size_t(c)] = true;
    for (int c = 'a'; c <= 'z'; ++c)
        table[size_t(c)] = true;
    for (int c = 'A'; c <= 'Z'; ++c)
        table[size_t(c)] = true;
    for (const char c :
         {'!', '#', '$', '%', '&', '\'', '*', '+', '-', '.', '^', '_', '`', '|', '~'})
        table[size_t(c)] = true;
    return table;
}

constexpr std::array<bool, 256> tokenTable = makeTokenTable();

} // namespace

bool equalsIgnoringCase(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
               return lower(x) == lower(y);
           });
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return tokenTable[static_cast<unsigned char>(c)];
    });
}

bool isFieldValue(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
    });
}

QByteArrayView trimmedSpace(QByteArrayView text)
{
    const auto space = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.isEmpty() && space(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && space(text.back()))
        text.chop(1);
    return text;
}

const Field *Fields::find(QByteArrayView name) const
{
    for (const Field &field : m_fields) {
        if (equalsIgnoringCase(field.name, name))
            return &field;
    }
    return nullptr;
}

void Fields::set(QByteArrayView name, QByteArray value)
{
    remove(name);
    add(name.toByteArray(), std::move(value));
}

void Fields::remove(QByteArrayView name)
{
    m_fields.removeIf([name](const Field &field) { return equalsIgnoringCase(field.name, name); });
}

qsizetype Fields::count(QByteArrayView name) const
{
    return std::count_if(m_fields.begin(), m_fields.end(), [name](const Field &field) {
        return equalsIgnoringCase(field.name, name);
    });
}

QByteArray Fields::value(QByteArrayView name) const
{
    const Field *field = find(name);
    return field ? field->value : QByteArray();
}

QList<QByteArray> Fields::values(QByteArrayView name) const
{
    QList<QByteArray> all;
    for (const Field &field : m_fields) {
        if (equalsIgnoringCase(field.name, name))
            all.append(field.value);
    }
    return all;
}

bool Fields::hasToken(QByteArrayView name, QByteArrayView token) const
{
    for (const Field &field : m_fields) {
        if (!equalsIgnoringCase(field.name, name))
            continue;
        for (const QByteArray &item : field.value.split(',')) {
            if (equalsIgnoringCase(trimmedSpace(item), token))
                return true;
        }
    }
    return false;
}

} // namespace quarry::http
