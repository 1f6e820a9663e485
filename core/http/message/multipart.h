// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// multipart/form-data (RFC 7578), read as it comes.
#pragma once

#include "base/result.h"
#include "http/message/fields.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace quarry::http {

struct MultipartPart {
    QString name;
    std::optional<QString>
        fileName; // set for files; as the client gave it, never a path to be trusted
    QByteArray contentType;          // empty when not given
};

struct MultipartLimits {
    qsizetype maxPartHeader = 8 * 1024;
    int maxParts = 256;
};

// What the parts go to. An error ends the parser with it.
class MultipartSink
{
public:
    virtual ~MultipartSink() = default;
    virtual Result<void> partBegan(const MultipartPart &part) = 0;
    virtual Result<void> partData(QByteArrayView data) = 0; // valid during the call only
    virtual Result<void> partEnded() = 0;
};

class MultipartParser
{
public:
    MultipartParser(const QByteArray &boundary, MultipartSink &sink, MultipartLimits limits = {});

    // The boundary of a Content-Type value. InvalidArgument: another type, none, or over 70
    // characters.
    static Result<QByteArray> boundaryOf(QByteArrayView contentType);

    // Bytes in any split. InvalidArgument for what is malformed, LimitExceeded, or the sink's
    // error; after an error nothing more may be pushed.
    Result<void> push(QByteArrayView data);
    // At the end of the body: InvalidArgument when the closing boundary did not come.
    Result<void> finish();

private:
    enum class State { Preamble, BoundaryEnd, Header, Data, Epilogue };

    Result<void> step(QByteArrayView &rest);
    Result<void> readData(QByteArrayView &rest);
    Result<void> readBoundaryEnd(QByteArrayView &rest);
    Result<void> readHeader(QByteArrayView &rest);

    MultipartSink &m_sink;
    MultipartLimits m_limits;
    QByteArray m_delimiter; // CRLF, two dashes, boundary
    QByteArray m_buffer;    // what could not be decided yet: bounded
    State m_state = State::Preamble;
    int m_parts = 0;
};

} // namespace quarry::http
