// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The engine's end of a bash session's stream (agent/wire/sessionmessages.h). No policy: queues,
// limits and what becomes of the output are the caller's.
#pragma once

#include "agent/client/agentstream.h"
#include "agent/wire/sessionmessages.h"

#include <QByteArray>
#include <QString>

namespace quarry::agent {

class AgentSession : public AgentStream
{
    Q_OBJECT
public:
    AgentSession(AgentClient *client, const SessionOpen &request, QObject *parent = nullptr);

    // One command at a time: the next after finished() or refused(). TEXT is at most sessionTextMax
    // long.
    void run(quint32 id, const QByteArray &text);
    void interrupt(quint32 id); // nothing happens when that command is over
    void type(const QByteArray &bytes);
    void resize(int rows, int columns); // 1–1000 each
    void hangUp(); // ended() follows

Q_SIGNALS:
    void started();
    void shown(const QByteArray &bytes); // by the terminal, our marks taken out
    void begun(quint32 id); // what is shown from here on is the command's
    void finished(quint32 id, int code);
    void refused(quint32 id, int code, const QByteArray &words); // the syntax is wrong; nothing ran
    void ended(int code, const QString &why); // the shell is gone; the last of the signals
    void
    failed(const quarry::Error &error); // the session could not start or was lost; the last one

private:
    void handleData(std::uint8_t channel, Bytes bytes) override;
    void handleMessage(Decoder message) override;
    void handleClosed(Result<void> result, const Failure &failure) override;

    void request(const SessionRequest &request);
    bool m_ended = false;
};

} // namespace quarry::agent
