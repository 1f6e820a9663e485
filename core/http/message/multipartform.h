// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A form: fields into memory, files to functions.
#pragma once

#include "http/message/multipart.h"

#include <QHash>

#include <functional>

namespace quarry::http {

class MultipartForm : public MultipartSink
{
public:
    // Files: an error ends the reading. Data is valid during the call only; for back-pressure call
    // Exchange::pauseBody().
    std::function<Result<void>(const MultipartPart &)> fileBegan;
    std::function<Result<void>(QByteArrayView)> fileData;
    std::function<Result<void>()> fileEnded;

    // `maxFields`: bytes of all fields' values together; above it LimitExceeded.
    explicit MultipartForm(qsizetype maxFields = 1 << 20) : m_left(maxFields) { }

    // A field's last value; none when it did not come (yet).
    std::optional<QByteArray> field(const QString &name) const;
    QStringList fieldNames() const { return m_fields.keys(); }

    Result<void> partBegan(const MultipartPart &part) override;
    Result<void> partData(QByteArrayView data) override;
    Result<void> partEnded() override;

private:
    QHash<QString, QByteArray> m_fields;
    QString m_current;
    bool m_inFile = false;
    qsizetype m_left;
};

} // namespace quarry::http
