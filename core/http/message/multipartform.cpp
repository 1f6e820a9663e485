// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/message/multipartform.h"

namespace quarry::http {

std::optional<QByteArray> MultipartForm::field(const QString &name) const
{
    const auto found = m_fields.find(name);
    return found == m_fields.end() ? std::nullopt : std::optional(*found);
}

Result<void> MultipartForm::partBegan(const MultipartPart &part)
{
    m_inFile = part.fileName.has_value();
    if (m_inFile)
        return fileBegan ? fileBegan(part) : Result<void>();
    m_current = part.name;
    m_fields.insert(m_current, QByteArray("")); // an empty field is not a missing one
    return {};
}

Result<void> MultipartForm::partData(QByteArrayView data)
{
    if (m_inFile)
        return fileData ? fileData(data) : Result<void>();
    if (data.size() > m_left)
        return Error{
            ErrorCode::LimitExceeded, QStringLiteral("the form's fields are too long"), {}};
    m_left -= data.size();
    m_fields[m_current].append(data);
    return {};
}

Result<void> MultipartForm::partEnded()
{
    return m_inFile && fileEnded ? fileEnded() : Result<void>();
}

} // namespace quarry::http
