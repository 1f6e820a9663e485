// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The folders of sandboxes, SANDBOXES/ID/layer: made for an image, measured, committed, deleted,
// all off the engine's thread.
#pragma once

#include "base/result.h"
#include "runtime/images/imagestore.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QStringList>
#include <QThreadPool>

#include <functional>

namespace quarry::sandbox {

class LayerKeeper : public QObject
{
    Q_OBJECT
public:
    // FOLDER is made when absent. IMAGES and WORKER must outlive the keeper.
    LayerKeeper(runtime::ImageStore &images, runtime::WorkerHost &worker, QString folder,
                QObject *parent = nullptr);
    ~LayerKeeper() override; // waits for what runs

    QString sandboxFolder(const QString &id) const;
    QString layerFolder(const QString &id) const;

    // Quick: answers at once. NotFound says how to get the image.
    Result<runtime::Image> resolve(const QString &image) const;
    // A layer for IMAGE that is empty but for what the image asks for.
    void make(const QString &id, const runtime::Image &image, Callback<runtime::Image> done);
    // The layer that is there, and the image it stands on.
    void reopen(const QString &id, Callback<runtime::Image> done);
    // Bytes on disk; counted anew at most every 10 s.
    void measure(const QString &id, Callback<qint64> done);
    // The sandbox's whole folder. Nothing there is fine.
    void remove(const QString &id, Callback<void> done);
    using Progress = std::function<void(qint64 bytesDone, qint64 bytesTotal)>;
    // Calling what it returns ends it: DONE then gets Cancelled, unless it was done already.
    std::function<void()> commit(const QString &id, const QString &name, Progress progress,
                                 Callback<void> done);

    // Folders of no sandbox in KNOWN; removed unless DRYRUN. Answers with a line for each.
    void sweep(const QStringList &known, bool dryRun, Callback<QStringList> done);

private:
    struct Measure {
        qint64 bytes = -1;
        QElapsedTimer age;
        QList<Callback<qint64>> waiting;
    };

    static Result<void> removeFolder(runtime::WorkerHost &worker, const QString &folder);

    runtime::ImageStore &m_images;
    runtime::WorkerHost &m_worker;
    QString m_folder;
    QHash<QString, Measure> m_measures;
    QThreadPool m_pool;
};

} // namespace quarry::sandbox
