// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Where a command's words go: text for people, or one JSON object a line.
#pragma once

#include "base/error.h"

#include <QJsonObject>
#include <QString>

namespace quarry::service {
class SignalWatch;
}

namespace quarry::cli {

namespace exitcode {
inline constexpr int done = 0;
inline constexpr int failed = 1;
inline constexpr int wrongUsage = 2;
inline constexpr int timedOut = 124;
inline constexpr int notStarted = 125; // of exec: the sandbox could not start
inline constexpr int interrupted = 130;
} // namespace exitcode

class Context
{
public:
    Context(bool json, service::SignalWatch &signalWatch);

    bool json() const { return m_json; }
    // Standard output is a terminal; only then anything may move on the screen.
    bool onTerminal() const { return m_terminal; }
    service::SignalWatch &signalWatch() { return m_signals; }

    // Standard output, whole and at once. False when its reader has gone.
    bool print(const QString &text);
    bool printLine(const QJsonObject &object);
    // Standard error, with the program's name before it.
    void warn(const QString &text);

    // Tells the error and gives the exit code: 130 for Cancelled, else CODE. With --json as an
    // event on standard output too.
    int fail(const Error &error, int code = exitcode::failed);
    // The last event of a command; nothing for people.
    void done(QJsonObject fields = {}, bool ok = true);

private:
    bool m_json;
    bool m_terminal;
    service::SignalWatch &m_signals;
};

// Writes all of it, waiting where the descriptor makes us wait. False when it cannot take it.
bool writeAll(int descriptor, const QByteArray &bytes);

} // namespace quarry::cli
