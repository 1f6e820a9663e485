// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reads one regular file of the sandbox.
#pragma once

#include "agent/client/agentstream.h"
#include "agent/wire/filemessages.h"

#include <QTimer>

namespace quarry::agent {

// One of finished() and failed() is the last signal.
class AgentFileReader : public AgentStream
{
    Q_OBJECT
public:
    // LENGTH -1: to the end of the file.
    AgentFileReader(AgentClient *client, const QByteArray &path, qint64 offset = 0,
                    qint64 length = -1, QObject *parent = nullptr);

    // Back-pressure: all that dataArrived() brought must be consume()d sooner or later.
    using AgentStream::consume;

Q_SIGNALS:
    void opened(const quarry::agent::FileInfo &info); // once, before the data
    void dataArrived(const QByteArray &data);
    void finished(); // all of it has come
    void failed(const quarry::Error &error);

private:
    void handleData(std::uint8_t channel, Bytes bytes) override;
    void handleMessage(Decoder message) override;
    void handleEnd() override;
    void handleClosed(Result<void> result, const Failure &failure) override;

    QTimer m_deadline; // of the first answer
    bool m_opened = false;
    bool m_ended = false;
};

} // namespace quarry::agent
