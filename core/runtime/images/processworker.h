// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Workers with the caller's own identity: for root with plain folders, and where no mapping is
// needed.
#pragma once

#include "runtime/images/worker.h"

namespace quarry::runtime {

class ProcessWorker : public WorkerHost
{
public:
    // `COMMAND… ARGUMENTS` is what runs; normally {path of quarry, "worker"}.
    explicit ProcessWorker(QStringList command) : m_command(std::move(command)) { }

    Result<QByteArray> run(const WorkerTask &task, const Line &line) override;

private:
    QStringList m_command;
};

} // namespace quarry::runtime
