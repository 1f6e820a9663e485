// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Starting quarry-launcher: what it is told, and the descriptors that it gets.
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"

#include <QByteArray>
#include <QString>

#include <sys/types.h>

namespace quarry::runtime {

// KEY NUL VALUE NUL, as launcher/spec.h reads it.
class LaunchSpec
{
public:
    void add(const char *key, const QString &value) { add(key, value.toUtf8()); }
    void add(const char *key, const QByteArray &value);
    void add(const char *key) { add(key, QByteArray()); }
    // FIRST:COUNT
    void addRange(const char *key, quint32 first, quint32 count);
    const QByteArray &bytes() const { return m_bytes; }
    // A value with a NUL in it: nothing may be started.
    bool broken() const { return m_broken; }

private:
    QByteArray m_bytes;
    bool m_broken = false;
};

struct LaunchFiles {
    UniqueFd standardInput;  // none: /dev/null
    UniqueFd standardOutput; // none: /dev/null
    UniqueFd five;           // the agent's stream, or a worker's output file
    UniqueFd six;            // the filter
};

struct Launched {
    pid_t pid = -1;
    UniqueFd pidFd;
    UniqueFd status; // reading ends, non-blocking
    UniqueFd errors;
};

// Starts the launcher at PROGRAM, in a session of its own. It dies with the calling THREAD.
Result<Launched> launch(const QByteArray &program, const QByteArray &spec, LaunchFiles files);

// A memory file that holds BYTES, to be read from its beginning.
UniqueFd memoryFile(const QByteArray &bytes);

// Waits for the child behind PIDFD, which has ended: its status as of wait(2), or -1.
int reap(int pidFd);

// "ended with code 1", "was killed by signal 9".
QString describeEnd(int waitStatus);

} // namespace quarry::runtime
