// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/context.h"

#include "service/signalwatch.h"

#include <QJsonDocument>

#include <cerrno>
#include <unistd.h>

namespace quarry::cli {

using namespace Qt::StringLiterals;

bool writeAll(int descriptor, const QByteArray &bytes)
{
    qsizetype at = 0;
    while (at < bytes.size()) {
        const ssize_t written
            = ::write(descriptor, bytes.constData() + at, size_t(bytes.size() - at));
        if (written < 0 && errno != EINTR)
            return false;
        at += std::max<ssize_t>(written, 0);
    }
    return true;
}

Context::Context(bool json, service::SignalWatch &signalWatch)
    : m_json(json), m_terminal(::isatty(STDOUT_FILENO) == 1), m_signals(signalWatch)
{
}

bool Context::print(const QString &text)
{
    return writeAll(STDOUT_FILENO, text.toUtf8());
}

bool Context::printLine(const QJsonObject &object)
{
    return writeAll(STDOUT_FILENO, QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
}

void Context::warn(const QString &text)
{
    writeAll(STDERR_FILENO, "quarry: " + text.toUtf8() + '\n');
}

int Context::fail(const Error &error, int code)
{
    if (m_json) {
        QJsonObject event{{u"event"_s, u"error"_s},
                          {u"code"_s, toString(error.code)},
                          {u"message"_s, error.message}};
        if (!error.details.isEmpty())
            event[u"details"_s] = error.details;
        printLine(event);
    }
    warn(error.message);
    if (error.code != ErrorCode::Cancelled)
        return code;
    const int number = m_signals.received();
    return number == 0 ? exitcode::interrupted : 128 + number;
}

void Context::done(QJsonObject fields, bool ok)
{
    if (!m_json)
        return;
    fields[u"event"_s] = u"done"_s;
    fields[u"ok"_s] = ok;
    printLine(fields);
}

} // namespace quarry::cli
