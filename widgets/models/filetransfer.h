// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A copy between this machine and a sandbox, as the window has it; the work is a CopyJob's on the
// engine's thread.
#pragma once

#include "engine/enginehost.h"
#include "sandbox/files/copyjob.h"

#include <QObject>

namespace quarry::widgets {

// Destroying it cancels the copy.
class FileTransfer : public QObject
{
    Q_OBJECT
public:
    // HOST lives as long.
    FileTransfer(engine::EngineHost &host, QString id, const sandbox::CopyRequest &request,
                 QObject *parent = nullptr);
    ~FileTransfer() override;

    void start();
    // As CopyJob's.
    void decide(sandbox::Existing choice);
    void cancel();

Q_SIGNALS:
    // As CopyJob's.
    void existingFound(const QStringList &some, qint64 count);
    void progressed(qint64 bytes, qint64 total);
    void finished(const quarry::sandbox::CopySummary &summary);
    void failed(const quarry::Error &error, const quarry::sandbox::CopySummary &summary);

private:
    engine::EngineHost &m_host;
    QString m_id;
    sandbox::CopyJob *m_job; // on the engine's thread
};

} // namespace quarry::widgets
