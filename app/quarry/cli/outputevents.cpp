// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/outputevents.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QStringDecoder>

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

// How many bytes at the end are the beginning of a character (0 to 3; RFC 3629).
qsizetype cutTail(const QByteArray &bytes)
{
    for (qsizetype back = 1; back <= 3 && back <= bytes.size(); ++back) {
        const auto byte = quint8(bytes[bytes.size() - back]);
        if ((byte & 0xC0) == 0x80)
            continue;
        const qsizetype length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC2 ? 2 : 1;
        return length > back && byte <= 0xF4 ? back : 0;
    }
    return 0;
}

} // namespace

OutputEvents::OutputEvents(QString stream) : m_stream(std::move(stream)) { }

QByteArray OutputEvents::take(const QByteArray &bytes)
{
    QByteArray whole = m_held + bytes;
    const qsizetype cut = cutTail(whole);
    m_held = whole.right(cut);
    whole.chop(cut);
    return line(whole);
}

QByteArray OutputEvents::takeEnd()
{
    return line(std::exchange(m_held, {}));
}

QByteArray OutputEvents::line(const QByteArray &bytes) const
{
    if (bytes.isEmpty())
        return {};
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(bytes);
    QJsonObject event{{u"event"_s, u"output"_s}, {u"stream"_s, m_stream}};
    if (decoder.hasError())
        event[u"base64"_s] = QString::fromLatin1(bytes.toBase64());
    else
        event[u"text"_s] = text;
    return QJsonDocument(event).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace quarry::cli
