// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The environments of the real package gem, each in a sandbox that only this knows of.
#pragma once

#include "gem/python/interpreter.h"
#include "gem/python/pythonenvironment.h"
#include "sandbox/layerkeeper.h"
#include "sandbox/sandboxdefaults.h"

#include <QThreadPool>

#include <QPointer>

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

namespace quarry::gem {

struct PythonGemSettings {
    QString python; // gem.python
    QString folder; // where gem-venv is looked for
    QString sandboxes; // their folder, of this engine alone
    sandbox::SandboxDefaults sandbox;
};

// Lives on the engine's thread and never blocks it. Every answer comes exactly once, never from
// inside the call.
class PythonGem : public QObject
{
    Q_OBJECT
public:
    // An interpreter with its packages takes 60 to 200 MB.
    static constexpr int mostEnvironments = 128;

    // All but SETTINGS must outlive this.
    PythonGem(runtime::SandboxRuntime &runtime, runtime::ImageStore &images,
              runtime::WorkerHost &worker, PythonGemSettings settings, QObject *parent = nullptr);
    ~PythonGem() override;

    // Takes away the folders that a killed engine left, a line each. Call before any make().
    void recover(Callback<QStringList> done);

    // The interpreter in use and the ids of its package, looked for again until one has been found.
    // Its errors are findInterpreter()'s.
    void interpreter(Callback<Interpreter> done);
    // A ready environment, within two minutes: 60 s for the sandbox, 60 s for the package. NotFound
    // for an unknown id; LimitExceeded for one too many; Unsupported without a Python; what a start
    // can fail with; CommandFailed with the package's words. The owner destroys it before this.
    void make(const QString &id, const QJsonObject &parameters,
              Callback<std::unique_ptr<PythonEnvironment>> done);

    // Those being made and those being taken away too.
    int count() const { return m_count; }
    // Answers when nothing is left of the environments, which are all destroyed already; those
    // being made are given up.
    void shutdown(Callback<void> done);

private:
    using Made = std::unique_ptr<PythonEnvironment>;

    void start(bool network, Callback<Made> done);
    void launch(const Interpreter &interpreter, bool network, Callback<Made> done);
    sandbox::SandboxRequest request(const Interpreter &interpreter, bool network) const;
    bool mayUseNetwork(const QString &id) const;
    Error withAdvice(Error error, const QString &id) const;
    void release(const QString &sandboxId, sandbox::Launched left);
    void released();

    runtime::SandboxRuntime &m_runtime;
    PythonGemSettings m_settings;
    sandbox::LayerKeeper m_layers;
    std::optional<Interpreter> m_interpreter;
    std::vector<Callback<Interpreter>> m_waiting; // for the interpreter
    std::vector<Callback<void>> m_closing;
    QList<QPointer<PythonEnvironment>> m_making;
    int m_count = 0;
    std::atomic<bool> m_closed = false;
    QThreadPool m_pool;
};

} // namespace quarry::gem
