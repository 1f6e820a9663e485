// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A folder that hostile names are resolved in, as if it were `/`, and never left: every step is an
// openat that follows no link; links are read and walked here.
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"

#include <QByteArray>
#include <QByteArrayList>

namespace quarry::runtime {

// The parts of a member's name: "./", doubled and trailing slashes gone; empty for the root itself.
// InvalidArgument, naming the member: absolute, with "..", empty, a part over 255 or a name over
// 4095 bytes, deeper than 200 folders.
Result<QByteArrayList> splitMemberName(const QByteArray &name);

// The message for a refused member: `"NAME" in the archive WHY`, unprintable bytes escaped.
Error memberError(const QByteArray &name, const QString &why);
Error memberError(const QByteArray &name, const char *action, int errnoValue);

class ImageRoot
{
public:
    explicit ImageRoot(UniqueFd root) : m_root(std::move(root)) { }
    // Follows links in the path: it is ours.
    static Result<ImageRoot> open(const QByteArray &path);

    int root() const { return m_root.get(); }
    // The folder that parts.last() lies in, as an O_PATH descriptor valid until the next call of
    // this. Folders that are missing are made (0755) when asked for, but not behind a link. -1 as a
    // value: it is not there (only without create). MEMBER is for messages.
    Result<int> parentOf(const QByteArrayList &parts, bool create, const QByteArray &member);
    // After something that may be a folder or link has been replaced or removed.
    void forget() { m_stale = true; }

private:
    UniqueFd m_root;
    UniqueFd m_cachedParent;
    QByteArray m_cachedName;
    bool m_stale = false;
};

} // namespace quarry::runtime
