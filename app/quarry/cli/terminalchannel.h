// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A live terminal of a running engine, at which a person sits down and from which they get up.
#pragma once

#include "cli/commandchannel.h"
#include "client/terminalstream.h"

#include <QElapsedTimer>

namespace quarry::cli {

// Ctrl-] three times within a second leaves: exited(0), and the terminal goes on.
class TerminalChannel : public CommandChannel
{
    Q_OBJECT
public:
    // TAKEOVER: an agent's session comes into our hands, and is given back when we leave.
    TerminalChannel(client::Upgraded connection, bool takeOver, QObject *parent = nullptr);

    void sendInput(const QByteArray &bytes) override;
    void endInput() override { leave(); }
    qint64 inputQueued() const override { return m_stream.bytesQueued(); }
    void resize(int rows, int columns) override;
    void consume(Stream stream, qint64 count) override;

Q_SIGNALS:
    void told(const QString &words); // for a person, beside the terminal

private:
    void showState(const QJsonObject &state);
    bool asksToLeave(const QByteArray &bytes);
    void leave();

    client::TerminalStream m_stream;
    bool m_takeOver;
    bool m_greeted = false;
    bool m_left = false;
    int m_rows = 0;
    int m_columns = 0;
    int m_leaveKeys = 0;
    QElapsedTimer m_sinceLeaveKey;
    qint64 m_unconsumed = 0;
};

} // namespace quarry::cli
