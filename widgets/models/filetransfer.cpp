// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/filetransfer.h"

namespace quarry::widgets {

using sandbox::CopyJob;

FileTransfer::FileTransfer(engine::EngineHost &host, QString id,
                           const sandbox::CopyRequest &request, QObject *parent)
    : QObject(parent), m_host(host), m_id(std::move(id)), m_job(new CopyJob(request))
{
    connect(m_job, &CopyJob::existingFound, this, &FileTransfer::existingFound);
    connect(m_job, &CopyJob::progressed, this, &FileTransfer::progressed);
    connect(m_job, &CopyJob::finished, this, &FileTransfer::finished);
    connect(m_job, &CopyJob::failed, this, &FileTransfer::failed);
    host.moveToEngine(*m_job);
}

FileTransfer::~FileTransfer()
{
    m_job->deleteLater();
}

void FileTransfer::start()
{
    m_host.ask<void>(
        this,
        [job = m_job, id = m_id](engine::Engine &engine, const Callback<void> &done) {
            const Result<agent::AgentClient *> client = engine.sandboxes().agent(id);
            if (client)
                job->begin(*client, engine.sandboxes().hold(id));
            done(client ? Result<void>() : client.error());
        },
        [this](const Result<void> &begun) {
            if (!begun)
                Q_EMIT failed(begun.error(), {});
        });
}

void FileTransfer::decide(sandbox::Existing choice)
{
    QMetaObject::invokeMethod(m_job, [job = m_job, choice] { job->decide(choice); });
}

void FileTransfer::cancel()
{
    QMetaObject::invokeMethod(m_job, &CopyJob::cancel);
}

} // namespace quarry::widgets
