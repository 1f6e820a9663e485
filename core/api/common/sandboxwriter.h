// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One file on its way into a sandbox: under its name only when it is whole.
#pragma once

#include "api/common/context.h"
#include "api/common/spoolfile.h"

#include <QObject>

#include <memory>
#include <optional>

namespace quarry::agent {
class AgentClient;
class AgentFileWriter;
} // namespace quarry::agent

namespace quarry::api {

// Frees an object from the event loop: what holds it may be its own callback.
struct FreeLater {
    void operator()(QObject *object) const { object->deleteLater(); }
};

class SandboxWriter;
using SandboxWriterPtr = std::unique_ptr<SandboxWriter, FreeLater>;

// Freeing it before the end leaves nothing inside. Missing folders are made; relative paths start
// where commands do.
class SandboxWriter : public QObject
{
    Q_OBJECT
public:
    // NotFound, WrongState.
    static Result<SandboxWriterPtr> open(const Context &context, const QString &id,
                                         const QString &path, std::optional<quint32> mode = {});
    ~SandboxWriter() override;

    void write(QByteArrayView data);
    // Whether so much waits that the giver should pause until drained().
    bool isFull() const;
    // After the last write: DONE comes once, with the bytes written. Also when it had failed
    // before.
    void finish(Callback<qint64> done);
    // The same after sending all of SPOOL.
    void finishFrom(std::shared_ptr<const SpoolFile> spool, Callback<qint64> done);

Q_SIGNALS:
    void drained();
    // It will not become whole; finish() tells the same. At most once.
    void failed(const quarry::Error &error);

private:
    SandboxWriter(agent::AgentClient *client, const QString &path, std::optional<quint32> mode);
    void pump();
    void commit();
    void end(Result<qint64> result);

    QString m_path;
    std::unique_ptr<agent::AgentFileWriter> m_writer;
    std::shared_ptr<const SpoolFile> m_spool;
    qint64 m_spoolSent = 0;
    Callback<qint64> m_done;
    std::optional<Error> m_failure;
};

// ERROR with the path of the file it is about, when its message has it not.
Error aboutFile(Error error, const QString &path);

} // namespace quarry::api
