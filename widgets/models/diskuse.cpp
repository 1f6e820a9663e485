// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/diskuse.h"

#include <QByteArray>
#include <QFile>

#include <fts.h>
#include <memory>
#include <sys/stat.h>
#include <sys/statvfs.h>

namespace quarry::widgets {

namespace {

constexpr qint64 BlockSize = 512; // of st_blocks, always

bool isRecording(const FTSENT &entry)
{
    return entry.fts_level == 2 && QByteArrayView(entry.fts_name, entry.fts_namelen).endsWith(".cast");
}

// Adds what lies in FOLDER to FILES, recordings of sandboxes to RECORDINGS.
void count(const QString &folder, int &left, qint64 &files, qint64 &recordings)
{
    QByteArray name = QFile::encodeName(folder);
    char *paths[] = {name.data(), nullptr};
    const std::unique_ptr<FTS, decltype(&fts_close)> walk(
        fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR | FTS_XDEV, nullptr), &fts_close);
    if (!walk)
        return;
    while (const FTSENT *entry = fts_read(walk.get())) {
        if (entry->fts_info == FTS_DP || entry->fts_info == FTS_NS || entry->fts_info == FTS_ERR)
            continue;
        if (left-- <= 0)
            return;
        (isRecording(*entry) ? recordings : files) += entry->fts_statp->st_blocks * BlockSize;
    }
}

} // namespace

DiskUse diskUse(const QString &dataFolder, const QString &imagesFolder)
{
    DiskUse use;
    struct statvfs disk = {};
    if (::statvfs(QFile::encodeName(dataFolder).constData(), &disk) == 0) {
        use.total = qint64(disk.f_blocks) * qint64(disk.f_frsize);
        use.free = qint64(disk.f_bavail) * qint64(disk.f_frsize);
    }
    int left = CountedFilesMax;
    qint64 none = 0;
    count(dataFolder + QStringLiteral("/sandboxes"), left, use.layers, use.recordings);
    count(imagesFolder, left, use.images, none);
    use.complete = left > 0;
    return use;
}

} // namespace quarry::widgets
