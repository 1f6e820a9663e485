// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/wire/spawnmessages.h"

namespace quarry::agent {

namespace {

constexpr std::size_t stringsMax = 64 * 1024;
constexpr std::size_t limitsMax = 64;

enum Flag : std::uint8_t { HasUid = 1, HasGid = 2, Input = 4, ErrorsToOutput = 8, Terminal = 16 };

} // namespace

void SpawnRequest::encode(Encoder &out) const
{
    out.strings(arguments).strings(environment).string(cwd);
    const int flags = (uid ? HasUid : 0) | (gid ? HasGid : 0) | (input ? Input : 0)
        | (errorsToOutput ? ErrorsToOutput : 0) | (terminal ? Terminal : 0);
    out.u8(static_cast<std::uint8_t>(flags)).u32(uid.value_or(0)).u32(gid.value_or(0));
    out.u16(columns).u16(rows).u32(static_cast<std::uint32_t>(limits.size()));
    for (const Limit &limit : limits)
        out.i32(limit.resource).u64(limit.soft).u64(limit.hard);
}

bool SpawnRequest::decode(Decoder in, SpawnRequest &out)
{
    out.arguments = in.strings(stringsMax, spawnRequestMax);
    out.environment = in.strings(stringsMax, spawnRequestMax);
    out.cwd = in.string(4096);
    const std::uint8_t flags = in.u8();
    const std::uint32_t uid = in.u32();
    const std::uint32_t gid = in.u32();
    if (flags & HasUid)
        out.uid = uid;
    if (flags & HasGid)
        out.gid = gid;
    out.input = flags & Input;
    out.errorsToOutput = flags & ErrorsToOutput;
    out.terminal = flags & Terminal;
    out.columns = in.u16();
    out.rows = in.u16();
    const std::uint32_t count = in.u32();
    if (count > limitsMax)
        return false;
    for (std::uint32_t i = 0; in.ok() && i < count; ++i) {
        const std::int32_t resource = in.i32();
        const std::uint64_t soft = in.u64();
        out.limits.push_back({resource, soft, in.u64()});
    }
    return in.finished() && !out.arguments.empty() && !out.arguments.front().empty();
}

void SpawnControl::encode(Encoder &out) const
{
    out.u8(static_cast<std::uint8_t>(kind)).u16(columns).u16(rows).i32(signal);
}

bool SpawnControl::decode(Decoder in, SpawnControl &out)
{
    const std::uint8_t kind = in.u8();
    out.kind = static_cast<Kind>(kind);
    out.columns = in.u16();
    out.rows = in.u16();
    out.signal = in.i32();
    return in.finished() && kind >= 1 && kind <= 2 && out.signal >= 0 && out.signal <= 64;
}

void SpawnEvent::encode(Encoder &out) const
{
    out.u8(static_cast<std::uint8_t>(kind)).u32(pid).i32(code).i32(signal);
}

bool SpawnEvent::decode(Decoder in, SpawnEvent &out)
{
    const std::uint8_t kind = in.u8();
    out.kind = static_cast<Kind>(kind);
    out.pid = in.u32();
    out.code = in.i32();
    out.signal = in.i32();
    return in.finished() && kind >= 1 && kind <= 2 && out.code >= 0 && out.code <= 255
        && out.signal >= 0 && out.signal <= 64;
}

} // namespace quarry::agent
