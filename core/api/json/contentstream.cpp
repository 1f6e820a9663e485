// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json/contentstream.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <bit>
#include <cstring>

namespace quarry::api {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype flushSize = 64 * 1024;
constexpr qsizetype longRun = flushSize / 4; // goes by without a copy

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// What a backslash and C stand for; 0 when that is no such pair.
char unescaped(char c)
{
    switch (c) {
    case '"':
    case '\\':
    case '/':
        return c;
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return 0;
    }
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = char(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// -1 when a byte is no digit.
int hexNumber(QByteArrayView digits)
{
    int number = 0;
    for (const char c : digits) {
        const int digit = hexDigit(c);
        if (digit < 0)
            return -1;
        number = number * 16 + digit;
    }
    return number;
}

// A key as it came, decoded.
QByteArray decodedKey(const QByteArray &raw)
{
    if (!raw.contains('\\'))
        return raw;
    const QJsonDocument document = QJsonDocument::fromJson("[\"" + raw + "\"]");
    return document.array().at(0).toString().toUtf8();
}

constexpr bool AsciiOnly = true;
static_assert(std::endian::native == std::endian::little); // the first byte is the lowest

// Bytes before the next quote, backslash or control character, or with ASCIIONLY before what is no
// ASCII.
qsizetype textRun(QByteArrayView data, bool asciiOnly = false)
{
    const unsigned limit = asciiOnly ? 0x80 : 0x100;
    qsizetype at = 0;
    const auto *bytes = reinterpret_cast<const unsigned char *>(data.data());
    const qsizetype size = data.size();
    constexpr std::uint64_t ones = 0x0101010101010101ull;
    constexpr std::uint64_t highs = 0x8080808080808080ull;
    for (; at + 8 <= size; at += 8) {
        std::uint64_t word;
        std::memcpy(&word, bytes + at, 8);
        const std::uint64_t quote = word ^ (ones * '"');
        const std::uint64_t slash = word ^ (ones * '\\');
        const std::uint64_t hits = ((word - ones * 0x20) & ~word) | ((quote - ones) & ~quote)
            | ((slash - ones) & ~slash) | (asciiOnly ? word : 0);
        // The lowest hit is exact; those above it may be borrowed from it.
        if (const std::uint64_t found = hits & highs; found != 0)
            return at + std::countr_zero(found) / 8;
    }
    while (at < size && bytes[at] >= 0x20 && bytes[at] < limit && bytes[at] != '"'
           && bytes[at] != '\\')
        ++at;
    return at;
}

} // namespace

ContentStream::ContentStream(QByteArray field, Sink sink, ContentLimits limits)
    : m_field(std::move(field)), m_sink(std::move(sink)), m_limits(limits)
{
    m_out.reserve(flushSize + longRun + 8);
}

Result<void> ContentStream::fault(const QString &what) const
{
    return Error{ErrorCode::InvalidArgument,
                 u"body: not JSON (%1 near byte %2)"_s.arg(what).arg(m_position),
                 {}};
}

Result<void> ContentStream::push(QByteArrayView data)
{
    while (!data.isEmpty()) {
        const qsizetype before = data.size();
        Result<void> done;
        switch (m_place) {
        case Place::Outside:
            done = structure(data.front());
            data = data.sliced(1);
            break;
        case Place::String:
        case Place::Key:
            done = keepString(data);
            break;
        case Place::Content:
            done = content(data);
            break;
        }
        m_position += before - data.size();
        if (!done)
            return done;
    }
    return {};
}

Result<void> ContentStream::keep(char c)
{
    if (m_rest.size() >= m_limits.rest)
        return Error{
            ErrorCode::LimitExceeded,
            u"body: everything but %1 may be %2 bytes at most"_s.arg(QString::fromUtf8(m_field))
                .arg(m_limits.rest),
            {}};
    m_rest.append(c);
    return {};
}

Result<void> ContentStream::structure(char c)
{
    if (isSpace(c))
        return m_rest.endsWith(' ') ? Result<void>() : keep(' ');
    if (m_depth == 0 && !m_objectOutside) {
        if (c != '{')
            return Error{ErrorCode::InvalidArgument, u"body: must be a JSON object"_s, {}};
        m_objectOutside = true;
    }
    const bool outermost = m_depth == 1;
    switch (c) {
    case '{':
    case '[':
        m_expectKey = m_depth == 0;
        m_afterColon = false;
        if (++m_depth > m_limits.depth)
            return Error{ErrorCode::InvalidArgument,
                         u"body: nested deeper than %1 levels"_s.arg(m_limits.depth),
                         {}};
        break;
    case '}':
    case ']':
        if (m_depth-- == 0)
            return fault(u"a bracket too many"_s);
        break;
    case ',':
        m_expectKey = m_expectKey || outermost;
        break;
    case ':':
        m_afterColon = outermost;
        break;
    case '"':
        if (outermost && m_expectKey) {
            m_expectKey = false;
            m_key.clear();
            m_place = Place::Key;
        } else if (outermost && std::exchange(m_afterColon, false)
                   && decodedKey(m_key) == m_field) {
            m_place = Place::Content;
            if (std::exchange(m_seen, true)) {
                if (const Result<void> again = m_sink.restart(); !again)
                    return again;
            }
            m_rest.append("\"\"");
            return {};
        } else {
            m_place = Place::String;
        }
        break;
    default:
        m_afterColon = false;
        break;
    }
    return keep(c);
}

// A string that is not streamed: kept as it is, its end found.
Result<void> ContentStream::keepString(QByteArrayView &data)
{
    const char c = data.front();
    data = data.sliced(1);
    if (const Result<void> kept = keep(c); !kept)
        return kept;
    const bool ends = c == '"' && !m_escaped;
    m_escaped = c == '\\' && !m_escaped;
    if (ends)
        m_place = Place::Outside;
    else if (m_place == Place::Key)
        m_key.append(c);
    return {};
}

// Short pieces of ASCII and the escapes between them that DATA holds whole, in one go; stops at
// whatever else.
void ContentStream::plainText(QByteArrayView &data)
{
    const qsizetype before = m_out.size();
    m_out.resize(flushSize + longRun + 8); // as was reserved
    char *out = m_out.data() + before;
    const char *const full = m_out.data() + flushSize;
    while (out < full) {
        const qsizetype run = textRun(data.first(std::min(data.size(), longRun)), AsciiOnly);
        if (run == longRun)
            break;
        std::memcpy(out, data.data(), std::size_t(run));
        out += run;
        data = data.sliced(run);
        if (data.size() < 6 || data[0] != '\\')
            break;
        if (const char letter = unescaped(data[1]); letter != 0) {
            *out++ = letter;
            data = data.sliced(2);
            continue;
        }
        const int unit = data[1] == 'u' ? hexNumber(data.sliced(2, 4)) : -1;
        if (unit < 0 || (unit >= 0xd800 && unit <= 0xdfff))
            break;
        out = writeUtf8(out, char32_t(unit));
        data = data.sliced(6);
    }
    m_out.resize(out - m_out.data());
}

Result<void> ContentStream::content(QByteArrayView &data)
{
    if (m_hexLeft > 0 || m_escaped) {
        const char c = data.front();
        data = data.sliced(1);
        return m_hexLeft > 0 ? unicode(c) : escape(c);
    }
    if (m_highSurrogate == 0 && !m_utf8.isIncomplete())
        plainText(data);
    const qsizetype run = textRun(data);
    if (run > 0) {
        const QByteArrayView text = data.first(run);
        data = data.sliced(run);
        return addRun(text);
    }
    if (data.isEmpty() || m_out.size() >= flushSize)
        return m_out.size() >= flushSize ? flush() : Result<void>();
    const char c = data.front();
    data = data.sliced(1);
    if (c == '\\') {
        m_escaped = true;
        return {};
    }
    if (c != '"')
        return fault(u"a control character in a text"_s);
    return endContent();
}

Result<void> ContentStream::endContent()
{
    if (m_highSurrogate != 0)
        return add(0);
    if (m_utf8.isIncomplete())
        return fault(u"not UTF-8"_s);
    m_place = Place::Outside;
    return flush();
}

Result<void> ContentStream::escape(char c)
{
    m_escaped = false;
    if (const char letter = unescaped(c); letter != 0)
        return add(char32_t(letter));
    if (c != 'u')
        return fault(u"an unknown escape"_s);
    m_hexLeft = 4;
    m_unit = 0;
    return {};
}

Result<void> ContentStream::unicode(char c)
{
    const int digit = hexDigit(c);
    if (digit < 0)
        return fault(u"a broken \\u escape"_s);
    m_unit = (m_unit << 4) | char32_t(digit);
    return --m_hexLeft > 0 ? Result<void>() : add(m_unit);
}

// One decoded character or half of one. 0 with a half pending only happens at the string's end.
Result<void> ContentStream::add(char32_t character)
{
    const bool high = character >= 0xd800 && character <= 0xdbff;
    const bool low = character >= 0xdc00 && character <= 0xdfff;
    const char32_t before = std::exchange(m_highSurrogate, high ? character : 0);
    if (low != (before != 0))
        return Error{ErrorCode::InvalidArgument,
                     u"%1: holds half a surrogate pair, which is no character"_s.arg(
                         QString::fromUtf8(m_field)),
                     {}};
    if (high)
        return {};
    if (low)
        character = 0x10000 + ((before - 0xd800) << 10) + (character - 0xdc00);
    // A character that was broken off by an escape is none.
    if (m_utf8.isIncomplete())
        return fault(u"not UTF-8"_s);
    appendUtf8(m_out, character);
    return m_out.size() >= flushSize ? flush() : Result<void>();
}

Result<void> ContentStream::addRun(QByteArrayView run)
{
    if (m_highSurrogate != 0)
        return add(0);
    Result<void> done;
    bool broken = false;
    m_utf8.push(
        run,
        [this, &done](QByteArrayView good) {
            if (!done)
                return;
            if (good.size() >= longRun) {
                done = flush();
                for (; done && !good.isEmpty();
                     good = good.sliced(std::min(good.size(), flushSize)))
                    done = m_sink.data(good.first(std::min(good.size(), flushSize)));
                return;
            }
            m_out.append(good.data(), good.size());
            if (m_out.size() >= flushSize)
                done = flush();
        },
        [&broken](QByteArrayView) { broken = true; });
    return broken ? fault(u"not UTF-8"_s) : done;
}

Result<void> ContentStream::flush()
{
    if (m_out.isEmpty())
        return {};
    const Result<void> done = m_sink.data(m_out);
    m_out.resize(0);
    return done;
}

Result<QJsonObject> ContentStream::finish()
{
    if (m_place != Place::Outside || m_depth != 0)
        return fault(u"it ends too early"_s).error();
    if (m_rest.trimmed().isEmpty())
        return QJsonObject();
    QJsonParseError parse;
    const QJsonDocument document = QJsonDocument::fromJson(m_rest, &parse);
    if (parse.error != QJsonParseError::NoError)
        return fault(parse.errorString()).error();
    return document.object();
}

} // namespace quarry::api
