// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A live terminal that people look at and type into: a shell of their own, or an agent's bash
// session.
//
// Any number of viewers, each at its own pace; who comes late reads what was missed, as far as it
// is kept. Lives on the engine's thread.
#pragma once

#include "base/result.h"
#include "sandbox/terminals/terminaloutput.h"

#include <QList>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace quarry::sandbox {

class TerminalViewer;

inline constexpr int terminalSizeMax = 1000; // rows, and columns

// How it stands; what a viewer shows beside the screen.
struct TerminalState {
    bool readOnly = false;  // an agent types; typing is refused until it is taken over
    bool takenOver = false; // an agent's session in a person's hands
    bool ended = false;
    QString endReason;           // a full sentence
    std::optional<int> exitCode; // 128+n for signal n
    int rows = 24;
    int columns = 80;
};

// Held by its sandbox while that runs, and by every viewer: what was shown can be read to its end.
class Terminal : public QObject, public std::enable_shared_from_this<Terminal>
{
    Q_OBJECT
public:
    enum class Kind { Shell, Session };
    Q_ENUM(Kind)

    Kind kind() const { return m_kind; }
    const QString &name() const { return m_name; }
    const TerminalState &state() const { return m_state; }
    const TerminalOutput &output() const { return m_output; }

    // Begins with the oldest output that is kept.
    std::unique_ptr<TerminalViewer> attach();

    // What a person types. WrongState when it is read only or has ended, LimitExceeded when the
    // program has not read what was typed before.
    virtual Result<void> write(const QByteArray &typed) = 0;
    // 1 to terminalSizeMax each; others are brought into that range. Nothing happens to a read-only
    // one.
    virtual void resize(int rows, int columns) = 0;
    // Of an agent's session: its calls wait until it is given back. WrongState for a shell.
    virtual Result<void> takeOver();
    virtual Result<void> giveBack();
    // Hangs up; ended follows. An agent's session is the agent's to close: WrongState.
    virtual Result<void> close() = 0;
    // Its sandbox ends, for REASON; nothing more comes.
    virtual void abandon(const QString &reason);

Q_SIGNALS:
    void stateChanged();

protected:
    Terminal(Kind kind, QString name);

    void addOutput(const QByteArray &bytes);
    void setState(TerminalState state);
    void setEnded(const QString &reason, std::optional<int> exitCode);
    // How far the slowest viewer is behind that has not stopped reading; 0 without viewers.
    qint64 lag() const;
    // A viewer has read or gone.
    virtual void viewersMoved() { }
    // Leaves viewers that have not read since the last call out of lag().
    void dropStalledViewers();

private:
    friend class TerminalViewer;

    const Kind m_kind;
    const QString m_name;
    TerminalState m_state;
    TerminalOutput m_output;
    QList<TerminalViewer *> m_viewers;
};

// One who reads a terminal's output.
class TerminalViewer : public QObject
{
    Q_OBJECT
public:
    ~TerminalViewer() override;

    Terminal &terminal() const { return *m_terminal; }
    // The next output, empty when there is none yet.
    QByteArray read(qsizetype max);
    // How many bytes were forgotten before they could be read, since the last call. What read()
    // gives next may begin anywhere, also inside a sequence.
    qint64 takeSkipped();
    bool atEnd() const;

Q_SIGNALS:
    // There is something to read; once until it was read to the end.
    void readyRead();
    void stateChanged();

private:
    friend class Terminal;
    explicit TerminalViewer(std::shared_ptr<Terminal> terminal);
    void announce();

    std::shared_ptr<Terminal> m_terminal;
    qint64 m_position = 0;
    qint64 m_skipped = 0;
    bool m_announced = false;
    bool m_hasRead = true; // since the last look
    bool m_stalled = false;
};

} // namespace quarry::sandbox
