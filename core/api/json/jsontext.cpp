// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json/jsontext.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cstdint>
#include <cstring>

namespace quarry::api {

namespace {

constexpr std::uint64_t ones = 0x0101010101010101ull;
constexpr std::uint64_t highs = 0x8080808080808080ull;

std::uint64_t zeroBytes(std::uint64_t word)
{
    return (word - ones) & ~word & highs;
}

// Bytes at the start that need no escape. Eight at a time: a byte below 0x20, a quote, a backslash.
// (Bytes from 0x80 up may give a false alarm, which costs one look.)
qsizetype plainRun(const unsigned char *text, qsizetype size)
{
    qsizetype at = 0;
    while (at < size) {
        if (at + 8 <= size) {
            std::uint64_t word;
            std::memcpy(&word, text + at, 8);
            const std::uint64_t below = (word - ones * 0x20) & ~word & highs;
            if ((below | zeroBytes(word ^ (ones * '"')) | zeroBytes(word ^ (ones * '\\'))) == 0) {
                at += 8;
                continue;
            }
        }
        const qsizetype end = std::min(at + 8, size);
        for (; at < end; ++at) {
            if (text[at] < 0x20 || text[at] == '"' || text[at] == '\\')
                return at;
        }
    }
    return at;
}

void appendEscape(QByteArray &out, unsigned char byte)
{
    static constexpr char hex[] = "0123456789abcdef";
    switch (byte) {
    case '"':
        out.append("\\\"", 2);
        break;
    case '\\':
        out.append("\\\\", 2);
        break;
    case '\n':
        out.append("\\n", 2);
        break;
    case '\r':
        out.append("\\r", 2);
        break;
    case '\t':
        out.append("\\t", 2);
        break;
    case '\b':
        out.append("\\b", 2);
        break;
    case '\f':
        out.append("\\f", 2);
        break;
    default: {
        const char text[] = {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
        out.append(text, sizeof text);
    }
    }
}

// "\xNN" for each byte, with one backslash or (inside a JSON string) two.
void appendHex(QByteArray &out, QByteArrayView bytes, bool inJson)
{
    static constexpr char hex[] = "0123456789abcdef";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        const char text[] = {'\\', '\\', 'x', hex[byte >> 4], hex[byte & 15]};
        const int skipped = inJson ? 0 : 1;
        out.append(text + skipped, qsizetype(sizeof text) - skipped);
    }
}

} // namespace

void appendEscaped(QByteArray &out, QByteArrayView text)
{
    const auto *bytes = reinterpret_cast<const unsigned char *>(text.data());
    const qsizetype size = text.size();
    qsizetype at = 0;
    while (at < size) {
        const qsizetype run = plainRun(bytes + at, size - at);
        out.append(text.data() + at, run);
        at += run;
        if (at < size)
            appendEscape(out, bytes[at++]);
    }
}

QByteArray quoted(const QString &text)
{
    QByteArray out;
    out.reserve(text.size() + 2);
    out.append('"');
    appendEscaped(out, text.toUtf8());
    out.append('"');
    return out;
}

QByteArray toJson(const QJsonValue &value)
{
    if (value.isObject())
        return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
    if (value.isString())
        return quoted(value.toString());
    const QByteArray array = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return array.mid(1, array.size() - 2);
}

void ByteEscaper::push(QByteArrayView data, QByteArray &out)
{
    m_splitter.push(
        data, [&out](QByteArrayView good) { appendEscaped(out, good); },
        [&out](QByteArrayView bad) { appendHex(out, bad, true); });
}

void ByteEscaper::finish(QByteArray &out)
{
    m_splitter.finish([&out](QByteArrayView bad) { appendHex(out, bad, true); });
}

QString readable(QByteArrayView data)
{
    QByteArray out;
    out.reserve(data.size());
    Utf8Splitter splitter;
    const auto bad = [&out](QByteArrayView bytes) { appendHex(out, bytes, false); };
    splitter.push(data, [&out](QByteArrayView good) { out.append(good.data(), good.size()); }, bad);
    splitter.finish(bad);
    return QString::fromUtf8(out);
}

bool nestsDeeper(QByteArrayView json, int levels)
{
    int depth = 0;
    bool inString = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            if (++depth > levels)
                return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

} // namespace quarry::api
