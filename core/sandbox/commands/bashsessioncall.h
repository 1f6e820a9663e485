// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One call into a session, from the queue to its answer.
#pragma once

#include "sandbox/commands/bashsession.h"
#include "sandbox/commands/boundedoutput.h"
#include "sandbox/commands/expectmatcher.h"
#include "terminal/controlcleaner.h"

#include <QTimer>

namespace quarry::sandbox {

class BashSessionCall
{
public:
    enum class Limit { None, Time, Silence };

    BashSessionCall(quint64 number, RunSpec spec, ExpectMatcher matcher, qint64 outputMax,
                    Callback<RunResult> done);

    quint64 number() const { return m_number; }
    const RunSpec &spec() const { return m_spec; }
    bool interactive() const { return m_spec.interactive; }

    // Answers, now: callers are in the event loop. Only the first answer counts.
    void answer(Result<RunResult> result);
    // Takes the callback away, for an answer that comes later from the loop.
    Callback<RunResult> takeCallback() { return std::exchange(m_done, {}); }

    // The command was sent to a program, which may echo it.
    void setSent(QByteArray sent) { m_sent = std::move(sent); }
    void show(QByteArrayView bytes);
    // The expected text that the output holds by now.
    std::optional<QString> expected() const;
    // The whole output, cleaned and stripped; once.
    QByteArrayList takeOutput();

    QTimer timeLimit;    // of the whole call, waiting included
    QTimer silenceLimit; // restarted by output: the limit of its spec, or the quiet of a program
    Limit hit = Limit::None; // which one interrupted it

private:
    quint64 m_number;
    RunSpec m_spec;
    ExpectMatcher m_matcher;
    Callback<RunResult> m_done;
    terminal::ControlCleaner m_cleaner;
    BoundedOutput m_output;
    QByteArray m_sent;
};

} // namespace quarry::sandbox
