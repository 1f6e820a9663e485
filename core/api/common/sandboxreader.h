// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One file on its way out of a sandbox.
#pragma once

#include "api/common/context.h"
#include "api/common/sandboxwriter.h"

#include <QObject>

namespace quarry::agent {
class AgentFileReader;
}

namespace quarry::api {

class SandboxReader;
using SandboxReaderPtr = std::unique_ptr<SandboxReader, FreeLater>;

class SandboxReader : public QObject
{
    Q_OBJECT
public:
    // NotFound, WrongState.
    static Result<SandboxReaderPtr> open(const Context &context, const QString &id,
                                         const QString &path);
    ~SandboxReader() override;

    // Back-pressure: at most a window more comes after setPaused(true).
    void setPaused(bool paused);

Q_SIGNALS:
    void opened(qint64 size); // at most once, before the data
    void dataArrived(const QByteArray &data);
    // The last. ok() only after all of the file has come.
    void ended(const quarry::Result<void> &result);

private:
    SandboxReader(agent::AgentClient *client, const QString &path);

    std::unique_ptr<agent::AgentFileReader> m_reader;
    qint64 m_unconsumed = 0;
    bool m_paused = false;
};

} // namespace quarry::api
