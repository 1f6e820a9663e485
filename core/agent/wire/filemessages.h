// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// StreamKind::FileRead and FileWrite: one regular file, its bytes on channel 0.
// Read: FileReadRequest; answered by a Message FileInfo, the data, End and Close.
// Write: FileWriteRequest, data, End; answered by a Message u64 (bytes written) and Close once the
// file stands under its name. Close before that leaves nothing.
#pragma once

#include "agent/wire/messages.h"

#include <limits>

namespace quarry::agent {

inline constexpr std::size_t filePathMax = 4096;

struct FileInfo {
    enum class Type : std::uint8_t { File = 1, Folder, Link, Fifo, Socket, Device };
    Type type = Type::File;
    std::uint32_t mode = 0; // permission bits, 07777
    std::uint32_t uid = 0;  // as seen inside
    std::uint32_t gid = 0;
    std::uint64_t size = 0;
    std::int64_t modified = 0; // ns since 1970
    std::string name;          // without folders in lists, as asked otherwise
    std::string target;        // of a link

    void encode(Encoder &out) const;
    static bool read(Decoder &in, FileInfo &out); // one of several
    static bool decode(Decoder in, FileInfo &out) { return read(in, out) && in.finished(); }
};

struct FileReadRequest {
    std::string path;
    std::uint64_t offset = 0;
    std::uint64_t length
        = std::numeric_limits<std::uint64_t>::max(); // up to the end of the file at most

    void encode(Encoder &out) const;
    static bool decode(Decoder in, FileReadRequest &out);
};

struct FileWriteRequest {
    std::string path;
    std::optional<std::uint32_t> mode; // absent: an existing file's own, else 0644
    bool parents = false;              // make missing folders

    void encode(Encoder &out) const;
    static bool decode(Decoder in, FileWriteRequest &out);
};

} // namespace quarry::agent
