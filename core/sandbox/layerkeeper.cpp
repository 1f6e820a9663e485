// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/layerkeeper.h"

#include "base/pool.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>

#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

namespace quarry::sandbox {

namespace {

constexpr int jobsAtOnce = 4;
constexpr int measureAgainMilliseconds = 10000;

bool goOn(const QByteArray &)
{
    return true;
}

Result<void> makeFolder(const QString &path)
{
    if (::mkdir(QFile::encodeName(path).constData(), 0700) != 0 && errno != EEXIST)
        return systemError(QStringLiteral("Cannot make the folder %1").arg(path), errno);
    return {};
}

} // namespace

LayerKeeper::LayerKeeper(runtime::ImageStore &images, runtime::WorkerHost &worker, QString folder,
                         QObject *parent)
    : QObject(parent), m_images(images), m_worker(worker), m_folder(std::move(folder))
{
    m_pool.setMaxThreadCount(jobsAtOnce);
}

LayerKeeper::~LayerKeeper()
{
    m_pool.waitForDone();
}

QString LayerKeeper::sandboxFolder(const QString &id) const
{
    return m_folder + QLatin1Char('/') + id;
}

QString LayerKeeper::layerFolder(const QString &id) const
{
    return sandboxFolder(id) + QLatin1String("/layer");
}

Result<runtime::Image> LayerKeeper::resolve(const QString &image) const
{
    return m_images.resolve(image);
}

void LayerKeeper::make(const QString &id, const runtime::Image &image,
                       Callback<runtime::Image> done)
{
    runInPool<runtime::Image>(
        m_pool, this,
        [this, image, sandbox = sandboxFolder(id),
         layer = layerFolder(id)]() -> Result<runtime::Image> {
            for (const QString &path : {sandbox, layer}) {
                if (const auto made = makeFolder(path); !made)
                    return made.error();
            }
            if (const auto prepared = m_images.prepareLayer(image, layer); !prepared)
                return prepared.error();
            return image;
        },
        std::move(done));
}

void LayerKeeper::reopen(const QString &id, Callback<runtime::Image> done)
{
    runInPool<runtime::Image>(
        m_pool, this, [this, layer = layerFolder(id)] { return m_images.imageOfLayer(layer); },
        std::move(done));
}

void LayerKeeper::measure(const QString &id, Callback<qint64> done)
{
    Measure &known = m_measures[id];
    if (known.bytes >= 0 && known.age.elapsed() < measureAgainMilliseconds) {
        answerLater<qint64>(this, std::move(done), known.bytes);
        return;
    }
    known.waiting.append(std::move(done));
    if (known.waiting.size() > 1)
        return;
    runInPool<qint64>(
        m_pool, this,
        [this, layer = layerFolder(id)]() -> Result<qint64> {
            const auto counted = m_worker.run({{QStringLiteral("measure"), QStringLiteral("{0}"),
                                                QStringLiteral("--seconds"), QStringLiteral("5")},
                                               {{layer, true}},
                                               {},
                                               {}},
                                              goOn);
            if (!counted)
                return counted.error();
            return QJsonDocument::fromJson(*counted)[QLatin1String("bytes")].toInteger();
        },
        [this, id](Result<qint64> bytes) {
            Measure &entry = m_measures[id];
            if (bytes.ok()) {
                entry.bytes = *bytes;
                entry.age.start();
            }
            const auto waiting = std::exchange(entry.waiting, {});
            for (const Callback<qint64> &each : waiting)
                each(bytes);
        });
}

Result<void> LayerKeeper::removeFolder(runtime::WorkerHost &worker, const QString &folder)
{
    // The layer's files belong to the sandbox's own users: only a worker may delete them.
    const QString layer = folder + QLatin1String("/layer");
    if (QFile::exists(layer)) {
        const auto deleted = worker.run(
            {{QStringLiteral("delete"), QStringLiteral("{0}")}, {{layer, false}}, {}, {}}, goOn);
        if (!deleted)
            return deleted.error();
    }
    if (!QDir(folder).removeRecursively())
        return {ErrorCode::Io, QStringLiteral("Cannot delete the folder %1.").arg(folder)};
    return {};
}

void LayerKeeper::remove(const QString &id, Callback<void> done)
{
    m_measures.remove(id);
    runInPool<void>(
        m_pool, this, [this, folder = sandboxFolder(id)] { return removeFolder(m_worker, folder); },
        std::move(done));
}

std::function<void()> LayerKeeper::commit(const QString &id, const QString &name, Progress progress,
                                          Callback<void> done)
{
    const auto cancelled = std::make_shared<std::atomic<bool>>(false);
    runInPool<void>(
        m_pool, this,
        [this, id, name, layer = layerFolder(id), cancelled,
         progress = std::move(progress)]() -> Result<void> {
            runtime::ImageJob job;
            job.cancelled = cancelled;
            job.progress = [&](const runtime::ImageProgress &now) {
                QMetaObject::invokeMethod(
                    this, [=] { progress(now.bytesDone, now.bytesTotal); }, Qt::QueuedConnection);
            };
            const auto image = m_images.commit(layer, name, id, job);
            return image.ok() ? Result<void>() : Result<void>(image.error());
        },
        std::move(done));
    return [cancelled] { *cancelled = true; };
}

void LayerKeeper::sweep(const QStringList &known, bool dryRun, Callback<QStringList> done)
{
    runInPool<QStringList>(
        m_pool, this,
        [this, known, dryRun]() -> Result<QStringList> {
            if (const auto made = makeFolder(m_folder); !made)
                return made.error();
            QStringList found;
            const QStringList folders
                = QDir(m_folder).entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot);
            for (const QString &name : folders) {
                if (known.contains(name))
                    continue;
                const QString folder = sandboxFolder(name);
                if (dryRun) {
                    found.append(QStringLiteral("would delete the folder %1").arg(folder));
                    continue;
                }
                const auto removed = removeFolder(m_worker, folder);
                found.append(removed.ok() ? QStringLiteral("deleted the folder %1").arg(folder)
                                          : removed.error().message);
            }
            return found;
        },
        std::move(done));
}

} // namespace quarry::sandbox
