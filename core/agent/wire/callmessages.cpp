// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/wire/callmessages.h"

namespace quarry::agent {

namespace {

constexpr std::uint32_t entriesMax = payloadMax / 16; // the smallest entry is larger

} // namespace

void CallRequest::encode(Encoder &out) const
{
    out.u8(static_cast<std::uint8_t>(kind)).string(path).string(other).u64(number).u8(flag ? 1 : 0);
}

bool CallRequest::decode(Decoder in, CallRequest &out)
{
    const std::uint8_t kind = in.u8();
    out.kind = static_cast<Kind>(kind);
    out.path = in.string(filePathMax);
    out.other = in.string(filePathMax);
    out.number = in.u64();
    out.flag = in.u8() != 0;
    return in.finished() && kind >= 1 && kind <= static_cast<std::uint8_t>(Kind::Statistics);
}

void FileList::encode(Encoder &out) const
{
    out.u64(next).u32(static_cast<std::uint32_t>(entries.size()));
    for (const FileInfo &entry : entries)
        entry.encode(out);
}

bool FileList::decode(Decoder in, FileList &out)
{
    out.next = in.u64();
    const std::uint32_t count = in.u32();
    if (count > entriesMax)
        return false;
    for (std::uint32_t i = 0; i < count; ++i) {
        FileInfo entry;
        if (!FileInfo::read(in, entry))
            return false;
        out.entries.push_back(std::move(entry));
    }
    return in.finished();
}

void Statistics::encode(Encoder &out) const
{
    out.u64(cpuMicroseconds).u64(memoryBytes).u32(processes).u64(receivedBytes).u64(sentBytes);
}

bool Statistics::decode(Decoder in, Statistics &out)
{
    out.cpuMicroseconds = in.u64();
    out.memoryBytes = in.u64();
    out.processes = in.u32();
    out.receivedBytes = in.u64();
    out.sentBytes = in.u64();
    return in.finished();
}

void ConnectRequest::encode(Encoder &out) const
{
    out.string(host).u16(port);
}

bool ConnectRequest::decode(Decoder in, ConnectRequest &out)
{
    out.host = in.string(256);
    out.port = in.u16();
    return in.finished() && !out.host.empty();
}

} // namespace quarry::agent
