// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One viewer of a terminal at the other end of a WebSocket.
//
// Binary messages are the terminal's bytes, both ways. Text messages are JSON objects with a
// "type". From the client: resize {rows, cols}, take_over, give_back. To it: state {the terminal's
// object} at first and at every change, skipped {bytes} where output was lost to it, error
// {message} for what was refused, and ended {reason, exit_code} as the last.
#pragma once

#include "api/common/context.h"
#include "sandbox/terminals/terminal.h"

#include <QJsonObject>
#include <QObject>
#include <QTimer>

#include <memory>

class QWebSocket;

namespace quarry::api::own {

// The terminal as the API shows it.
QJsonObject terminalObject(const sandbox::Terminal &terminal);

// Sends no more than the client takes; one that answers no ping for half a minute is dropped.
// Deletes itself with its connection.
class TerminalRelay : public QObject
{
    Q_OBJECT
public:
    // IN_USE is held as long as the client is there.
    TerminalRelay(QWebSocket *socket, std::unique_ptr<sandbox::TerminalViewer> viewer,
                  std::shared_ptr<void> inUse);
    ~TerminalRelay() override;

private:
    void pump();
    void takeText(const QString &message);
    void tellState();
    void tell(const QJsonObject &message);
    void refuse(const Error &error);
    void checkPeer();

    QWebSocket *m_socket;
    std::unique_ptr<sandbox::TerminalViewer> m_viewer;
    std::shared_ptr<void> m_inUse;
    QTimer m_pings;
    bool m_answered = true; // the last ping
    bool m_ending = false;
};

} // namespace quarry::api::own
