// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Unpacks one tar, or several as layers over each other, into a folder that it never leaves.
//
// Refused, naming the member: absolute names, "..", links on the way that point out of the folder
// or to nothing, hard links to what is not there, devices but below dev/ (left out there), names
// that cannot be told, more bytes or members than the limits. Set-user-id bits stay. Whiteouts (OCI
// image specification, "Layer Filesystem Changeset") take away what lower layers, or the same
// archive before, have put there.
#pragma once

#include "runtime/images/content/archivereader.h"
#include "runtime/images/content/imageroot.h"
#include "runtime/images/content/tree.h"

#include <QList>
#include <QSet>
#include <sys/stat.h>

namespace quarry::runtime {

struct UnpackLimits {
    qint64 maxBytes = 0;
    qint64 maxEntries = 0;
};

class Unpacker
{
public:
    enum class Whiteouts {
        Apply, // remove what they name
        Keep, // write them as overlayfs's own: a layer that will lie over something
    };

    // TICK gets the bytes of the source read so far. The root is ours and empty.
    Unpacker(ImageRoot root, UnpackLimits limits, Whiteouts whiteouts, Tick tick);

    // One more layer. LATER: over what is there already.
    Result<void> addLayer(ArchiveReader &reader, bool later);
    // One member, for a caller that has read the first ones itself.
    Result<void> addMember(ArchiveReader &reader, archive_entry *entry);
    // Rights and times of folders, which writing into them would have changed.
    Result<void> finish();

    qint64 bytes() const { return m_bytes; }
    qint64 entries() const { return m_entries; }
    qint64 leftOut() const { return m_leftOut; }
    bool ownersKept() const { return m_ownersKept; }

private:
    struct Member {
        QByteArray name;
        QByteArrayList parts;
        struct stat st;
        int parent = -1;
        const QByteArray &last() const { return parts.last(); }
    };
    struct FolderStatus {
        QByteArrayList parts;
        struct stat st;
    };

    Result<void> addRootFolder(const Member &member);
    Result<void> whiteout(Member &member);
    Result<void> makeOpaque(const Member &member);
    Result<void> clearFolder(const Member &member);
    Result<void> removeExisting(const Member &member);
    Result<void> write(ArchiveReader &reader, archive_entry *entry, Member &member);
    Result<void> writeFile(ArchiveReader &reader, archive_entry *entry, const Member &member);
    Result<void> writeData(ArchiveReader &reader, int fd, const Member &member);
    Result<void> writeFolder(const Member &member);
    Result<void> writeHardLink(const QByteArray &target, Member &member);
    Result<void> writeSymbolicLink(archive_entry *entry, const Member &member);
    Result<void> setStatus(const Member &member);
    Result<void> finishFolder(const FolderStatus &folder);
    Result<void> tooLarge() const;
    bool tick(const ArchiveReader &reader);

    ImageRoot m_root;
    UnpackLimits m_limits;
    Whiteouts m_whiteouts;
    Tick m_tick;
    QList<FolderStatus> m_folders;
    QSet<QByteArray> m_thisLayer; // names of a later layer, which its opaque marks do not hide
    bool m_later = false;
    qint64 m_bytes = 0;
    qint64 m_entries = 0;
    qint64 m_leftOut = 0;
    bool m_ownersKept = true;
};

} // namespace quarry::runtime
