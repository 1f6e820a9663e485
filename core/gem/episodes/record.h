// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The records that an environment's episodes are kept in, one file for each environment: appended,
// never changed. Little endian:
//   u32 size of the payload · u8 kind · u32 CRC-32 of kind and payload · payload
// A record that is torn or whose sum is wrong ends what can be read of a file.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

namespace quarry::gem {

enum class RecordKind : quint8 {
    Head = 1,    // JSON: format, env_id, engine, parameters, fifteen_reset, created
    Start = 2,   // i64 ms since 1970 · u32 seed
    Step = 3, // u32 ms since the start · f64 reward · u8 ends (1 terminated, 2 truncated) · action
    BareStep = 4, // the action alone: the rest is derived when it is read
    // Of what cannot be derived again, under a head of format 2:
    TextStart = 5, // i64 ms since 1970 · u8 seeded · u32 seed · u32 size of the observation ·
                   // observation · info (JSON)
    TextStep = 6, // u32 ms since the start · f64 reward · u8 ends · u32 µs that it took ·
                  // u32 size of the action · u32 size of the observation · action · observation ·
                  // info (JSON)
    End = 7 // why the episode ended before its game did
};

constexpr qsizetype payloadMax = 64 << 20;

// PARTS one after the other are the payload.
void appendRecord(QByteArray &out, RecordKind kind, std::initializer_list<QByteArrayView> parts);

struct Record {
    RecordKind kind;
    QByteArrayView payload;
};

// Goes through bytes that must outlive it. Nothing is allocated.
class RecordReader
{
public:
    explicit RecordReader(QByteArrayView bytes) : m_bytes(bytes) { }

    // Nothing at the end, and where the bytes cannot be read on: isTorn() then says so.
    std::optional<Record> next();
    // Behind the last record that was read.
    qsizetype position() const { return m_at; }
    bool isTorn() const { return m_torn; }

private:
    QByteArrayView m_bytes;
    qsizetype m_at = 0;
    bool m_torn = false;
};

// One step as it is kept.
struct StepRecord {
    quint32 milliseconds = 0; // since the episode's start; of a bare one 0, as are the next three
    double reward = 0;
    bool terminated = false;
    bool truncated = false;
    bool bare = false;
    QByteArrayView action; // into the bytes that were read, as are the texts below
    // A whole one has what the environment gave, too.
    bool whole = false;
    quint32 microseconds = 0; // that it took
    QByteArrayView observation;
    QByteArrayView info; // JSON, unchecked
};

struct StartRecord {
    qint64 time = 0; // ms since 1970
    quint32 seed = 0;
    bool whole = false; // as of a step; the rest is of whole ones
    bool seeded = true;
    QByteArrayView observation;
    QByteArrayView info;
};

void appendStart(QByteArray &out, const StartRecord &start);
void appendStep(QByteArray &out, const StepRecord &step);
void appendEnd(QByteArray &out, const QString &reason);
// Whether a whole step whose texts have these sizes in bytes can be kept.
constexpr bool fitsRecord(qsizetype action, qsizetype observation, qsizetype info)
{
    return action + observation + info <= payloadMax - 64;
}

// Nothing when the payload is not one.
std::optional<StartRecord> startOf(const Record &record);
std::optional<StepRecord> stepOf(const Record &record);
std::optional<QString> reasonOf(const Record &record);

} // namespace quarry::gem
