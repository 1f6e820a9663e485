// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Writes one regular file of the sandbox: whole under its name, or not at all.
#pragma once

#include "agent/client/agentstream.h"
#include "agent/wire/filemessages.h"

#include <QTimer>

#include <optional>

namespace quarry::agent {

struct FileWriteOptions {
    std::optional<quint32> mode; // absent: that of the file that stood there, else 0644
    bool parents = true;         // make missing folders
};

// One of finished() and failed() is the last signal. Destroying it before leaves what stood there.
class AgentFileWriter : public AgentStream
{
    Q_OBJECT
public:
    AgentFileWriter(AgentClient *client, const QByteArray &path,
                    const FileWriteOptions &options = {}, QObject *parent = nullptr);

    // The bytes are shared, not copied. Back-pressure: wait for sent() when bytesQueued() passes
    // streamWindow.
    void write(const QByteArray &data);
    // No more comes: finished() follows when the file stands under its name.
    void commit();

Q_SIGNALS:
    void sent(); // bytesQueued() has fallen
    void finished(qint64 bytes);
    void failed(const quarry::Error &error);

private:
    void handleMessage(Decoder message) override;
    void handleClosed(Result<void> result, const Failure &failure) override;
    void handleSent() override;

    QTimer m_deadline; // of the answer to commit()
    qint64 m_written = -1;
};

} // namespace quarry::agent
