// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/files/fileerror.h"

#include "base/escapedname.h"

namespace quarry::sandbox {

Error aboutFile(Error error, QByteArrayView path)
{
    const QString name = escapedName(path);
    const QString raw = QString::fromUtf8(path);
    // As the agent quotes it.
    error.message.replace(QStringLiteral("\"%1\"").arg(raw), name);
    if (!error.message.contains(name))
        error.message.prepend(name + QStringLiteral(": "));
    // Whatever else it names.
    for (QChar &c : error.message) {
        if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format)
            c = QChar::ReplacementCharacter;
    }
    return error;
}

Error agentGone()
{
    return {ErrorCode::ConnectionLost, QStringLiteral("The sandbox has ended."), {}};
}

} // namespace quarry::sandbox
