// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One file on its way out of a sandbox to this machine.
#pragma once

#include "agent/client/agentfilereader.h"
#include "copy/copyplan.h"
#include "copy/localfile.h"

#include <QObject>

#include <memory>

namespace quarry::sandbox {

// Holds a window of the agent's at most. Lives on the agent's thread, writes on a pool's;
// destroying it before the end leaves what was there before. One of finished() and failed() is the
// last signal; deleteLater() from there.
class FileReceiver : public QObject
{
    Q_OBJECT
public:
    FileReceiver(agent::AgentClient *client, const copy::CopyItem &item, QObject *parent = nullptr);

Q_SIGNALS:
    void moved(qint64 bytes);
    void finished();
    void failed(const quarry::Error &error);

private:
    void pump();
    void write(const QByteArray &bytes);
    void fail(const Error &error);

    agent::AgentFileReader m_reader;
    std::shared_ptr<copy::PartFile> m_part;
    quint32 m_mode;
    QByteArray m_waiting;
    bool m_writing = false;
    bool m_arrived = false; // all of it
    bool m_over = false;
};

} // namespace quarry::sandbox
