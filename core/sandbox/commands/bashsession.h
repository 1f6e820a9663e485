// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One persistent interactive bash on a terminal inside a sandbox, and the calls made into it.
//
// Calls queue: one runs at a time, in the order of their coming. What a command printed is found
// between marks that the agent takes out of the terminal's stream; its end and exit code come on a
// way of their own, so nothing that is printed can stand for them.
//
// Lives on the engine's thread and never blocks it. Every callback is called exactly once, never
// from inside the call that took it.
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QMap>
#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

namespace quarry::agent {
class AgentClient;
}

namespace quarry::sandbox {

// What a session is made of.
struct SessionSpec {
    QString name; // any text; never part of a path
    QMap<QString, QString> env; // over the defaults PATH, HOME, TERM, LANG, USER, SHELL
    QStringList
        startupSource;  // files sourced in this order; one that is missing says so in the output
    QString user; // a name or number of the sandbox's passwd; empty: the agent's own
    QString cwd; // empty: the user's home
    double startupSeconds = 5; // for the sourced files together; never less than 5
    qint64 outputMax = 32 << 20; // bytes of one call's output; past it head and tail stay
    QString recordingFile; // asciicast v2; empty: none. A recording that fails never fails a call
    int rows = 24;
    int columns = 160;
};

// One call.
struct RunSpec {
    QByteArray command; // UTF-8 by custom, any bytes but NUL; up to 64 MiB
    std::optional<double> timeoutSeconds; // none: as long as it takes
    std::optional<double> noOutputSeconds; // interrupt after so long without output
    // Feeds the program that an earlier interactive call left running, or starts one; answers when
    // an EXPECT matches, when there is none after 0.5 s of silence, or when the program has ended.
    bool interactive = false;
    bool interactiveQuit = false; // sends the command to the program and waits for its end
    QStringList expect; // regular expressions (PCRE); one that is broken is InvalidArgument
};

struct RunResult {
    // Control sequences removed, lines end in "\n", stripped at both ends; in pieces.
    QByteArrayList output;
    int exitCode = 0;
    QString expectString; // the text that matched
    // Not empty: the call failed, whatever its exit code and however it is checked. A full
    // sentence.
    QString failureReason;
    bool timedOut = false; // by either limit; the foreground job is gone, the session usable
    bool syntaxError = false; // nothing ran; OUTPUT is bash's own message, exitCode 2
    bool sessionEnded = false; // the shell is gone (exit, kill); exitCode is the shell's
};

class BashSession : public QObject
{
    Q_OBJECT
public:
    // AGENT may die before the session: the session then has ended.
    BashSession(agent::AgentClient &agent, SessionSpec spec, QObject *parent = nullptr);
    ~BashSession() override; // hangs up; whoever still waits gets Cancelled

    // Once. Starts the shell and sources the files; answers with what they printed. On an error the
    // session has ended: InvalidArgument, NotFound (user, bash), Timeout, CommandFailed.
    void start(Callback<QByteArray> done);

    // Queues a call. WrongState when the session has ended or an interactive program holds the
    // terminal; InvalidArgument for a NUL byte or a broken expression. The number names the call.
    quint64 run(const RunSpec &spec, Callback<RunResult> done);
    // A call that waits is taken out. One that runs goes on, or with INTERRUPT is ended as by its
    // timeout; its answer is thrown away either way. The callback gets Cancelled.
    void cancel(quint64 call, bool interrupt);

    // Hangs up: SIGHUP to all of the terminal's session, SIGKILL after 1 s to what was not put
    // under nohup. A running call and all waiting ones fail with WrongState. Answers when it is
    // done.
    void close(Callback<void> done);

    const QString &name() const;
    bool ended() const;
    QString endReason() const; // empty while it lives
    bool busy() const; // a call runs or waits

    // For a person at the terminal: bytes typed, and the window's size (1–1000 each).
    void write(const QByteArray &typed);
    void resize(int rows, int columns);
    int rows() const; // as it was made
    int columns() const;

    // Puts the shell into a person's hands: when the running call has ended, a prompt appears on
    // the terminal, and all calls wait (their limits run on) until it is given back. WrongState
    // when it is taken already or has ended.
    Result<void> takeOver();
    // What the person left running is interrupted. Leaving the prompt (Ctrl-D) gives back too.
    void giveBack();
    bool takenOver() const;

    // The sandbox ends, for REASON, and the session is deleted next: the recording tells it.
    void endRecording(const QString &reason);

Q_SIGNALS:
    // What the terminal showed, as it came, our marks taken out; between calls too.
    void rawOutputArrived(const QByteArray &bytes);
    void takenOverChanged();
    // The shell is gone or the session was closed; endReason() says why. Once.
    void sessionEnded();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace quarry::sandbox
