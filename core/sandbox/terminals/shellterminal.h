// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A person's shell in a sandbox.
#pragma once

#include "agent/client/agentprocess.h"
#include "sandbox/terminals/terminal.h"
#include "terminal/asciicastwriter.h"

#include <QMap>
#include <QTimer>

namespace quarry::sandbox {

struct ShellSpec {
    QString name;                // any text; empty: the next free "shell", "shell 2", …
    QList<QByteArray> argv;      // empty: a login bash, or sh where there is none
    QMap<QString, QString> env;  // over TERM, COLORTERM and what marks prompts (OSC 133)
    QString cwd;                 // empty: the home
    QString recordingFile;       // asciicast v2; empty: none
    int rows = 24;
    int columns = 80;
};

// Its program waits while a viewer that still reads is too far behind, so that nothing is lost to
// it; a viewer that has stopped reading holds nobody up for longer than some seconds.
class ShellTerminal : public Terminal
{
    Q_OBJECT
public:
    ShellTerminal(agent::AgentClient &agent, const ShellSpec &spec);
    ~ShellTerminal() override;

    Result<void> write(const QByteArray &typed) override;
    void resize(int rows, int columns) override;
    Result<void> close() override;
    void abandon(const QString &reason) override;

private:
    void viewersMoved() override;
    void pace();
    void failed(const Error &error);
    void end(const QString &reason, std::optional<int> code);

    std::unique_ptr<agent::AgentProcess> m_process;
    std::unique_ptr<terminal::AsciicastWriter> m_recording;
    QTimer m_patience; // with viewers that are behind
    qint64 m_owed = 0; // output that the program may not have room for again yet
};

} // namespace quarry::sandbox
