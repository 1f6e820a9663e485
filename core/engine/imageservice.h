// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The images of one data folder, off the engine's thread: list, import, export, remove.
#pragma once

#include "base/result.h"

#include <QDateTime>
#include <QObject>
#include <QStringList>
#include <QThreadPool>

#include <functional>

namespace quarry::runtime {
class ImageStore;
}

namespace quarry::engine {

struct ImageInfo {
    QString name;
    QString servedBy; // "host", "imported", "commit of …": what really stands behind the name
    QString source;   // the path or sandbox it was made from; empty for host and aliases
    qint64 bytes = 0; // 0 for host and aliases: they cost nothing
    QDateTime created;
};

struct ImageProgress {
    qint64 bytesDone = 0;
    qint64 bytesTotal = 0; // 0: unknown
};

class ImageService : public QObject
{
    Q_OBJECT
public:
    using Progress = std::function<void(const ImageProgress &)>;
    // Cancels when called; the callback then gets Cancelled.
    using Cancel = std::function<void()>;

    explicit ImageService(runtime::ImageStore &store, QObject *parent = nullptr);
    ~ImageService() override;

    void list(Callback<QList<ImageInfo>> done);
    void show(const QString &name, Callback<ImageInfo> done);
    // PATH is a folder or a tar file of this machine.
    Cancel importFrom(const QString &path, const QString &name, const Progress &progress,
                      Callback<ImageInfo> done);
    Cancel exportTo(const QString &name, const QString &path, const Progress &progress,
                    Callback<void> done);
    // WrongState while a sandbox or another image stands on it.
    void remove(const QString &name, Callback<void> done);

Q_SIGNALS:
    void imagesChanged();

private:
    // DONE, and the signal when it went well.
    template <typename T>
    Callback<T> changing(Callback<T> done)
    {
        return [this, done = std::move(done)](Result<T> result) {
            if (result.ok())
                Q_EMIT imagesChanged();
            done(std::move(result));
        };
    }

    runtime::ImageStore &m_store;
    QThreadPool m_pool;
};

} // namespace quarry::engine
