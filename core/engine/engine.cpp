// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/engine.h"

#include "base/clock.h"
#include "base/pool.h"
#include "engine/datafolder.h"
#include "gem/python/pythongem.h"
#include "runtime/bubblewrap/bubblewrapruntime.h"
#include "runtime/bubblewrap/mappedworker.h"
#include "runtime/images/imagestore.h"
#include "sandbox/sandboxstore.h"
#include "store/database.h"

#include <QPointer>

namespace quarry::engine {

using namespace Qt::StringLiterals;

namespace {

// Of quarry.db: one is added at the end, none is changed.
QStringList migrations()
{
    return sandbox::SandboxStore::migrations() + gem::EpisodeIndex::migrations();
}

} // namespace

// In the order of their making; taken down in the reverse.
struct Engine::Parts {
    EngineSettings settings;
    QDateTime started = utcNow();
    std::unique_ptr<DataFolder> folder;
    std::unique_ptr<store::Database> database;
    std::unique_ptr<runtime::BubblewrapRuntime> runtime;
    std::unique_ptr<runtime::MappedWorker> worker;
    std::unique_ptr<runtime::ImageStore> imageStore;
    std::unique_ptr<sandbox::SandboxService> sandboxes;
    std::unique_ptr<ImageService> images;
    std::unique_ptr<gem::PythonGem> python;
    std::unique_ptr<gem::EnvironmentService> gem;
    QThreadPool pool;
};

Engine::Engine(EngineSettings settings, QObject *parent)
    : QObject(parent), m_parts(new Parts{std::move(settings)})
{
}

Engine::~Engine()
{
    m_parts->pool.waitForDone();
}

void Engine::open(Callback<QString> done)
{
    if (const auto made = makeParts(); !made) {
        answerLater<QString>(this, std::move(done), made.error());
        return;
    }
    m_parts->runtime->prepare(
        [this, done = std::move(done)](const Result<runtime::Capabilities> &prepared) {
            if (!prepared)
                done(prepared.error());
            else
                prepareImages(done);
        });
}

Result<void> Engine::makeParts()
{
    const EngineSettings &settings = m_parts->settings;
    auto folder = DataFolder::take(settings.dataFolder);
    if (!folder)
        return folder.error();
    m_parts->folder = std::make_unique<DataFolder>(std::move(*folder));
    const QString path = m_parts->folder->path();
    auto database = store::Database::open(path + u"/quarry.db"_s, migrations());
    if (!database)
        return database.error();
    m_parts->database = std::move(*database);

    const runtime::MachineSettings machine{path, settings.programFolder, settings.uidRange.first,
                                           settings.uidRange.second};
    m_parts->runtime = std::make_unique<runtime::BubblewrapRuntime>(machine);
    m_parts->worker = std::make_unique<runtime::MappedWorker>(machine);
    const QString images
        = settings.imagesFolder.isEmpty() ? path + u"/images"_s : settings.imagesFolder;
    runtime::ImageStoreOptions options;
    options.aliases = settings.imageAliases;
    m_parts->imageStore = std::make_unique<runtime::ImageStore>(images, *m_parts->worker, options);
    m_parts->sandboxes = std::make_unique<sandbox::SandboxService>(
        *m_parts->database, *m_parts->runtime, *m_parts->imageStore, *m_parts->worker,
        path + u"/sandboxes"_s, settings.sandbox);
    m_parts->images = std::make_unique<ImageService>(*m_parts->imageStore);
    gem::GemSettings gemSettings = settings.gem;
    gemSettings.folder = path + u"/episodes"_s;
    m_parts->python = std::make_unique<gem::PythonGem>(
        *m_parts->runtime, *m_parts->imageStore, *m_parts->worker,
        gem::PythonGemSettings{settings.gemPython,
                               settings.gemFolder.isEmpty() ? path : settings.gemFolder,
                               path + u"/gem-sandboxes"_s, settings.sandbox});
    m_parts->gem = std::make_unique<gem::EnvironmentService>(*m_parts->database, gemSettings,
                                                             m_parts->python.get());
    return m_parts->gem->recover();
}

void Engine::prepareImages(Callback<QString> done)
{
    runInPool<QStringList>(
        m_parts->pool, this, [images = m_parts->imageStore.get()] { return images->sweep(); },
        [this, done = std::move(done)](Result<QStringList> swept) {
            if (swept)
                recoverSandboxes(*swept, done);
            else
                done(swept.error());
        });
}

void Engine::recoverSandboxes(const QStringList &told, Callback<QString> done)
{
    m_parts->sandboxes->recover(
        [this, told, done = std::move(done)](const Result<QString> &recovered) {
            if (recovered)
                recoverPython((told + QStringList(*recovered)).join(u'\n').trimmed(), done);
            else
                done(recovered.error());
        });
}

void Engine::recoverPython(const QString &told, Callback<QString> done)
{
    m_parts->python->recover(
        [this, told, done = std::move(done)](const Result<QStringList> &recovered) {
            if (!recovered) {
                done(recovered.error());
                return;
            }
            warm();
            done((QStringList(told) + *recovered).join(u'\n').trimmed());
        });
}

// Seconds of work that who comes first need not wait for; what fails here fails again, and is told,
// there.
void Engine::warm()
{
    if (m_parts->settings.throwAway)
        return;
    m_parts->python->interpreter([](const Result<gem::Interpreter> &) { });
    runInPool<void>(
        m_parts->pool, this, [images = m_parts->imageStore.get()] { return images->warm(); },
        [](const Result<void> &) {});
}

void Engine::close(Callback<void> done)
{
    if (!m_parts->sandboxes) {
        answerLater<void>(this, std::move(done), {});
        return;
    }
    m_parts->gem->shutdown([this, done = std::move(done)](const Result<void> &) {
        m_parts->sandboxes->shutdown(m_parts->settings.deleteOnExit, done);
    });
}

sandbox::SandboxService &Engine::sandboxes()
{
    return *m_parts->sandboxes;
}

ImageService &Engine::images()
{
    return *m_parts->images;
}

gem::EnvironmentService &Engine::gem()
{
    return *m_parts->gem;
}

const runtime::SandboxRuntime &Engine::runtime() const
{
    return *m_parts->runtime;
}

QString Engine::dataFolder() const
{
    return m_parts->folder ? m_parts->folder->path() : m_parts->settings.dataFolder;
}

QDateTime Engine::startTime() const
{
    return m_parts->started;
}

} // namespace quarry::engine
