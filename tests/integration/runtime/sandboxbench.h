// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A data folder, a runtime over it and calls that wait, for tests.
#pragma once

#include "base/result.h"
#include "runtime/bubblewrap/bubblewrapruntime.h"

#include <QByteArray>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>
#include <optional>

namespace quarry::runtime {

class SandboxBench
{
public:
    SandboxBench();
    ~SandboxBench();

    bool isReady() const { return m_ready; }
    BubblewrapRuntime &runtime() { return *m_runtime; }
    const MachineSettings &settings() const { return m_settings; }
    bool can(const char *capability) const;
    QString reason(const char *capability) const;
    // Ends the runtime now.
    void close() { m_runtime.reset(); }

    // A specification with a fresh layer over a skeleton and this machine's /usr.
    InstanceSpec spec(const QString &id);
    Result<std::unique_ptr<Instance>> start(const InstanceSpec &spec);
    Result<void> stop(Instance &instance);

    // What is left of ID's: processes by their mark, control groups.
    static QStringList remains(const QString &id);

private:
    QTemporaryDir m_folder;
    MachineSettings m_settings;
    std::unique_ptr<BubblewrapRuntime> m_runtime;
    bool m_ready = false;
};

// Runs a shell line by the stand-in at the other end of FD: its output, and "\n=CODE\n" behind it;
// empty when the stream has ended.
class Shell
{
public:
    explicit Shell(UniqueFd stream);
    QByteArray run(const QByteArray &line);
    void close() { m_stream.reset(); }

private:
    UniqueFd m_stream;
};

} // namespace quarry::runtime
