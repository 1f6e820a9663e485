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

QByteArrayList BashSessionCall::takeOutput()
{
    QByteArray rest;
    m_cleaner.finish(rest);
    m_output.append(rest);
    QByteArrayList text = m_output.take();
    const QByteArrayView begin = text.isEmpty() ? QByteArrayView() : QByteArrayView(text.first());
    removeFront(text, begin.size() - withoutEcho(begin, m_sent).size());
    return stripped(std::move(text));
}

} // namespace quarry::sandbox
