// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The answers of one connection, in the order of their requests.
#pragma once

#include "http/stream.h"

#include <QByteArray>

#include <deque>
#include <optional>
#include <utility>
#include <vector>

namespace quarry::http {

class Exchange;

class AnswerQueue
{
public:
    // An answer in the making.
    struct Answer {
        Exchange *exchange = nullptr;   // null: forgotten, or made by the connection itself
        std::vector<QByteArray> waiting; // until it is the first
        qint64 waitingBytes = 0;
        bool finished = false;
        bool close = false; // the connection ends with it
        bool safe = false;  // of a method that changes nothing: may be worked on beside others
    };

    explicit AnswerQueue(Stream &stream) : m_stream(stream) { }

    bool isEmpty() const { return m_answers.empty(); }
    int size() const { return int(m_answers.size()); }
    Answer &first() { return m_answers.front(); }
    Answer &add() { return m_answers.emplace_back(); }
    bool areAllSafe() const;
    Answer *find(const Exchange *exchange);
    bool isFirst(const Exchange *exchange) const;
    bool isLast(const Answer *answer) const { return answer == &m_answers.back(); }

    static void append(Answer &answer, QByteArray bytes);
    // What waits here and in the stream: of all, or of one.
    qint64 bytes() const;
    qint64 bytesOf(const Exchange *exchange) const;

    // Hands what the first has to the stream, and takes it out when it is finished.
    std::optional<Answer> takeFinished();
    std::deque<Answer> takeAll() { return std::exchange(m_answers, {}); }

private:
    Stream &m_stream;
    std::deque<Answer> m_answers;
};

} // namespace quarry::http
