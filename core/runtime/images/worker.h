// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The heavy and hostile half of images and layers: what `quarry worker …` does, in a process of its
// own that sees the owners of a layer's files as the sandbox does (root inside is uid 0).
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QStringList>

#include <functional>

namespace quarry::runtime {

// Does one job and returns the exit code: 0 done, 1 failed, 2 wrong usage. Blocks; needs no event
// loop. progressFd gets JSON objects, one a line: {"bytes_done":N,"bytes_total":N,"entries":N}
// several times a second (total 0: unknown), at last the answer. A failure is the last line of
// standard error, "CODE: sentence". When progressFd has no reader any more the job ends.
//   unpack - FOLDER [--max-bytes N] [--max-entries N]
//              standard input, a seekable tar, OCI or docker archive, to FOLDER/root (and
//              FOLDER/usr for the exported layers of an image that stands on the host)
//   unpack SOURCE FOLDER …   the same from a folder: a root file system or an OCI layout
//              both answer
//              {"kind","bytes","files","left_out","owners_kept","env","command","workdir"}
//   commit LAYER FOLDER      LAYER's upper folders to FOLDER/root and FOLDER/usr: {"bytes","files"}
//   measure FOLDER [--seconds S]   {"bytes","files","complete"}; bytes are those on disk
//   delete FOLDER            empties it, and removes it when that can be (not a mount): {"files"}
//   export [--host JSON] [--root FOLDER]… [--usr FOLDER]…   layers, top first, as a tar to
//   descriptor 3
int runWorker(const QStringList &arguments, int progressFd);

struct WorkerPlace {
    QString path; // absolute
    bool readOnly = false;
};

// One run. In an argument "{0}" stands for the place where the worker sees places[0], and so on.
struct WorkerTask {
    QStringList arguments; // after "worker"
    QList<WorkerPlace> places;
    QString inputFile; // standard input, opened with the caller's rights; empty: none
    QString outputFile; // descriptor 3, made with the caller's rights (0600); empty: none
};

// Runs workers. Implementations: ProcessWorker here (the caller's own identity), and the runtime's,
// which enters the sandboxes' uid mapping first.
class WorkerHost
{
public:
    // Gets each progress line, and an empty one at least every 200 ms; false kills the worker.
    using Line = std::function<bool(const QByteArray &line)>;

    virtual ~WorkerHost() = default;
    // Blocks until the worker has ended: never on the engine's thread. Safe from several threads at
    // once. Gives the answer line, or the error that the worker told, or Cancelled.
    virtual Result<QByteArray> run(const WorkerTask &task, const Line &line) = 0;
};

// "CODE: sentence" as an Error; Internal with the text itself when it has no known code.
Error workerError(const QByteArray &line);

} // namespace quarry::runtime
