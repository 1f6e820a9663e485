// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/episodes/record.h"

#include <QtEndian>

#include <boost/crc.hpp>

#include <array>
#include <bit>
#include <cmath>

namespace quarry::gem {

namespace {

constexpr qsizetype headSize = 9;
constexpr qsizetype startSize = 12;
constexpr qsizetype stepSize = 13;
constexpr qsizetype textStartSize = 17;
constexpr qsizetype textStepSize = 25;
enum Ends : quint8 { Terminated = 1, Truncated = 2 };

quint32 sumOf(quint8 kind, std::initializer_list<QByteArrayView> parts)
{
    boost::crc_32_type crc;
    crc.process_byte(kind);
    for (const QByteArrayView part : parts)
        crc.process_bytes(part.data(), size_t(part.size()));
    return crc.checksum();
}

void putStep(const StepRecord &step, char *data)
{
    qToLittleEndian(step.milliseconds, data);
    qToLittleEndian(std::bit_cast<quint64>(step.reward), data + 4);
    data[12] = char((step.terminated ? Terminated : 0) | (step.truncated ? Truncated : 0));
}

StepRecord takeStep(const char *data)
{
    StepRecord step;
    step.milliseconds = qFromLittleEndian<quint32>(data);
    step.reward = std::bit_cast<double>(qFromLittleEndian<quint64>(data + 4));
    step.terminated = data[12] & Terminated;
    step.truncated = data[12] & Truncated;
    return step;
}

std::optional<StartRecord> textStartOf(QByteArrayView payload)
{
    if (payload.size() < textStartSize)
        return {};
    const qsizetype observation = qFromLittleEndian<quint32>(payload.data() + 13);
    const QByteArrayView texts = payload.sliced(textStartSize);
    if (observation > texts.size())
        return {};
    StartRecord start;
    start.time = qFromLittleEndian<qint64>(payload.data());
    start.seed = qFromLittleEndian<quint32>(payload.data() + 9);
    start.whole = true;
    start.seeded = payload[8] != 0;
    start.observation = texts.first(observation);
    start.info = texts.sliced(observation);
    return start;
}

std::optional<StepRecord> textStepOf(QByteArrayView payload)
{
    if (payload.size() < textStepSize)
        return {};
    const qsizetype action = qFromLittleEndian<quint32>(payload.data() + 17);
    const qsizetype observation = qFromLittleEndian<quint32>(payload.data() + 21);
    const QByteArrayView texts = payload.sliced(textStepSize);
    if (action > texts.size() || observation > texts.size() - action)
        return {};
    StepRecord step = takeStep(payload.data());
    step.whole = true;
    step.microseconds = qFromLittleEndian<quint32>(payload.data() + 13);
    step.action = texts.first(action);
    step.observation = texts.sliced(action, observation);
    step.info = texts.sliced(action + observation);
    return step;
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

void appendStart(QByteArray &out, const StartRecord &start)
{
    std::array<char, textStartSize> head;
    qToLittleEndian(start.time, head.data());
    if (!start.whole) {
        qToLittleEndian(start.seed, head.data() + 8);
        appendRecord(out, RecordKind::Start, {QByteArrayView(head.data(), startSize)});
        return;
    }
    head[8] = start.seeded;
    qToLittleEndian(start.seed, head.data() + 9);
    qToLittleEndian(quint32(start.observation.size()), head.data() + 13);
    appendRecord(out, RecordKind::TextStart,
                 {QByteArrayView(head.data(), textStartSize), start.observation, start.info});
}

void appendStep(QByteArray &out, const StepRecord &step)
{
    if (step.bare) {
        appendRecord(out, RecordKind::BareStep, {step.action});
        return;
    }
    std::array<char, textStepSize> head;
    putStep(step, head.data());
    if (!step.whole) {
        appendRecord(out, RecordKind::Step, {QByteArrayView(head.data(), stepSize), step.action});
        return;
    }
    qToLittleEndian(step.microseconds, head.data() + 13);
    qToLittleEndian(quint32(step.action.size()), head.data() + 17);
    qToLittleEndian(quint32(step.observation.size()), head.data() + 21);
    appendRecord(
        out, RecordKind::TextStep,
        {QByteArrayView(head.data(), textStepSize), step.action, step.observation, step.info});
}

void appendEnd(QByteArray &out, const QString &reason)
{
    appendRecord(out, RecordKind::End, {reason.toUtf8()});
}

std::optional<StartRecord> startOf(const Record &record)
{
    if (record.kind == RecordKind::TextStart)
        return textStartOf(record.payload);
    if (record.kind != RecordKind::Start || record.payload.size() != startSize)
        return {};
    StartRecord start;
    start.time = qFromLittleEndian<qint64>(record.payload.data());
    start.seed = qFromLittleEndian<quint32>(record.payload.data() + 8);
    return start;
}

std::optional<StepRecord> stepOf(const Record &record)
{
    std::optional<StepRecord> step;
    if (record.kind == RecordKind::BareStep) {
        step.emplace();
        step->bare = true;
        step->action = record.payload;
    } else if (record.kind == RecordKind::TextStep) {
        step = textStepOf(record.payload);
    } else if (record.kind == RecordKind::Step && record.payload.size() >= stepSize) {
        step = takeStep(record.payload.data());
        step->action = record.payload.sliced(stepSize);
    }
    if (step && !std::isfinite(step->reward))
        return {};
    return step;
}

std::optional<QString> reasonOf(const Record &record)
{
    if (record.kind != RecordKind::End)
        return {};
    return QString::fromUtf8(record.payload);
}

} // namespace quarry::gem
