// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the data folder takes of its disk, by kind.
#pragma once

#include <QString>

namespace quarry::widgets {

// Bytes on the disk.
struct DiskUse {
    qint64 total = 0; // of the file system
    qint64 free = 0;
    qint64 images = 0;
    qint64 layers = 0; // what sandboxes have written
    qint64 recordings = 0;
    bool complete = true; // false: there was more, or deeper, than is counted
};

// Walks the folders and follows no link: blocks, for a pool. At most so many files are counted.
inline constexpr int CountedFilesMax = 500'000;
DiskUse diskUse(const QString &dataFolder, const QString &imagesFolder);

} // namespace quarry::widgets
