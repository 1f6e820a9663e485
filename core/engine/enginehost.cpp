// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/enginehost.h"

#include <utility>

namespace quarry::engine {

EngineHost::EngineHost(EngineSettings settings, QObject *parent)
    : QObject(parent), m_settings(std::move(settings))
{
    m_thread.setObjectName(QStringLiteral("engine"));
    m_thread.start();
    m_engine = new Engine(m_settings);
    m_engine->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_engine, &QObject::deleteLater);
}

EngineHost::~EngineHost()
{
    m_open = false;
    QMetaObject::invokeMethod(m_engine, [this] { takeDown(); }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

void EngineHost::open(Callback<QString> done)
{
    QMetaObject::invokeMethod(m_engine, [this, done = std::move(done)] {
        m_engine->open([this, done](Result<QString> recovered) {
            if (recovered)
                watch();
            QMetaObject::invokeMethod(this, [this, done, recovered = std::move(recovered)] {
                m_open = recovered.ok();
                done(recovered);
            });
        });
    });
}

void EngineHost::close(Callback<void> done)
{
    if (!std::exchange(m_open, false)) {
        answerLater<void>(this, std::move(done), {});
        return;
    }
    QMetaObject::invokeMethod(m_engine, [this, done = std::move(done)] {
        takeDown();
        m_engine->close([this, done](Result<void> closed) {
            answerLater<void>(this, done, std::move(closed));
        });
    });
}

void EngineHost::post(std::function<void(Engine &)> work)
{
    if (m_open)
        QMetaObject::invokeMethod(m_engine,
                                  [engine = m_engine, work = std::move(work)] { work(*engine); });
}

void EngineHost::takeDown()
{
    for (const std::function<void()> &work : std::exchange(m_beforeClose, {}))
        work();
}

Error EngineHost::notOpen()
{
    return {ErrorCode::WrongState, QStringLiteral("The engine is not running."), {}};
}

// On the engine's thread.
void EngineHost::watch()
{
    sandbox::SandboxService &service = m_engine->sandboxes();
    const auto tell = [this, &service](const QStringList &ids) {
        QList<sandbox::SandboxInfo> infos;
        for (const QString &id : ids) {
            if (Result<sandbox::SandboxInfo> info = service.info(id))
                infos.append(std::move(*info));
        }
        QMetaObject::invokeMethod(this, [this, infos] { Q_EMIT sandboxesChanged(infos); });
    };
    connect(&service, &sandbox::SandboxService::sandboxesChanged, m_engine, tell);
    connect(&m_engine->images(), &ImageService::imagesChanged, m_engine,
            [this] { QMetaObject::invokeMethod(this, &EngineHost::imagesChanged); });
    connect(&m_engine->gem(), &gem::EnvironmentService::environmentsChanged, m_engine,
            [this] { QMetaObject::invokeMethod(this, &EngineHost::environmentsChanged); });
}

} // namespace quarry::engine
