// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/message/multipart.h"

#include "http/message/parameters.h"
#include "http/message/request.h"

#include <QStringDecoder>

#include <algorithm>

namespace quarry::http {

namespace {

constexpr qsizetype maxBoundary = 70; // RFC 2046 5.1.1
constexpr qsizetype maxPadding = 256; // white space behind a boundary

Error malformed(const char *why)
{
    return {ErrorCode::InvalidArgument,
            QStringLiteral("the form is malformed: %1").arg(QLatin1String(why)),
            {}};
}

std::optional<QString> fromUtf8(QByteArrayView bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString text = decoder(bytes);
    return decoder.hasError() || bytes.contains('\0') ? std::nullopt : std::optional(text);
}

// RFC 5987's form of a name, which some clients send for names beyond ASCII.
std::optional<QString> fromExtended(QByteArrayView value)
{
    constexpr QByteArrayView utf8 = "utf-8'";
    if (value.size() < utf8.size() || !equalsIgnoringCase(value.first(utf8.size()), utf8))
        return {};
    const qsizetype quote = value.indexOf('\'', utf8.size());
    const Result<QString> text
        = quote < 0 ? Result<QString>(malformed("")) : decodeComponent(value.sliced(quote + 1));
    return text ? std::optional(*text) : std::nullopt;
}

Result<void> readDisposition(QByteArrayView value, MultipartPart &part)
{
    const std::optional<ParameterizedValue> parsed = parseParameterized(value);
    if (!parsed || parsed->value != "form-data" || !parsed->parameter("name"))
        return malformed("a part's Content-Disposition is not form-data with a name");
    const std::optional<QString> name = fromUtf8(*parsed->parameter("name"));
    if (!name)
        return malformed("a part's name is not UTF-8");
    part.name = *name;
    const std::optional<QByteArray> extended = parsed->parameter("filename*");
    const std::optional<QByteArray> plain = parsed->parameter("filename");
    if (!extended && !plain)
        return {};
    part.fileName = extended ? fromExtended(*extended) : fromUtf8(*plain);
    if (!part.fileName)
        return malformed("a part's file name is not UTF-8");
    return {};
}

// `lines`: whole lines without the empty one.
Result<MultipartPart> readPartHeader(QByteArrayView lines)
{
    MultipartPart part;
    bool disposed = false;
    while (!lines.isEmpty()) {
        const qsizetype end = lines.indexOf("\r\n");
        const QByteArrayView line = lines.first(end);
        lines = lines.sliced(end + 2);
        const qsizetype colon = line.indexOf(':');
        if (colon <= 0 || !isToken(line.first(colon)) || !isFieldValue(line.sliced(colon + 1)))
            return malformed("a part's header field");
        const QByteArrayView name = line.first(colon);
        const QByteArrayView value = trimmedSpace(line.sliced(colon + 1));
        if (equalsIgnoringCase(name, "content-type")) {
            part.contentType = value.toByteArray();
        } else if (equalsIgnoringCase(name, "content-disposition")) {
            if (std::exchange(disposed, true))
                return malformed("a part has two Content-Dispositions");
            if (Result<void> read = readDisposition(value, part); !read)
                return read.error();
        }
    }
    if (!disposed)
        return malformed("a part has no Content-Disposition");
    return part;
}

bool isBoundary(QByteArrayView text)
{
    constexpr QByteArrayView marks = "'()+_,-./:=? ";
    return !text.isEmpty() && text.size() <= maxBoundary && !text.endsWith(' ')
        && std::all_of(text.begin(), text.end(), [marks](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                   || marks.contains(c);
           });
}

} // namespace

Result<QByteArray> MultipartParser::boundaryOf(QByteArrayView contentType)
{
    const std::optional<ParameterizedValue> parsed = parseParameterized(contentType);
    if (!parsed || parsed->value != "multipart/form-data")
        return Error{ErrorCode::InvalidArgument,
                     QStringLiteral("the body must be multipart/form-data with a boundary"),
                     {}};
    const QByteArray boundary = parsed->parameter("boundary").value_or(QByteArray());
    if (!isBoundary(boundary))
        return malformed("its boundary is missing or not allowed");
    return boundary;
}

MultipartParser::MultipartParser(const QByteArray &boundary, MultipartSink &sink,
                                 MultipartLimits limits)
    : m_sink(sink), m_limits(limits), m_delimiter("\r\n--" + boundary),
      m_buffer("\r\n") // so that a boundary at the very start looks like any other
{
}

Result<void> MultipartParser::push(QByteArrayView data)
{
    if (m_state == State::Epilogue)
        return {};
    m_buffer.append(data);
    QByteArrayView rest = m_buffer;
    while (true) {
        const State before = m_state;
        const qsizetype left = rest.size();
        if (Result<void> stepped = step(rest); !stepped)
            return stepped;
        if (m_state == before && rest.size() == left)
            break;
    }
    m_buffer.remove(0, m_buffer.size() - rest.size());
    return {};
}

// Takes off what it understands; takes nothing when it needs more.
Result<void> MultipartParser::step(QByteArrayView &rest)
{
    switch (m_state) {
    case State::Preamble:
    case State::Data:
        return readData(rest);
    case State::BoundaryEnd:
        return readBoundaryEnd(rest);
    case State::Header:
        return readHeader(rest);
    case State::Epilogue:
        rest = {};
        return {};
    }
    return {};
}

Result<void> MultipartParser::readData(QByteArrayView &rest)
{
    const qsizetype found = rest.indexOf(m_delimiter);
    // What could be the beginning of a delimiter stays.
    qsizetype size = found;
    if (found < 0) {
        const qsizetype from = std::max<qsizetype>(rest.size() - m_delimiter.size() + 1, 0);
        size = rest.indexOf('\r', from);
        while (size >= 0 && !m_delimiter.startsWith(rest.sliced(size)))
            size = rest.indexOf('\r', size + 1);
        if (size < 0)
            size = rest.size();
    }
    const QByteArrayView data = rest.first(size);
    rest = rest.sliced(found < 0 ? size : size + m_delimiter.size());
    if (m_state == State::Data && !data.isEmpty()) {
        if (Result<void> taken = m_sink.partData(data); !taken)
            return taken;
    }
    if (found < 0)
        return {};
    const bool ended = m_state == State::Data;
    m_state = State::BoundaryEnd;
    return ended ? m_sink.partEnded() : Result<void>();
}

Result<void> MultipartParser::readBoundaryEnd(QByteArrayView &rest)
{
    if (rest.size() < 2)
        return {};
    if (rest.startsWith("--")) {
        m_state = State::Epilogue;
        return {};
    }
    const qsizetype end = rest.indexOf("\r\n");
    const QByteArrayView padding
        = end < 0 ? rest.chopped(rest.endsWith('\r') ? 1 : 0) : rest.first(end);
    if (!trimmedSpace(padding).isEmpty() || padding.size() > maxPadding)
        return malformed("a boundary is not followed by a line break");
    if (end < 0)
        return {};
    rest = rest.sliced(end + 2);
    m_state = State::Header;
    return {};
}

Result<void> MultipartParser::readHeader(QByteArrayView &rest)
{
    const qsizetype end = rest.startsWith("\r\n") ? 0 : rest.indexOf("\r\n\r\n");
    if ((end < 0 ? rest.size() : end) > m_limits.maxPartHeader)
        return Error{ErrorCode::LimitExceeded,
                     QStringLiteral("a part of the form has too long a header"),
                     {}};
    if (end < 0)
        return {};
    if (++m_parts > m_limits.maxParts)
        return Error{ErrorCode::LimitExceeded,
                     QStringLiteral("the form has more than %1 parts").arg(m_limits.maxParts),
                     {}};
    const Result<MultipartPart> part = readPartHeader(rest.first(end == 0 ? 0 : end + 2));
    if (!part)
        return part.error();
    rest = rest.sliced(end == 0 ? 2 : end + 4);
    m_state = State::Data;
    return m_sink.partBegan(*part);
}

Result<void> MultipartParser::finish()
{
    return m_state == State::Epilogue ? Result<void>() : malformed("it ended early");
}

} // namespace quarry::http
