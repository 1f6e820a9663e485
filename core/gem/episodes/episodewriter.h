// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Appends one environment's episodes to its file. What a call has written survives a killed
// program.
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"
#include "gem/episodes/episode.h"
#include "gem/episodes/record.h"

namespace quarry::gem {

// Not thread safe.
class EpisodeWriter
{
public:
    // The file is made by the first start(), mode 0600; its folder must be there.
    EpisodeWriter(QString path, EnvironmentSpec spec);

    Result<void> start(const StartRecord &start);
    Result<void> step(const StepRecord &step);
    // Records as appendStep() makes them.
    Result<void> append(QByteArrayView records);
    // Of the file. A failed call leaves it as it was.
    qint64 size() const { return m_size; }
    // Where the last episode starts.
    qint64 episodeStart() const { return m_start; }

    // The descriptor goes; the next call opens the file again.
    void closeFile() { m_file.reset(); }
    bool isFileOpen() const { return bool(m_file); }

private:
    Result<void> openFile();

    QString m_path;
    EnvironmentSpec m_spec;
    UniqueFd m_file;
    qint64 m_size = 0;
    qint64 m_start = 0;
};

// The head's JSON, and back; nothing when it is not one that this version reads.
QByteArray headOf(const EnvironmentSpec &spec);
std::optional<EnvironmentSpec> specOf(QByteArrayView head);

} // namespace quarry::gem
