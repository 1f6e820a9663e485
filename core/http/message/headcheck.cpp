// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/message/headcheck.h"

#include <algorithm>

namespace quarry::http {

namespace {

constexpr qsizetype maxMethod = 32;
constexpr int maxLengthDigits = 18; // below 2^63 whatever the digits

Rejection bad(const char *why)
{
    return {400, QString::fromLatin1(why)};
}

// "METHOD SP target SP HTTP/1.x", single spaces, visible ASCII only.
std::optional<Rejection> checkRequestLine(QByteArrayView line)
{
    const qsizetype first = line.indexOf(' ');
    const qsizetype last = line.lastIndexOf(' ');
    if (first <= 0 || last <= first + 1 || first > maxMethod || !isToken(line.first(first)))
        return bad("the request line is malformed");
    const QByteArrayView target = line.sliced(first + 1, last - first - 1);
    const bool visible
        = std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    if (!visible || target.contains('#'))
        return bad("the request target has a character that may not stand there");
    const QByteArrayView version = line.sliced(last + 1);
    if (version != "HTTP/1.1" && version != "HTTP/1.0")
        return bad("the protocol is not HTTP/1.0 or HTTP/1.1");
    return {};
}

std::optional<Rejection> checkFieldLine(QByteArrayView line)
{
    if (line.front() == ' ' || line.front() == '\t')
        return bad("folded header fields are not allowed");
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0 || !isToken(line.first(colon)))
        return bad("a header field's name is malformed");
    if (!isFieldValue(line.sliced(colon + 1)))
        return bad("a header field's value has a character that may not stand there");
    return {};
}

// A host and an optional port: what a name, an IPv4 address or a bracketed IPv6 address can hold.
bool isHost(QByteArrayView host)
{
    const qsizetype bracket = host.lastIndexOf(']');
    const qsizetype colon = host.lastIndexOf(':');
    QByteArrayView name = host;
    if (colon > bracket) {
        const QByteArrayView port = host.sliced(colon + 1);
        if (port.size() > 5
            || !std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; }))
            return false;
        name = host.first(colon);
    }
    const bool v6 = name.startsWith('[');
    if (v6 != name.endsWith(']') || (v6 && name.size() < 4))
        return false;
    if (v6)
        name = name.sliced(1, name.size() - 2);
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), [v6](char c) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '.';
        return plain || (v6 ? c == ':' : (c == '-' || c == '_'));
    });
}

std::optional<Rejection> checkFraming(Request &request)
{
    const qsizetype codings = request.fields.count("transfer-encoding");
    const qsizetype lengths = request.fields.count("content-length");
    if (codings > 0) {
        if (codings > 1 || lengths > 0)
            return bad("the body's length is given twice");
        if (request.minorVersion == 0)
            return bad("Transfer-Encoding does not exist in HTTP/1.0");
        if (!equalsIgnoringCase(request.fields.value("transfer-encoding"), "chunked"))
            return bad("the only transfer coding is chunked");
        request.chunked = true;
        return {};
    }
    if (lengths == 0)
        return {};
    const QByteArray text = request.fields.value("content-length");
    const bool digits
        = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (lengths > 1 || text.isEmpty() || text.size() > maxLengthDigits || !digits)
        return bad("Content-Length is not one number");
    request.contentLength = text.toLongLong();
    return {};
}

// "http://host/path": the part behind the host, which must be the one that Host names.
std::optional<Rejection> splitAbsolute(const Request &request, QByteArrayView &target)
{
    const qsizetype scheme = target.indexOf("://");
    if (scheme < 0)
        return bad("the request target is neither a path nor an address");
    const QByteArrayView name = target.first(scheme);
    if (!equalsIgnoringCase(name, "http") && !equalsIgnoringCase(name, "https"))
        return bad("the request target has another scheme than http");
    target = target.sliced(scheme + 3);
    qsizetype end = 0;
    while (end < target.size() && target[end] != '/' && target[end] != '?')
        ++end;
    if (!equalsIgnoringCase(target.first(end), request.host))
        return bad("the request target and Host name different hosts");
    target = target.sliced(end);
    return {};
}

} // namespace

std::optional<Rejection> checkHeadBytes(QByteArrayView head, const Limits &limits)
{
    int lines = 0;
    while (!head.isEmpty()) {
        const qsizetype end = head.indexOf("\r\n");
        if (end < 0)
            return bad("a line does not end in CRLF");
        const QByteArrayView line = head.first(end);
        head = head.sliced(end + 2);
        if (line.contains('\n') || line.contains('\r') || line.contains('\0'))
            return bad("a line break or a NUL stands where none may");
        if (line.isEmpty())
            return lines > 0 && head.isEmpty() ? std::nullopt
                                               : std::optional(bad("the header is malformed"));
        if (lines > limits.maxFields)
            return Rejection{431,
                             QStringLiteral("more than %1 header fields").arg(limits.maxFields)};
        std::optional<Rejection> rejection
            = lines == 0 ? checkRequestLine(line) : checkFieldLine(line);
        if (rejection)
            return rejection;
        ++lines;
    }
    return bad("the header does not end");
}

std::optional<Rejection> checkFields(Request &request)
{
    const qsizetype hosts = request.fields.count("host");
    if (hosts > 1 || (hosts == 0 && request.minorVersion > 0))
        return bad("there must be one Host field");
    request.host = request.fields.value("host").toLower();
    if (hosts == 1 && !isHost(request.host))
        return bad("the Host field is malformed");
    if (std::optional<Rejection> rejection = checkFraming(request))
        return rejection;
    if (request.fields.contains("expect")) {
        if (request.fields.count("expect") > 1
            || !equalsIgnoringCase(request.fields.value("expect"), "100-continue"))
            return Rejection{417, QStringLiteral("the only expectation is 100-continue")};
    }
    return {};
}

std::optional<Rejection> checkTarget(Request &request)
{
    QByteArrayView target = request.target;
    if (target == "*") {
        if (request.method != "OPTIONS")
            return bad("the request target * belongs to OPTIONS");
    } else if (!target.startsWith('/')) {
        if (std::optional<Rejection> rejection = splitAbsolute(request, target))
            return rejection;
    }
    const qsizetype mark = target.indexOf('?');
    request.rawPath = (mark < 0 ? target : target.first(mark)).toByteArray();
    request.rawQuery = mark < 0 ? QByteArray() : target.sliced(mark + 1).toByteArray();
    if (request.rawPath.isEmpty())
        request.rawPath = "/";
    Result<QString> path = decodeComponent(request.rawPath);
    if (!path)
        return Rejection{400, path.error().message};
    Result<QList<QueryItem>> query = parseQuery(request.rawQuery);
    if (!query)
        return Rejection{400, query.error().message};
    request.path = *path;
    request.query = *query;
    return {};
}

} // namespace quarry::http
