// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/wire/processmessages.h"

namespace quarry::agent {

namespace {

constexpr std::uint8_t signalMax = 64;

void write(const ProcessInfo &process, Encoder &out)
{
    out.u32(process.pid).u32(process.parent).u32(process.session).u32(process.uid);
    out.u8(static_cast<std::uint8_t>(process.state));
    out.u64(process.cpuMicroseconds).u64(process.memoryBytes).u64(process.startedMicroseconds);
    out.string(process.user).string(process.name).string(process.command);
}

ProcessInfo readProcess(Decoder &in)
{
    ProcessInfo process;
    process.pid = in.u32();
    process.parent = in.u32();
    process.session = in.u32();
    process.uid = in.u32();
    process.state = static_cast<char>(in.u8());
    process.cpuMicroseconds = in.u64();
    process.memoryBytes = in.u64();
    process.startedMicroseconds = in.u64();
    process.user = in.string(processUserMax);
    process.name = in.string(processNameMax);
    process.command = in.string(processCommandMax);
    return process;
}

} // namespace

void ProcessList::encode(Encoder &out) const
{
    out.u32(total).u64(nowMicroseconds).u32(static_cast<std::uint32_t>(processes.size()));
    for (const ProcessInfo &process : processes)
        write(process, out);
}

bool ProcessList::decode(Decoder in, ProcessList &out)
{
    out.total = in.u32();
    out.nowMicroseconds = in.u64();
    const std::uint32_t count = in.u32();
    if (count > processesMax)
        return false;
    for (std::uint32_t i = 0; in.ok() && i < count; ++i)
        out.processes.push_back(readProcess(in));
    return in.finished();
}

void SignalRequest::encode(Encoder &out) const
{
    out.u32(pid).u64(startedMicroseconds).u8(signal).u8(tree ? 1 : 0);
}

bool SignalRequest::decode(Decoder in, SignalRequest &out)
{
    out.pid = in.u32();
    out.startedMicroseconds = in.u64();
    out.signal = in.u8();
    out.tree = in.u8() != 0;
    return in.finished() && out.pid > 0 && out.signal >= 1 && out.signal <= signalMax;
}

} // namespace quarry::agent
