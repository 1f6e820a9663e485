// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/commands/bashsessioncall.h"

#include <utility>

namespace quarry::sandbox {

BashSessionCall::BashSessionCall(quint64 number, RunSpec spec, ExpectMatcher matcher,
                                 qint64 outputMax, Callback<RunResult> done)
    : m_number(number), m_spec(std::move(spec)), m_matcher(std::move(matcher)),
      m_done(std::move(done)), m_output(outputMax)
{
    timeLimit.setSingleShot(true);
    timeLimit.setTimerType(Qt::PreciseTimer);
    silenceLimit.setSingleShot(true);
}

void BashSessionCall::answer(Result<RunResult> result)
{
    if (const Callback<RunResult> done = takeCallback())
        done(std::move(result));
}

void BashSessionCall::show(QByteArrayView bytes)
{
    QByteArray text;
    m_cleaner.feed(bytes, text);
    m_output.append(text);
}

std::optional<QString> BashSessionCall::expected() const
{
    if (m_matcher.isEmpty())
        return {};
    const QByteArray end = m_output.last(ExpectMatcher::Window + m_sent.size());
    const bool whole = end.size() == m_output.total();
    return m_matcher.match(whole ? withoutEcho(end, m_sent) : QByteArrayView(end));
}

QByteArray BashSessionCall::takeOutput()
{
    QByteArray rest;
    m_cleaner.finish(rest);
    m_output.append(rest);
    QByteArray text = m_output.take();
    const qsizetype echo = text.size() - withoutEcho(text, m_sent).size();
    if (echo > 0)
        text.remove(0, echo);
    return stripped(std::move(text)); // one that is shared would be copied, however large
}

} // namespace quarry::sandbox
