// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the skeleton of `host` is made of: which files of the machine are copied, which are written
// anew.
#pragma once

#include <QByteArray>
#include <QList>

namespace quarry::runtime {

struct GeneratedFile {
    QByteArray path; // below the root, without a leading slash
    int mode;
    QByteArray content;
};

struct SkeletonFolder {
    QByteArray path;
    int mode;
};

// Files and folders below the host's root that are copied where they are readable for everybody.
// A list of what is known to be harmless: nothing else of the host's /etc is.
const QByteArrayList &copiedPaths();
// Copied apart, see buildPackageFiles.
inline constexpr char packageFiles[] = "var/lib/dpkg/info";
// Written anew: accounts, names and logins of a machine that has none but the system's own.
const QList<GeneratedFile> &generatedFiles();
const QList<SkeletonFolder> &skeletonFolders();

} // namespace quarry::runtime
