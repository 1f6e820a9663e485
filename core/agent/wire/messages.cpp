// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/wire/messages.h"

namespace quarry::agent {

namespace {

constexpr std::size_t tokenMax = 256;
constexpr std::size_t variablesMax = 4096;
constexpr std::size_t pathMax = 4096;
constexpr std::size_t sentenceMax = 4096;

} // namespace

void Hello::encode(Encoder &out) const
{
    out.u16(version).string(token).u32(capabilities);
}

bool Hello::decode(Decoder in, Hello &out)
{
    out.version = in.u16();
    out.token = in.string(tokenMax);
    out.capabilities = in.u32();
    return in.ok(); // a later version may say more
}

void Config::encode(Encoder &out) const
{
    out.u16(version).strings(environment).string(cwd);
}

bool Config::decode(Decoder in, Config &out)
{
    out.version = in.u16();
    out.environment = in.strings(variablesMax);
    out.cwd = in.string(pathMax);
    return in.ok() && out.cwd.starts_with('/');
}

Failure Failure::system(int errnoValue, std::string what)
{
    return {Kind::System, errnoValue, 0, std::move(what)};
}

Failure Failure::of(Kind kind, std::string message)
{
    return {kind, 0, 0, std::move(message)};
}

void Failure::encode(Encoder &out) const
{
    out.u8(static_cast<std::uint8_t>(kind)).i32(errnoValue).i32(exitCode);
    out.string(std::string_view(message).substr(0, sentenceMax));
}

bool Failure::decode(Decoder in, Failure &out)
{
    const std::uint8_t kind = in.u8();
    out.kind = static_cast<Kind>(kind);
    out.errnoValue = in.i32();
    out.exitCode = in.i32();
    out.message = in.string(sentenceMax);
    return in.finished() && kind <= static_cast<std::uint8_t>(Kind::NotStarted);
}

} // namespace quarry::agent
