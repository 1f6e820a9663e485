// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The half of a TerminalFeed that lives on the engine's thread. Its signals may be followed from
// another thread, everything else is called on the engine's.
#pragma once

#include "sandbox/terminals/terminal.h"

#include <QObject>

#include <memory>

namespace quarry::widgets {

class TerminalRelay : public QObject
{
    Q_OBJECT
public:
    // Reads CREDIT bytes before it waits for grant(). The terminal may have gone meanwhile.
    TerminalRelay(std::weak_ptr<sandbox::Terminal> terminal, qint64 credit);

    void begin();
    void grant(qint64 bytes);
    void type(const QByteArray &bytes);
    void resize(int columns, int rows);
    void takeOver();
    void giveBack();
    void close();

Q_SIGNALS:
    void received(const QByteArray &bytes);
    void skipped(qint64 bytes);
    void stateTold(const quarry::sandbox::TerminalState &state);
    void refused(const QString &reason);

private:
    void pump();
    void tellState();
    void told(const Result<void> &result);

    std::weak_ptr<sandbox::Terminal> m_terminal;
    std::unique_ptr<sandbox::TerminalViewer> m_viewer; // holds the terminal
    qint64 m_credit;
    bool m_pumping = false;
};

} // namespace quarry::widgets
