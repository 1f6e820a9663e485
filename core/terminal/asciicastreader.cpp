// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal/asciicastreader.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace quarry::terminal {

namespace {

constexpr int LargestSize = 10'000;
constexpr double LongestTime = 1e9; // seconds: thirty years

CastEvent::Kind kindOf(const QString &code)
{
    if (code.size() != 1 || !QStringLiteral("oirmx").contains(code))
        return CastEvent::Kind::Other;
    return CastEvent::Kind(code[0].toLatin1());
}

} // namespace

Result<void> CastReader::feed(QByteArrayView bytes, std::vector<CastEvent> &events)
{
    while (!bytes.isEmpty() && !m_failed) {
        const qsizetype end = bytes.indexOf('\n');
        const QByteArrayView part = end < 0 ? bytes : bytes.first(end);
        if (m_line.size() + part.size() > MaximumLine) {
            m_failed = true;
            return fault(QStringLiteral("is longer than %1 bytes").arg(MaximumLine));
        }
        if (end < 0) {
            m_line.append(part);
            return {};
        }
        bytes = bytes.sliced(end + 1);
        Result<void> taken = {};
        if (m_line.isEmpty()) {
            taken = takeLine(part, events);
        } else {
            m_line.append(part);
            taken = takeLine(m_line, events);
            m_line.clear();
        }
        if (!taken) {
            m_failed = true;
            return taken;
        }
    }
    if (m_failed)
        return fault(QStringLiteral("could not be read"));
    return {};
}

Result<void> CastReader::finish(std::vector<CastEvent> &events)
{
    const QByteArray line = std::exchange(m_line, {});
    const bool torn = !line.isEmpty() && hasHeader() && !QJsonDocument::fromJson(line).isArray();
    if (!line.isEmpty() && !torn && !m_failed) {
        if (const Result<void> taken = takeLine(line, events); !taken)
            return taken;
    }
    if (!hasHeader())
        return Error{ErrorCode::InvalidArgument,
                     QStringLiteral("this is no asciicast: it has no header"),
                     {}};
    return {};
}

Result<void> CastReader::takeLine(QByteArrayView line, std::vector<CastEvent> &events)
{
    ++m_lineNumber;
    const QByteArrayView content = line.trimmed();
    if (content.isEmpty() || content.startsWith('#')) // comments are version 3's
        return {};
    if (!hasHeader())
        return takeHeader(content);
    const QJsonDocument document
        = QJsonDocument::fromJson(QByteArray::fromRawData(content.data(), content.size()));
    const QJsonArray parts = document.array();
    if (parts.size() < 3 || !parts[0].isDouble() || !parts[1].isString() || !parts[2].isString())
        return fault(QStringLiteral("is no event: [time, code, data]"));
    const double seconds = parts[0].toDouble();
    if (!std::isfinite(seconds) || std::abs(seconds) > LongestTime)
        return fault(QStringLiteral("has an impossible time"));
    const auto time = qint64(std::llround(seconds * 1e6));
    m_time = std::max(m_header.version == 3 ? m_time + time : time, m_time);
    m_time = std::min(m_time, qint64(LongestTime * 1e6));
    events.push_back({m_time, kindOf(parts[1].toString()), parts[2].toString().toUtf8()});
    return {};
}

Result<void> CastReader::takeHeader(QByteArrayView line)
{
    const QJsonObject object
        = QJsonDocument::fromJson(QByteArray::fromRawData(line.data(), line.size())).object();
    const int version = object[u"version"].toInt();
    if (version != 2 && version != 3)
        return fault(QStringLiteral("is no header of an asciicast of version 2 or 3"));
    const QJsonObject size = version == 3 ? object[u"term"].toObject() : object;
    const int columns = size[version == 3 ? u"cols" : u"width"].toInt();
    const int rows = size[version == 3 ? u"rows" : u"height"].toInt();
    if (columns < 1 || columns > LargestSize || rows < 1 || rows > LargestSize)
        return fault(QStringLiteral("gives no usable size of the terminal"));
    m_header = {version,
                columns,
                rows,
                qint64(object[u"timestamp"].toDouble()),
                object[u"title"].toString(),
                object[u"command"].toString()};
    return {};
}

Error CastReader::fault(const QString &what) const
{
    return {ErrorCode::InvalidArgument,
            QStringLiteral("line %1 of the recording %2")
                .arg(std::max<qint64>(m_lineNumber, 1))
                .arg(what),
            {}};
}

} // namespace quarry::terminal
