// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/diskuse.h"

#include <QFile>

#include <filesystem>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <system_error>

namespace quarry::widgets {

namespace {

constexpr qint64 BlockSize = 512; // of st_blocks, always
constexpr int DepthMax = 64;

// Adds what lies in FOLDER to FILES, recordings of sandboxes to RECORDINGS. Entry by entry: what a
// sandbox has made may be of any width and depth.
void count(const QString &folder, int &left, bool &complete, qint64 &files, qint64 &recordings)
{
    namespace fs = std::filesystem;
    std::error_code error;
    fs::recursive_directory_iterator it(QFile::encodeName(folder).toStdString(),
                                        fs::directory_options::skip_permission_denied, error);
    for (; !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
        if (left-- <= 0) {
            complete = false;
            return;
        }
        if (it.depth() >= DepthMax) { // each level holds a descriptor
            it.disable_recursion_pending();
            complete = false;
        }
        struct stat status = {};
        if (::lstat(it->path().c_str(), &status) != 0)
            continue;
        const bool recording = it.depth() == 1 && it->path().extension() == ".cast";
        (recording ? recordings : files) += status.st_blocks * BlockSize;
    }
    complete = complete && (!error || error == std::errc::no_such_file_or_directory);
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
    count(dataFolder + QStringLiteral("/sandboxes"), left, use.complete, use.layers,
          use.recordings);
    count(imagesFolder, left, use.complete, use.images, none);
    return use;
}

} // namespace quarry::widgets
