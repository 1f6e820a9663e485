// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The inside of BashSession: its queue, and the conversation with the agent.
#pragma once

#include "agent/client/agentclient.h"
#include "agent/client/agentsession.h"
#include "sandbox/commands/bashsession.h"
#include "sandbox/commands/bashsessioncall.h"
#include "terminal/asciicastwriter.h"

#include <QPointer>

#include <deque>

namespace quarry::sandbox {

class BashSession::Private
{
public:
    Private(BashSession *owner, agent::AgentClient &agent, SessionSpec spec);
    ~Private();

    void start(Callback<QByteArray> done);
    quint64 run(const RunSpec &spec, Callback<RunResult> done);
    void cancel(quint64 call, bool interrupt);
    void close(Callback<void> done);
    void write(const QByteArray &typed);
    void resize(int rows, int columns);
    Result<void> takeOver();
    void giveBack();
    void endRecording(const QString &reason);

    SessionSpec spec;
    bool isOver = false;
    QString endReason;
    bool isTaken = false; // by a person

    bool busy() const { return m_current || !m_queue.empty(); }

private:
    using CallPointer = std::unique_ptr<BashSessionCall>;

    void connectSession();
    void next(); // takes calls from the queue while none runs
    void refuseOrdinary();
    void begin(CallPointer call);
    void startUnit();
    void startPrompt(bool continued);
    void promptEnded(int code);
    void feedProgram();
    void limitReached(quint64 call, BashSessionCall::Limit limit);
    void silent();

    void begun(quint32 unit);
    void shown(const QByteArray &bytes);
    void finished(quint32 unit, int code);
    void refused(quint32 unit, int code, const QByteArray &words);
    void ended(int code, const QString &why);
    void failed(const Error &error);

    // Answers the current call; the next one begins.
    void finishCurrent(RunResult result);
    void failAll(const Error &current, const Error &waiting);
    void setOver(const QString &reason);
    QByteArray startupCommand() const;
    void startupDone(Result<RunResult> result);
    // CALLBACK with VALUE from the event loop.
    template <typename T>
    void later(Callback<T> callback, Result<T> value);

    BashSession *const m_owner;
    QPointer<agent::AgentClient> m_agent;
    QPointer<agent::AgentSession> m_session;
    std::unique_ptr<terminal::AsciicastWriter> m_recording;
    QTimer m_guard; // for an agent that does not answer
    QTimer m_programGrace; // how long an ordinary call waits for a program that may be about to end
    bool m_ready = false; // the startup files have been sourced
    bool m_closing = false;
    Callback<QByteArray> m_started;
    std::vector<Callback<void>> m_closed;

    std::deque<CallPointer> m_queue;
    CallPointer m_current;
    bool m_collecting = false; // what is shown belongs to the current call
    bool m_programRuns = false; // an interactive program was left running
    quint32 m_unit = 0; // what bash runs now; 0: nothing
    quint32 m_promptUnit = 0; // when that is a person's prompt
    bool m_typed = false; // since that began
    bool m_leaving = false; // the prompt is over and being cleaned up
    quint32 m_lastUnit = 0;
    quint64 m_lastCall = 0;
};

} // namespace quarry::sandbox
