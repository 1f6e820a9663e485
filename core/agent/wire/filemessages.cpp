// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/wire/filemessages.h"

namespace quarry::agent {

void FileInfo::encode(Encoder &out) const
{
    out.u8(static_cast<std::uint8_t>(type)).u32(mode).u32(uid).u32(gid).u64(size).i64(modified);
    out.string(name).string(target);
}

bool FileInfo::read(Decoder &in, FileInfo &out)
{
    const std::uint8_t type = in.u8();
    out.type = static_cast<Type>(type);
    out.mode = in.u32() & 07777;
    out.uid = in.u32();
    out.gid = in.u32();
    out.size = in.u64();
    out.modified = in.i64();
    out.name = in.string(filePathMax);
    out.target = in.string(filePathMax);
    if (type < 1 || type > static_cast<std::uint8_t>(Type::Device))
        in.fail();
    return in.ok();
}

void FileReadRequest::encode(Encoder &out) const
{
    out.string(path).u64(offset).u64(length);
}

bool FileReadRequest::decode(Decoder in, FileReadRequest &out)
{
    out.path = in.string(filePathMax);
    out.offset = in.u64();
    out.length = in.u64();
    return in.finished() && !out.path.empty();
}

void FileWriteRequest::encode(Encoder &out) const
{
    out.string(path).u8(mode ? 1 : 0).u32(mode.value_or(0)).u8(parents ? 1 : 0);
}

bool FileWriteRequest::decode(Decoder in, FileWriteRequest &out)
{
    out.path = in.string(filePathMax);
    const bool hasMode = in.u8() != 0;
    const std::uint32_t mode = in.u32() & 07777;
    if (hasMode)
        out.mode = mode;
    out.parents = in.u8() != 0;
    return in.finished() && !out.path.empty();
}

} // namespace quarry::agent
