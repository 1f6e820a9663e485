// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Inside of ImageStore, which two source files share.
#pragma once

#include "runtime/images/host/hostaliases.h"
#include "runtime/images/imagestore.h"
#include "runtime/images/storefolder.h"

#include <mutex>
#include <vector>

namespace quarry::runtime {

using HeldLocks = std::vector<FileLock>;

struct ImageStore::Private {
    Private(const QString &path, WorkerHost &workerHost, ImageStoreOptions storeOptions)
        : folder(path), worker(workerHost), options(std::move(storeOptions))
    {
    }

    StoreFolder folder;
    WorkerHost &worker;
    ImageStoreOptions options;
    std::mutex skeletonMutex; // one build at a time in this process

    // reading (imagestore.cpp)
    Result<QStringList> skeleton(HeldLocks &locks, bool withPackages);
    Result<void> buildAt(const QString &path,
                         const std::function<Result<void>(const QString &)> &fill);
    Result<Image> hostImage(const QString &name, const QString &servedBy, const QString &python);
    Result<Image> storedImage(const QString &name, const QString &id);
    Result<Image> resolveStep(const QString &name, QStringList &passed);
    Error unknown(const QString &name) const;
    ImageRecord record(const QString &name, const Manifest &manifest) const;

    // changing (imagechanges.cpp)
    Result<QJsonObject> runJob(const WorkerTask &task, const ImageJob &job);
    Result<void> deleteFolder(const QString &path);
    void dropDraft(StoreFolder::Draft &draft);
    Result<ImageRecord> publish(StoreFolder::Draft &draft, Manifest manifest, const QString &name);
    // The image's folder is moved to a draft and its name dropped, unless something holds it;
    // WrongState with the reason. onlyUnnamed: a name holds it too.
    Result<StoreFolder::Draft> takeAway(const QString &id, bool onlyUnnamed);
    Result<void> free(const QString &id) const;
    bool removeSkeleton(const QString &key);
    void collect(const QString &id);
    int depth(const QString &id) const;
};

} // namespace quarry::runtime
