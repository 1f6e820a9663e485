// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Small files of a sandbox, as a whole.
#pragma once

#include "agent/client/agentclient.h"
#include "base/result.h"

#include <QByteArray>

#include <optional>

namespace quarry::sandbox {

struct FileContent {
    agent::FileInfo info; // when it was opened
    QByteArray bytes;
};

// DONE comes once, on the agent's thread. LimitExceeded for more than LIMIT bytes, InvalidArgument
// for what is no regular file.
void readContent(agent::AgentClient *client, const QByteArray &path, qint64 limit,
                 Callback<FileContent> done);

// What a file was when it was read.
struct FileStamp {
    qint64 modified = 0; // ns since 1970
    quint64 size = 0;

    static FileStamp of(const agent::FileInfo &info) { return {info.modified, info.size}; }
    bool operator==(const FileStamp &) const = default;
};

struct ContentWrite {
    QByteArray path;
    QByteArray bytes;
    bool fresh = false; // AlreadyExists when there is such a file
    // WrongState when the file is another now or gone, with the detail "conflict": "changed" or
    // "removed".
    std::optional<FileStamp> expected;
};

// Whole under its name or not at all; an existing file keeps its mode. DONE gets what it is then,
// once, on the agent's thread.
void writeContent(agent::AgentClient *client, const ContentWrite &write,
                  Callback<agent::FileInfo> done);

} // namespace quarry::sandbox
