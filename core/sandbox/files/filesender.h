// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One file on its way from this machine into a sandbox.
#pragma once

#include "agent/client/agentfilewriter.h"
#include "copy/copyplan.h"
#include "copy/localfile.h"

#include <QObject>

#include <memory>

namespace quarry::sandbox {

// Reads ahead of the sandbox by one piece at most. Lives on the agent's thread, reads on a pool's;
// destroying it before the end leaves nothing in the sandbox. One of finished() and failed() is the
// last signal; deleteLater() from there.
class FileSender : public QObject
{
    Q_OBJECT
public:
    FileSender(agent::AgentClient *client, const copy::CopyItem &item, QObject *parent = nullptr);

Q_SIGNALS:
    void moved(qint64 bytes);
    void finished();
    void failed(const quarry::Error &error);

private:
    void pump();
    void take(const Result<QByteArray> &piece);

    agent::AgentFileWriter m_writer;
    std::shared_ptr<copy::SourceFile> m_source;
    bool m_reading = false;
    bool m_ended = false;
};

} // namespace quarry::sandbox
