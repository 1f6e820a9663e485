// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A terminal of the engine, as the window has it: its output comes here, what is typed goes there.
#pragma once

#include "engine/enginehost.h"
#include "sandbox/terminals/terminal.h"

#include <QObject>

#include <memory>

namespace quarry::widgets {

class TerminalRelay;

// On the engine's thread stands a viewer; it reads ahead of consumed() by Window bytes at most, so
// that a program waits for who looks at it, as in a terminal of this machine.
class TerminalFeed : public QObject
{
    Q_OBJECT
public:
    static constexpr qint64 Window = 384 << 10;

    // HOST must live as long.
    TerminalFeed(engine::EngineHost &host, std::weak_ptr<sandbox::Terminal> terminal,
                 QObject *parent = nullptr);
    ~TerminalFeed() override;

    // As it was told last; the first telling comes before any output.
    const sandbox::TerminalState &state() const { return m_state; }
    // So many more are shown.
    void consumed(qint64 bytes);

    void type(const QByteArray &bytes);
    void resize(int columns, int rows);
    void takeOver();
    void giveBack();
    void close(); // hangs up

Q_SIGNALS:
    void received(const QByteArray &bytes);
    void skipped(qint64 bytes); // were forgotten before they could be read
    void stateChanged();
    void refused(const QString &reason); // what was asked last

private:
    TerminalRelay *m_relay; // on the engine's thread
    sandbox::TerminalState m_state;
};

} // namespace quarry::widgets
