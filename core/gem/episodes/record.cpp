// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/episodes/record.h"

#include <QtEndian>

#include <boost/crc.hpp>

#include <array>
#include <bit>

namespace quarry::gem {

namespace {

constexpr qsizetype headSize = 9;
constexpr qsizetype startSize = 12;
constexpr qsizetype stepSize = 13;
enum Ends : quint8 { Terminated = 1, Truncated = 2 };

quint32 sumOf(quint8 kind, std::initializer_list<QByteArrayView> parts)
{
    boost::crc_32_type crc;
    crc.process_byte(kind);
    for (const QByteArrayView part : parts)
        crc.process_bytes(part.data(), size_t(part.size()));
    return crc.checksum();
}

} // namespace

void appendRecord(QByteArray &out, RecordKind kind, std::initializer_list<QByteArrayView> parts)
{
    qsizetype size = 0;
    for (const QByteArrayView part : parts)
        size += part.size();
    std::array<char, headSize> head;
    qToLittleEndian(quint32(size), head.data());
    head[4] = char(kind);
    qToLittleEndian(sumOf(quint8(kind), parts), head.data() + 5);
    out.append(head.data(), headSize);
    for (const QByteArrayView part : parts)
        out.append(part);
}

std::optional<Record> RecordReader::next()
{
    const QByteArrayView rest = m_bytes.sliced(m_at);
    if (m_torn || rest.isEmpty())
        return {};
    m_torn = true;
    if (rest.size() < headSize)
        return {};
    const qsizetype size = qFromLittleEndian<quint32>(rest.data());
    if (size > payloadMax || size > rest.size() - headSize)
        return {};
    const quint8 kind = quint8(rest[4]);
    const QByteArrayView payload = rest.sliced(headSize, size);
    if (sumOf(kind, {payload}) != qFromLittleEndian<quint32>(rest.data() + 5))
        return {};
    m_torn = false;
    m_at += headSize + size;
    return Record{RecordKind(kind), payload};
}

void appendStart(QByteArray &out, qint64 time, quint32 seed)
{
    std::array<char, startSize> start;
    qToLittleEndian(time, start.data());
    qToLittleEndian(seed, start.data() + 8);
    appendRecord(out, RecordKind::Start, {QByteArrayView(start.data(), startSize)});
}

void appendStep(QByteArray &out, const StepRecord &step)
{
    if (step.bare) {
        appendRecord(out, RecordKind::BareStep, {step.action});
        return;
    }
    std::array<char, stepSize> head;
    qToLittleEndian(step.milliseconds, head.data());
    qToLittleEndian(std::bit_cast<quint64>(step.reward), head.data() + 4);
    head[12] = char((step.terminated ? Terminated : 0) | (step.truncated ? Truncated : 0));
    appendRecord(out, RecordKind::Step, {QByteArrayView(head.data(), stepSize), step.action});
}

std::optional<StartRecord> startOf(const Record &record)
{
    if (record.kind != RecordKind::Start || record.payload.size() != startSize)
        return {};
    return StartRecord{qFromLittleEndian<qint64>(record.payload.data()),
                       qFromLittleEndian<quint32>(record.payload.data() + 8)};
}

std::optional<StepRecord> stepOf(const Record &record)
{
    StepRecord step;
    if (record.kind == RecordKind::BareStep) {
        step.bare = true;
        step.action = record.payload;
        return step;
    }
    if (record.kind != RecordKind::Step || record.payload.size() < stepSize)
        return {};
    const char *const data = record.payload.data();
    step.milliseconds = qFromLittleEndian<quint32>(data);
    step.reward = std::bit_cast<double>(qFromLittleEndian<quint64>(data + 4));
    step.terminated = data[12] & Terminated;
    step.truncated = data[12] & Truncated;
    step.action = record.payload.sliced(stepSize);
    return step;
}

} // namespace quarry::gem
