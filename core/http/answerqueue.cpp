// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/answerqueue.h"

#include <algorithm>
#include <utility>

namespace quarry::http {

bool AnswerQueue::areAllSafe() const
{
    return std::all_of(m_answers.begin(), m_answers.end(),
                       [](const Answer &answer) { return answer.safe; });
}

AnswerQueue::Answer *AnswerQueue::find(const Exchange *exchange)
{
    const auto found
        = std::find_if(m_answers.begin(), m_answers.end(),
                       [exchange](const Answer &answer) { return answer.exchange == exchange; });
    return found == m_answers.end() ? nullptr : &*found;
}

bool AnswerQueue::isFirst(const Exchange *exchange) const
{
    return !m_answers.empty() && m_answers.front().exchange == exchange;
}

void AnswerQueue::append(Answer &answer, QByteArray bytes)
{
    if (bytes.isEmpty())
        return;
    answer.waitingBytes += bytes.size();
    answer.waiting.push_back(std::move(bytes));
}

qint64 AnswerQueue::bytes() const
{
    qint64 bytes = m_stream.bytesToWrite();
    for (const Answer &answer : m_answers)
        bytes += answer.waitingBytes;
    return bytes;
}

qint64 AnswerQueue::bytesOf(const Exchange *exchange) const
{
    const auto found
        = std::find_if(m_answers.begin(), m_answers.end(),
                       [exchange](const Answer &answer) { return answer.exchange == exchange; });
    if (found == m_answers.end())
        return 0;
    return found->waitingBytes + (found == m_answers.begin() ? m_stream.bytesToWrite() : 0);
}

std::optional<AnswerQueue::Answer> AnswerQueue::takeFinished()
{
    if (m_answers.empty())
        return {};
    Answer &first = m_answers.front();
    for (QByteArray &bytes : std::exchange(first.waiting, {}))
        m_stream.write(std::move(bytes));
    first.waitingBytes = 0;
    if (!first.finished)
        return {};
    Answer taken = std::move(first);
    m_answers.pop_front();
    return taken;
}

} // namespace quarry::http
