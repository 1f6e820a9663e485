// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/imageservice.h"

#include "base/pool.h"
#include "runtime/images/imagestore.h"

#include <atomic>

namespace quarry::engine {

namespace {

constexpr int jobsAtOnce = 2;

ImageInfo infoFrom(const runtime::ImageRecord &record)
{
    return {record.name, record.servedBy, record.source, record.bytes, record.created};
}

// Progress back on the service's thread, and the way to cancel.
runtime::ImageJob jobFor(QObject *receiver, const ImageService::Progress &progress,
                         const std::shared_ptr<std::atomic<bool>> &cancelled)
{
    runtime::ImageJob job;
    job.cancelled = cancelled;
    job.progress = [receiver, progress](const runtime::ImageProgress &now) {
        const ImageProgress reached{now.bytesDone, now.bytesTotal};
        QMetaObject::invokeMethod(
            receiver, [progress, reached] { progress(reached); }, Qt::QueuedConnection);
    };
    return job;
}

} // namespace

ImageService::ImageService(runtime::ImageStore &store, QObject *parent)
    : QObject(parent), m_store(store)
{
    m_pool.setMaxThreadCount(jobsAtOnce);
}

ImageService::~ImageService()
{
    m_pool.waitForDone();
}

void ImageService::list(Callback<QList<ImageInfo>> done)
{
    runInPool<QList<ImageInfo>>(
        m_pool, this,
        [this]() -> Result<QList<ImageInfo>> {
            const auto records = m_store.list(true);
            if (!records)
                return records.error();
            QList<ImageInfo> infos;
            for (const runtime::ImageRecord &record : *records)
                infos.append(infoFrom(record));
            return infos;
        },
        std::move(done));
}

void ImageService::show(const QString &name, Callback<ImageInfo> done)
{
    runInPool<ImageInfo>(
        m_pool, this,
        [this, name]() -> Result<ImageInfo> {
            const auto record = m_store.show(name);
            if (!record)
                return record.error();
            return infoFrom(*record);
        },
        std::move(done));
}

ImageService::Cancel ImageService::importFrom(const QString &path, const QString &name,
                                              const Progress &progress, Callback<ImageInfo> done)
{
    const auto cancelled = std::make_shared<std::atomic<bool>>(false);
    runInPool<ImageInfo>(
        m_pool, this,
        [this, path, name, job = jobFor(this, progress, cancelled)]() -> Result<ImageInfo> {
            const auto record = m_store.importFrom(path, name, job);
            if (!record)
                return record.error();
            return infoFrom(*record);
        },
        changing<ImageInfo>(std::move(done)));
    return [cancelled] { *cancelled = true; };
}

ImageService::Cancel ImageService::exportTo(const QString &name, const QString &path,
                                            const Progress &progress, Callback<void> done)
{
    const auto cancelled = std::make_shared<std::atomic<bool>>(false);
    runInPool<void>(
        m_pool, this,
        [this, path, name, job = jobFor(this, progress, cancelled)] {
            return m_store.exportTo(name, path, job);
        },
        std::move(done));
    return [cancelled] { *cancelled = true; };
}

void ImageService::remove(const QString &name, Callback<void> done)
{
    runInPool<void>(
        m_pool, this, [this, name] { return m_store.remove(name); },
        changing<void>(std::move(done)));
}

} // namespace quarry::engine
