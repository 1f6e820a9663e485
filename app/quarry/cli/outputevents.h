// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Output of a program as lines of JSON: {"event":"output","stream":…,"text"|"base64":…}.
#pragma once

#include <QByteArray>
#include <QString>

namespace quarry::cli {

// For one stream. Text where the bytes are UTF-8, base64 where they are not; a character that is
// cut at the end of a piece waits for its rest.
class OutputEvents
{
public:
    explicit OutputEvents(QString stream);

    QByteArray take(const QByteArray &bytes);
    QByteArray takeEnd();

private:
    QByteArray line(const QByteArray &bytes) const;

    QString m_stream;
    QByteArray m_held; // the first bytes of a character
};

} // namespace quarry::cli
