// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One Python interpreter that runs bridge.py through an agent, asked and answering in JSON lines.
#pragma once

#include "agent/client/agentprocess.h"
#include "base/result.h"

#include <QJsonObject>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <deque>
#include <memory>
#include <optional>

namespace quarry::gem {

// Whatever the program does (ends, hangs, floods, answers garbage), the worst that comes of it is
// that this is over. Lives on the agent client's thread and never blocks it.
class Bridge : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype answerMax = qsizetype(32) << 20; // bytes of one answer
    static constexpr std::chrono::milliseconds callDeadline{60'000};

    // PYTHON as AGENT's machine sees it; ENVIRONMENT as SpawnSpec has it. Starts at once.
    Bridge(agent::AgentClient *agent, const QString &python, const QList<QByteArray> &environment,
           QObject *parent = nullptr);
    ~Bridge() override; // kills the interpreter and what it started; waiting calls get Cancelled

    // Calls are done one after the other. DONE gets what bridge.py answers, or:
    // CommandFailed for an exception of the package (details "exception": its type), and then the
    // interpreter lives on; Timeout when there is no answer within DEADLINE, which counts from the
    // moment when the call's turn comes; LimitExceeded for an endless answer; ConnectionLost when
    // the interpreter has ended. The last three are the end of this, and what every later call
    // gets.
    void call(QJsonObject request, std::chrono::milliseconds deadline, Callback<QJsonObject> done);

    // Kills the interpreter and what it started: waiting calls and later ones get Cancelled.
    void cancel();
    bool isOver() const { return m_end.has_value(); }

Q_SIGNALS:
    void ended(const quarry::Error &error); // once, before the waiting calls are told

private:
    struct Call {
        QString name;
        QByteArray line;
        std::chrono::milliseconds deadline;
        Callback<QJsonObject> done;
    };

    void sendNext();
    void takeOutput(agent::AgentProcess::Channel channel, const QByteArray &data);
    void takeAnswers();
    void answer(const QByteArray &line);
    void end(ErrorCode code, const QString &what);
    QString lastWords() const;

    std::unique_ptr<agent::AgentProcess> m_process;
    std::deque<Call> m_calls; // the first is under way
    QTimer m_deadline;
    QByteArray m_output;
    QByteArray m_errors; // the end of what it wrote
    std::optional<Error> m_end;
};

} // namespace quarry::gem
