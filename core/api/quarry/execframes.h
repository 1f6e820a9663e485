// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The frames of an upgraded "quarry-exec" connection: a type byte, a little-endian u32 length, and
// at most 64 KiB of payload.
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace quarry::api::own {

inline constexpr qsizetype execPayloadMax = 64 * 1024;

// From the client.
enum class ExecInput : quint8 { Bytes = 0, End = 1, Resize = 2, Signal = 3 };
// To the client.
enum class ExecOutput : quint8 { Output = 0, ErrorOutput = 1, Exit = 2, Failure = 3 };

struct ExecFrame {
    ExecInput type = ExecInput::Bytes;
    QByteArray payload; // Resize: 4 bytes; Signal: 1 byte; End: none
};

// Takes a client's bytes apart, however they are split.
class ExecFrameReader
{
public:
    // The frames that are whole. InvalidArgument for a type or length that cannot be; the
    // connection is of no use afterwards.
    Result<QList<ExecFrame>> push(QByteArrayView data);

private:
    Result<void> check(quint8 type, quint32 size) const;

    QByteArray m_buffer; // less than one frame
};

// One frame, or several when the payload is longer than a frame.
QByteArray execFrames(ExecOutput type, QByteArrayView payload);
QByteArray execExit(int code);
QByteArray execFailure(const Error &error);

} // namespace quarry::api::own
