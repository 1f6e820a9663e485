// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What an image can be imported from, told apart by what is in it: a root file system (folder or
// tar), an OCI layout (folder or tar), a docker-save archive, or Quarry's own export of layers over
// the host.
#pragma once

#include "runtime/images/content/unpacker.h"

#include <QJsonObject>

namespace quarry::runtime {

// The first member of an export that stands on the host, and the format it names.
inline constexpr char exportMark[] = ".quarry-image.json";
inline constexpr int exportFormat = 1;

// Unpacks to FOLDER/root, and FOLDER/usr for layers over the host. Gives
// {"kind":"rootfs"|"host","bytes","files","left_out","owners_kept","env":{…},"command":[…],"workdir"}.
// FD is a seekable file. TICK gets the bytes of the file that are read.
Result<QJsonObject> unpackArchive(int fd, const QByteArray &folder, UnpackLimits limits,
                                  const Tick &tick);
// The same from a folder; TICK gets bytes unpacked.
Result<QJsonObject> unpackFolder(const QByteArray &source, const QByteArray &folder,
                                 UnpackLimits limits, const Tick &tick);

} // namespace quarry::runtime
