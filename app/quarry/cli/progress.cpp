// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/progress.h"

#include "cli/context.h"
#include "cli/table.h"
#include "cli/terminalmode.h"

#include <unistd.h>

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {
constexpr qint64 firstMs = 300; // quick work shows nothing
constexpr qint64 everyMs = 200;
} // namespace

Progress::Progress(Context &context, QString what)
    : m_context(context), m_what(std::move(what)), m_next(context.json() ? 0 : firstMs),
      m_animated(context.onTerminal() && !context.json() && ::isatty(STDERR_FILENO) == 1)
{
    m_clock.start();
}

Progress::~Progress()
{
    if (m_drawn > 0)
        writeAll(STDERR_FILENO, '\r' + QByteArray(m_drawn, ' ') + '\r');
}

bool Progress::isDue()
{
    const qint64 now = m_clock.elapsed();
    if (now < m_next)
        return false;
    m_next = now + everyMs;
    return true;
}

void Progress::bytes(qint64 done, qint64 total)
{
    if ((!m_animated && !m_context.json()) || !isDue())
        return;
    const double seconds = std::max(0.001, double(m_clock.elapsed()) / 1000);
    const double rate = double(done) / seconds;
    const double left = total > 0 && rate > 0 ? double(total - done) / rate : -1;
    if (m_context.json()) {
        QJsonObject event{{u"event"_s, u"progress"_s},
                          {u"bytes_done"_s, done},
                          {u"bytes_total"_s, total},
                          {u"bytes_per_second"_s, qint64(rate)}};
        if (left >= 0)
            event[u"seconds_left"_s] = qint64(left);
        m_context.printLine(event);
        return;
    }
    QString line = m_what + u": "_s + humanSize(double(done));
    if (total > 0)
        line += u" of %1, %2 %"_s.arg(humanSize(double(total))).arg(done * 100 / total);
    line += u", "_s + humanSize(rate) + u"/s"_s;
    if (left >= 0)
        line += u", "_s + humanTime(qint64(left)) + u" left"_s;
    draw(line);
}

void Progress::text(const QString &text)
{
    if (m_animated && isDue())
        draw(m_what + u": "_s + tame(text));
}

void Progress::draw(const QString &line)
{
    const QString fitting = line.left(TerminalMode::size().columns - 1);
    const qsizetype rest = std::max<qsizetype>(0, m_drawn - fitting.size());
    writeAll(STDERR_FILENO, '\r' + fitting.toUtf8() + QByteArray(rest, ' '));
    m_drawn = fitting.size();
}

} // namespace quarry::cli
