// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/quarry/execframes.h"

#include <QJsonDocument>
#include <QtEndian>

#include <algorithm>

namespace quarry::api::own {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype headSize = 5;

QByteArray frame(ExecOutput type, QByteArrayView payload)
{
    QByteArray bytes(headSize, Qt::Uninitialized);
    bytes[0] = char(type);
    qToLittleEndian(quint32(payload.size()), bytes.data() + 1);
    return bytes.append(payload.data(), payload.size());
}

} // namespace

Result<void> ExecFrameReader::check(quint8 type, quint32 size) const
{
    bool fits = false;
    switch (ExecInput(type)) {
    case ExecInput::Bytes:
        fits = size <= quint32(execPayloadMax);
        break;
    case ExecInput::End:
        fits = size == 0;
        break;
    case ExecInput::Resize:
        fits = size == 4;
        break;
    case ExecInput::Signal:
        fits = size == 1;
        break;
    }
    if (fits)
        return {};
    return Error{ErrorCode::InvalidArgument,
                 u"a frame of type %1 cannot have %2 bytes"_s.arg(type).arg(size),
                 {}};
}

Result<QList<ExecFrame>> ExecFrameReader::push(QByteArrayView data)
{
    m_buffer.append(data.data(), data.size());
    QList<ExecFrame> frames;
    qsizetype at = 0;
    while (m_buffer.size() - at >= headSize) {
        const auto type = quint8(m_buffer[at]);
        const auto size = qFromLittleEndian<quint32>(m_buffer.constData() + at + 1);
        if (const Result<void> good = check(type, size); !good)
            return good.error();
        if (m_buffer.size() - at - headSize < qsizetype(size))
            break;
        frames.append({ExecInput(type), m_buffer.mid(at + headSize, size)});
        at += headSize + size;
    }
    m_buffer.remove(0, at);
    return frames;
}

QByteArray execFrames(ExecOutput type, QByteArrayView payload)
{
    QByteArray bytes;
    for (; !payload.isEmpty(); payload = payload.sliced(std::min(payload.size(), execPayloadMax)))
        bytes += frame(type, payload.first(std::min(payload.size(), execPayloadMax)));
    return bytes;
}

QByteArray execExit(int code)
{
    char number[4];
    qToLittleEndian(qint32(code), number);
    return frame(ExecOutput::Exit, QByteArrayView(number, sizeof number));
}

QByteArray execFailure(const Error &error)
{
    const QJsonObject object{{u"code"_s, toString(error.code)},
                             {u"message"_s, error.message.left(8192)},
                             {u"details"_s, error.details}};
    QByteArray text = QJsonDocument(object).toJson(QJsonDocument::Compact);
    if (text.size() > execPayloadMax)
        text = QJsonDocument(QJsonObject{{u"code"_s, toString(error.code)},
                                         {u"message"_s, error.message.left(8192)}})
                   .toJson(QJsonDocument::Compact);
    return frame(ExecOutput::Failure, text);
}

} // namespace quarry::api::own
