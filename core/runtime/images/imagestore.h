// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The images of a data folder: what a name stands for, and import, export, commit and removal.
// Several programs may use one folder at once. Every call blocks (files, locks, workers) and may be
// made from any thread, several at once; none belongs on the engine's thread, except resolve() of
// something that warm() has prepared, which takes well under a millisecond.
#pragma once

#include "base/result.h"
#include "runtime/images/image.h"
#include "runtime/images/worker.h"

#include <QMap>
#include <QStringList>

#include <atomic>
#include <functional>
#include <memory>

namespace quarry::runtime {

struct ImageProgress {
    qint64 bytesDone = 0;
    qint64 bytesTotal = 0; // 0: unknown
    qint64 entries = 0; // files, folders and links so far
    double bytesPerSecond = 0; // over the whole job
};

// How a long call is watched and stopped. Both may be empty. progress is called on the calling
// thread.
struct ImageJob {
    std::function<void(const ImageProgress &)> progress;
    std::shared_ptr<std::atomic<bool>> cancelled; // set to true: the call ends with Cancelled
};

struct ImageStoreOptions {
    QMap<QString, QString> aliases; // configured: name -> host, an alias or an image's name
    QString hostRoot = QStringLiteral("/"); // the machine that `host` shows
    qint64 maxBytes = qint64(256) << 30; // unpacked bytes of one image
    qint64 maxEntries = 4'000'000; // files, folders and links of one image
};

// What is known about one stored name.
struct ImageRecord {
    QString name;
    QString id;
    ImageKind kind = ImageKind::Rootfs;
    QString servedBy; // "imported", "commit of SANDBOX on host", "host (alias debian:12)", …
    QString source; // path or sandbox it was made from; empty for host and aliases
    qint64 bytes = 0; // of its own layer; 0 for host and aliases
    qint64 files = 0;
    QDateTime created; // invalid for host and aliases
};

class ImageStore
{
public:
    // folder: `images/` of a data folder; made (0700) when absent. The worker must outlive the
    // store.
    ImageStore(const QString &folder, WorkerHost &worker, ImageStoreOptions options = {});
    ~ImageStore();

    // Makes the folder, removes what dead programs left half-made, and the images that nothing
    // names or stands on any more. Returns what was removed, a line each. Call once at the start.
    Result<QStringList> sweep();
    // Makes the skeleton of `host` unless it is there and fits the machine as it is now, then its
    // lists of installed packages (thousands of small files). resolve() makes the skeleton too when
    // it must, but not the lists: a sandbox started before them sees dpkg complain of missing file
    // lists.
    Result<void> warm();

    // What a name stands for: host, then configured aliases, stored images, derived aliases.
    // The Image holds shared locks on all it is made of for as long as it (or a copy) lives.
    // InvalidArgument: no image name at all. NotFound: unknown, with the nearest names and how to
    // get it.
    Result<Image> resolve(const QString &name) const;
    // The image that a layer was prepared for, also when its name now means another one.
    Result<Image> imageOfLayer(const QString &layerFolder) const;

    // Fills a fresh layer: the folders of layer.h; folders that an
    // ordinary user can only write when they are in the upper layer before the mount; what an alias
    // adds (python). Notes in LAYER/image.json what it stands on: the image cannot be removed while
    // the layer folder exists. Owners on disk count from 0 for root, and are the caller's own
    // otherwise.
    Result<void> prepareLayer(const Image &image, const QString &layerFolder) const;

    // host and stored images, by name; aliases too when asked for.
    Result<QList<ImageRecord>> list(bool withAliases = false) const;
    Result<ImageRecord> show(const QString &name) const;

    // PATH: a folder, a tar (plain, gz, xz, zst, bz2), a docker-save or OCI archive or layout. A
    // taken name moves to the new image. Nothing is left after any failure. InvalidArgument names
    // the member of a hostile or broken archive; NoSpace, LimitExceeded, NotFound, Cancelled.
    Result<ImageRecord> importFrom(const QString &path, const QString &name,
                                   const ImageJob &job = {});
    // One tar at PATH, replaced atomically. A rootfs image: the whole of it. An image that stands
    // on the host: its own layers with whiteouts, which import takes back as such an image.
    Result<void> exportTo(const QString &name, const QString &path, const ImageJob &job = {});
    // Makes an image of a layer of a stopped or running sandbox. source: the sandbox's id.
    Result<ImageRecord> commit(const QString &layerFolder, const QString &name,
                               const QString &source, const ImageJob &job = {});
    // NotFound; WrongState while a layer or another image stands on it, or it is in use.
    Result<void> remove(const QString &name);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace quarry::runtime
