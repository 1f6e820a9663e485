// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The images/ folder on disk: locks, manifests, names, half-made things. Files only: no worker, no
// rules.
//
//   .lock                  held (flock, exclusive) for moments, by who publishes, removes or sweeps
//   .names/HASH.json       {"name","id"}: a name; the rename that puts it there is what makes an
//   image be .host/sandboxes/KEY/{lock,root,packages}   skeletons of `host`; packages, perhaps not
//   there yet, lies below root .tmp/RANDOM/{lock,…}   being made or removed by who holds its lock;
//   without a holder it is rubbish ID/{lock,manifest.json,root,usr,users/}   an image; users/ has a
//   note for each layer on it
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"
#include "runtime/images/image.h"

#include <QJsonObject>

#include <memory>
#include <optional>

namespace quarry::runtime {

struct Manifest {
    QString id;
    QString name; // the one it was made under
    ImageKind kind = ImageKind::Rootfs;
    QString base; // id of the image below; empty: none, or the host for that kind
    QString servedBy;
    QString source;
    qint64 bytes = 0;
    qint64 files = 0;
    QDateTime created;
    QMap<QString, QString> env;
    QStringList command;
    QString workdir;
};

// A held flock; released when it goes.
class FileLock
{
public:
    FileLock() = default;
    explicit FileLock(UniqueFd fd) : m_fd(std::move(fd)) { }
    explicit operator bool() const { return bool(m_fd); }

private:
    UniqueFd m_fd;
};

class StoreFolder
{
public:
    explicit StoreFolder(const QString &path) : m_path(path) { }

    QString path() const { return m_path; }
    QString imageFolder(const QString &id) const { return m_path + u'/' + id; }
    QString skeletonFolder(const QString &key) const
    {
        return m_path + QStringLiteral("/.host/sandboxes/") + key;
    }

    Result<void> make() const;
    // Waits for others, who hold it for moments; Timeout after ten seconds.
    Result<FileLock> lockStore() const;
    // FOLDER/lock; empty where another holds what bars it, or there is no such folder.
    static FileLock lockShared(const QString &folder);
    static FileLock lockExclusive(const QString &folder);
    static Result<void> makeLock(const QString &folder);

    // A folder of one's own in .tmp, locked until the lock goes.
    struct Draft {
        QString folder;
        FileLock lock;
    };
    Result<Draft> makeDraft() const;
    QStringList draftFolders() const;
    QStringList skeletonKeys() const;
    QStringList imageIds() const;

    std::optional<QString> idOf(const QString &canonicalName) const;
    QMap<QString, QString> names() const; // name as given -> id
    Result<void> setName(const QString &name, const QString &id) const;
    Result<void> dropName(const QString &name) const;

    std::optional<Manifest> manifest(const QString &id) const;
    static Result<void> writeManifest(const QString &folder, const Manifest &manifest);

    // The layer folders that stand on an image and still exist; notes of others are dropped.
    QStringList users(const QString &id) const;
    Result<void> addUser(const QString &id, const QString &layerFolder) const;

private:
    QString nameFile(const QString &name) const;

    QString m_path;
};

// A small JSON file, replaced atomically. Yes: on disk when this returns; No: the end of this
// program does not harm it, a power cut of the next second may.
enum class Durable { Yes, No };
Result<void> writeJson(const QString &path, const QJsonObject &object,
                       Durable durable = Durable::Yes);
// Empty when it is not there or broken.
QJsonObject readJson(const QString &path);

} // namespace quarry::runtime
