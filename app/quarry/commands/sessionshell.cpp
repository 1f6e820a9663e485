// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/sessionshell.h"

#include "cli/context.h"
#include "service/signalwatch.h"

#include <array>
#include <cerrno>
#include <poll.h>
#include <unistd.h>

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr double commandSeconds = 24 * 3600;
constexpr qsizetype lineMax = 1 << 20;

// Lines of standard input, interruptible.
class LineReader
{
public:
    explicit LineReader(int abortDescriptor) : m_abort(abortDescriptor) { }

    // False at the end of the input, or when interrupted.
    bool next(QByteArray &line)
    {
        while (true) {
            const qsizetype end = m_buffer.indexOf('\n');
            if (end >= 0 || (m_over && !m_buffer.isEmpty())) {
                line = m_buffer.left(end);
                m_buffer.remove(0, end < 0 ? m_buffer.size() : end + 1);
                return true;
            }
            if (m_over || m_buffer.size() > lineMax || !fill())
                return false;
        }
    }

private:
    bool fill()
    {
        pollfd entries[2] = {{STDIN_FILENO, POLLIN, 0}, {m_abort, POLLIN, 0}};
        if (::poll(entries, 2, -1) < 0 && errno != EINTR)
            return false;
        if (entries[1].revents != 0)
            return false;
        if (entries[0].revents == 0)
            return true;
        std::array<char, 4096> bytes;
        const ssize_t count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
        if (count > 0)
            m_buffer.append(bytes.data(), count);
        else
            m_over = true;
        return true;
    }

    int m_abort;
    QByteArray m_buffer;
    bool m_over = false;
};

} // namespace

int runSessionShell(Context &context, client::Client &engine, const QString &sandboxId,
                    const QString &session)
{
    const QJsonObject names{{u"sandbox_id"_s, sandboxId}, {u"name"_s, session}};
    const Result<QJsonObject> created = engine.post(u"/sessions"_s, names);
    if (!created && created.error().code != ErrorCode::AlreadyExists)
        return context.fail(created.error());
    const bool prompt = context.onTerminal() && !context.json() && ::isatty(STDIN_FILENO) == 1;
    LineReader reader(context.signalWatch().descriptor());
    QByteArray line;
    int code = 0;
    while (true) {
        if (prompt)
            context.print(session + u"$ "_s);
        if (!reader.next(line))
            break;
        if (line.trimmed().isEmpty())
            continue;
        QJsonObject body = names;
        body[u"command"_s] = QString::fromUtf8(line);
        body[u"timeout"_s] = commandSeconds;
        const Result<QJsonObject> result = engine.post(u"/sessions/run"_s, body);
        if (!result)
            return context.fail(result.error());
        code = result->value("exit_code"_L1).toInt();
        if (context.json()) {
            context.printLine({{u"event"_s, u"output"_s},
                               {u"stream"_s, u"stdout"_s},
                               {u"text"_s, result->value("output"_L1)},
                               {u"exit_code"_s, code}});
            continue;
        }
        const QString output = result->value("output"_L1).toString();
        context.print(output.isEmpty() || output.endsWith(u'\n') ? output : output + u'\n');
    }
    if (context.signalWatch().received() != 0)
        return context.fail({ErrorCode::Cancelled, u"Interrupted; the session stays."_s, {}});
    context.done({{u"exit_code"_s, code}}, code == 0);
    return code;
}

} // namespace quarry::cli
