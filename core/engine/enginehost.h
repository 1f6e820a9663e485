// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The engine of a program with a window: on a thread of its own, so that neither waits for the
// other.
//
// Everything here is called on the thread that made it, and answers there.
#pragma once

#include "base/pool.h"
#include "engine/engine.h"

#include <QList>
#include <QPointer>
#include <QThread>

#include <functional>

namespace quarry::engine {

class EngineHost : public QObject
{
    Q_OBJECT
public:
    explicit EngineHost(EngineSettings settings, QObject *parent = nullptr);
    // Waits for what close() has not ended: the sandboxes end with it.
    ~EngineHost() override;

    // As Engine::open and close; each once.
    void open(Callback<QString> done);
    void close(Callback<void> done);
    bool isOpen() const { return m_open; }
    const EngineSettings &settings() const { return m_settings; }

    // WORK runs on the engine's thread right before the engine closes or goes: what uses it there
    // is taken down. Said before open().
    void beforeClose(std::function<void()> work) { m_beforeClose.append(std::move(work)); }

    // Runs WORK on the engine's thread. Nothing happens while the engine is not open.
    void post(std::function<void(Engine &)> work);

    // OBJECT, which has no parent, lives on the engine's thread from now on: for what follows
    // something there. It is deleted (deleteLater) before the host is.
    void moveToEngine(QObject &object) { object.moveToThread(&m_thread); }

    // WORK runs on the engine's thread and answers by what it is given; DONE gets that here, unless
    // CONTEXT has gone. WrongState when the engine is not open.
    template <typename T>
    void ask(QObject *context, std::function<void(Engine &, Callback<T>)> work, Callback<T> done)
    {
        Callback<T> here
            = [context = QPointer<QObject>(context), done = std::move(done)](Result<T> result) {
                  if (context)
                      done(std::move(result));
              };
        if (!m_open) {
            answerLater<T>(this, std::move(here), notOpen());
            return;
        }
        // The host outlives its thread, so whoever answers there finds it.
        post([this, work = std::move(work), here = std::move(here)](Engine &engine) {
            work(engine,
                 [this, here](Result<T> result) { answerLater<T>(this, here, std::move(result)); });
        });
    }

Q_SIGNALS:
    // How they stand now, batched; a deleted one comes once more, as such.
    void sandboxesChanged(const QList<quarry::sandbox::SandboxInfo> &changed);
    void imagesChanged();
    // Of GEM: one was made, played, taken over or closed; batched.
    void environmentsChanged();

private:
    static Error notOpen();
    void watch();
    void takeDown();

    EngineSettings m_settings;
    QThread m_thread;
    Engine *m_engine = nullptr; // on the thread
    QList<std::function<void()>> m_beforeClose;
    bool m_open = false;
};

} // namespace quarry::engine
