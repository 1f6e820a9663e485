// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/python/pythongem.h"

#include "base/ids.h"
#include "base/pool.h"
#include "gem/python/findinterpreter.h"

#include <algorithm>

namespace quarry::gem {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 memoryMax = qint64(2) << 30; // bytes of one environment
constexpr int pidsMax = 128;
constexpr qint64 startSeconds = 60;
constexpr int stopMilliseconds = 10'000;

// What is made without data from elsewhere.
bool needsNoData(const QString &id)
{
    return id.startsWith("rg:"_L1)
        || (id.startsWith("game:"_L1) && !id.startsWith("game:WikiGame"_L1));
}

QList<QByteArray> variables(bool network)
{
    // One thread for its arithmetic, and equal texts in every run.
    QList<QByteArray> list{"PYTHONHASHSEED=0", "PYTHONUTF8=1", "PYTHONFAULTHANDLER=1",
                           "OPENBLAS_NUM_THREADS=1", "OMP_NUM_THREADS=1"};
    if (!network) // fail at once where a try would take half a minute
        list << "HF_HUB_OFFLINE=1"
             << "HF_DATASETS_OFFLINE=1";
    return list;
}

} // namespace

PythonGem::PythonGem(runtime::SandboxRuntime &runtime, runtime::ImageStore &images,
                     runtime::WorkerHost &worker, PythonGemSettings settings, QObject *parent)
    : QObject(parent), m_runtime(runtime), m_settings(std::move(settings)),
      m_layers(images, worker, m_settings.sandboxes)
{
    m_pool.setMaxThreadCount(1);
}

PythonGem::~PythonGem()
{
    m_closed = true;
    m_pool.waitForDone();
}

void PythonGem::recover(Callback<QStringList> done)
{
    m_layers.sweep({}, false, std::move(done));
}

void PythonGem::interpreter(Callback<Interpreter> done)
{
    if (m_interpreter) {
        answerLater<Interpreter>(this, std::move(done), *m_interpreter);
        return;
    }
    m_waiting.push_back(std::move(done));
    if (m_waiting.size() > 1)
        return;
    runInPool<Interpreter>(
        m_pool, this,
        [settings = m_settings, closed = &m_closed] {
            return findInterpreter(settings.python, settings.folder, closed);
        },
        [this](const Result<Interpreter> &found) {
            if (found)
                m_interpreter = *found;
            for (const auto &waiting : std::exchange(m_waiting, {}))
                waiting(found);
        });
}

bool PythonGem::mayUseNetwork(const QString &id) const
{
    return !needsNoData(id) && m_settings.sandbox.network != sandbox::Network::None;
}

Error PythonGem::withAdvice(Error error, const QString &id) const
{
    const QString exception = error.details.value("exception"_L1).toString();
    if (exception == "ImportError"_L1 || exception == "ModuleNotFoundError"_L1)
        error.message += u" (\"%1 -m pip install NAME\" brings a missing module.)"_s.arg(
            m_interpreter ? m_interpreter->program : u"python3"_s);
    else if (error.code != ErrorCode::NotFound && !needsNoData(id) && !mayUseNetwork(id))
        error.message += u" Environments of this kind fetch their data when they are made, and "
                         "sandboxes have no network here (sandbox.network: none)."_s;
    return error;
}

void PythonGem::make(const QString &id, const QJsonObject &parameters, Callback<Made> done)
{
    const QPointer<PythonGem> self(this);
    start(mayUseNetwork(id), [self, id, parameters, done = std::move(done)](Result<Made> started) {
        if (!started || !self) {
            done(std::move(started));
            return;
        }
        // Held by its own call until that has answered.
        const auto held = std::make_shared<Made>(std::move(*started));
        self->m_making.removeAll(nullptr);
        self->m_making.append(held->get());
        (*held)->make(id, parameters, [self, id, held, done](const Result<void> &made) {
            Made environment = std::move(*held);
            if (self)
                self->m_making.removeAll(environment.get());
            if (made) {
                done(std::move(environment));
                return;
            }
            environment.release()->deleteLater(); // it is its own callback that runs
            done(self ? self->withAdvice(made.error(), id) : made.error());
        });
        if (self->m_closed)
            (*held)->cancel();
    });
}

void PythonGem::start(bool network, Callback<Made> done)
{
    if (m_closed) {
        answerLater<Made>(this, std::move(done),
                          Error{ErrorCode::Cancelled, u"The engine is closing."_s, {}});
        return;
    }
    if (m_count >= mostEnvironments) {
        answerLater<Made>(
            this, std::move(done),
            Error{ErrorCode::LimitExceeded,
                  u"There are %1 Python environments already, and no more may be."_s.arg(
                      mostEnvironments),
                  {}});
        return;
    }
    ++m_count;
    interpreter([this, network, done = std::move(done)](const Result<Interpreter> &found) {
        if (found && !m_closed) {
            launch(*found, network, done);
            return;
        }
        released();
        done(found ? Error{ErrorCode::Cancelled, u"The engine is closing."_s, {}} : found.error());
    });
}

sandbox::SandboxRequest PythonGem::request(const Interpreter &interpreter, bool network) const
{
    sandbox::SandboxRequest request;
    request.image = u"host"_s;
    request.network = network ? m_settings.sandbox.network : sandbox::Network::None;
    request.memory = std::min(memoryMax, m_settings.sandbox.memory);
    request.pids = std::min(pidsMax, m_settings.sandbox.pids);
    request.startupSeconds = startSeconds;
    for (const QString &folder : interpreter.folders)
        request.binds.append({folder, folder, true});
    return request;
}

void PythonGem::launch(const Interpreter &interpreter, bool network, Callback<Made> done)
{
    const QString id = u"gem-"_s + randomHex(8);
    auto *launch = new sandbox::Launch(m_runtime, m_layers, m_settings.sandbox,
                                       request(interpreter, network), id, true, this);
    const QPointer<PythonGem> self(this);
    launch->begin([=, this, python = interpreter.program](Result<sandbox::Launched> launched) {
        launch->deleteLater();
        if (!launched) {
            sandbox::Launched left;
            left.instance = launch->takeInstance();
            release(id, std::move(left));
            done(launched.error());
            return;
        }
        done(std::make_unique<PythonEnvironment>(std::move(*launched), python, variables(network),
                                                 [self, id](sandbox::Launched left) {
                                                     if (self)
                                                         self->release(id, std::move(left));
                                                 }));
    });
}

void PythonGem::release(const QString &sandboxId, sandbox::Launched left)
{
    const auto removeFolder = [this, sandboxId] {
        m_layers.remove(sandboxId, [this](const Result<void> &) { released(); });
    };
    if (!left.instance) {
        removeFolder();
        return;
    }
    const auto held = std::make_shared<sandbox::Launched>(std::move(left));
    const QPointer<PythonGem> self(this);
    held->instance->stop(stopMilliseconds, [self, held, removeFolder](const Result<void> &) {
        held->instance.release()->deleteLater(); // it is its own callback that runs
        if (self)
            removeFolder();
    });
}

void PythonGem::released()
{
    --m_count;
    if (m_count > 0)
        return;
    for (const auto &closing : std::exchange(m_closing, {}))
        closing({});
}

void PythonGem::shutdown(Callback<void> done)
{
    m_closed = true;
    for (const QPointer<PythonEnvironment> &making : std::exchange(m_making, {})) {
        if (making)
            making->cancel();
    }
    if (m_count == 0)
        answerLater<void>(this, std::move(done), {});
    else
        m_closing.push_back(std::move(done));
}

} // namespace quarry::gem
