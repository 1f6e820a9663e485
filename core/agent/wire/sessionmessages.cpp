// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/wire/sessionmessages.h"

namespace quarry::agent {

namespace {

constexpr std::size_t environmentMax = 4096;
constexpr std::size_t eventTextMax = 32 * 1024;

bool isSize(std::uint16_t value)
{
    return value >= 1 && value <= sessionSizeMax;
}

} // namespace

void SessionOpen::encode(Encoder &out) const
{
    out.string(user).string(cwd).strings(environment).u16(rows).u16(columns);
}

bool SessionOpen::decode(Decoder in, SessionOpen &out)
{
    out.user = in.string(256);
    out.cwd = in.string(4096);
    out.environment = in.strings(environmentMax);
    out.rows = in.u16();
    out.columns = in.u16();
    return in.finished() && isSize(out.rows) && isSize(out.columns);
}

void SessionRequest::encode(Encoder &out) const
{
    out.u8(static_cast<std::uint8_t>(kind));
    switch (kind) {
    case Kind::Run:
        out.u32(id).u32(number);
        break;
    case Kind::Interrupt:
        out.u32(id);
        break;
    case Kind::Resize:
        out.u16(rows).u16(columns);
        break;
    case Kind::Hangup:
        break;
    }
}

bool SessionRequest::decode(Decoder in, SessionRequest &out)
{
    out.kind = static_cast<Kind>(in.u8());
    switch (out.kind) {
    case Kind::Run:
        out.id = in.u32();
        out.number = in.u32();
        return in.finished() && out.number <= sessionTextMax;
    case Kind::Interrupt:
        out.id = in.u32();
        return in.finished();
    case Kind::Resize:
        out.rows = in.u16();
        out.columns = in.u16();
        return in.finished() && isSize(out.rows) && isSize(out.columns);
    case Kind::Hangup:
        return in.finished();
    }
    return false;
}

void SessionEvent::encode(Encoder &out) const
{
    out.u8(static_cast<std::uint8_t>(kind)).u32(id).i32(code);
    out.string(std::string_view(text).substr(0, eventTextMax));
}

bool SessionEvent::decode(Decoder in, SessionEvent &out)
{
    const std::uint8_t kind = in.u8();
    out.kind = static_cast<Kind>(kind);
    out.id = in.u32();
    out.code = in.i32();
    out.text = in.string(eventTextMax);
    return in.finished() && kind >= 1 && kind <= 5;
}

} // namespace quarry::agent
