// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The heavy and hostile half of images and layers: what `quarry worker …` does, in a process of its own
// that sees the uids of the layer (a user namespace for an ordinary user, plain root for root).
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QStringList>

#include <functional>

namespace quarry::runtime {

// Does one job and returns the exit code: 0 done, 1 failed, 2 wrong usage. Blocks; needs no event loop.
// progressFd gets one JSON object a line: {"event":"progress","bytes_done":N,"bytes_total":N,
// "entries":N} at least every 200 ms, then {"event":"done",…} or {"event":"error","code":TEXT,
// "message":TEXT}. When nobody reads progressFd any more the job ends and removes what it has made.
// Jobs (paths absolute):
//   unpack SOURCE FOLDER [--max-bytes N] [--max-entries N]   a folder, tar, OCI or docker archive
//                         to FOLDER/root (and FOLDER/usr for an exported layer of the host)
//   commit LAYER FOLDER [--uid-base N]   LAYER/{root,usr}/upper to FOLDER/{root,usr}; N is taken off
//                         every owner (an upper layer that lies on disk under a sandbox's own range)
//   measure FOLDER [--seconds S]   done: {"bytes":N,"files":N,"complete":bool}
//   delete FOLDER                  the tree itself too; done also when it is not there
//   export FILE [--host JSON] [--root FOLDER]… [--usr FOLDER]…   layers, top first, as one tar
int runWorker(const QStringList &args, int progressFd);

// Runs `quarry worker ARGS…`, its progress on its standard output. Implementations: ProcessWorker here
// (same identity), and the runtime's, which enters the sandboxes' uid mapping first.
class WorkerHost
{
public:
    // Gets each line as it comes, without its newline, and an empty one at least every 200 ms;
    // false kills the worker.
    using Line = std::function<bool(const QByteArray &line)>;

    virtual ~WorkerHost() = default;
    // Blocks until the worker has ended: never call it on the engine's thread. Safe to call from
    // several threads at once. An error only for a worker that could not be started or died
    // (Cancelled when a Line refused); failures of the job itself come as its "error" line.
    virtual Result<void> run(const QStringList &args, const Line &line) = 0;
};

// Runs one worker and gives its "done" object, or its "error" as an Error.
// progress may be empty; it returns false to cancel.
Result<QJsonObject> runJob(WorkerHost &host, const QStringList &args,
                           const std::function<bool(const QJsonObject &)> &progress = {});

} // namespace quarry::runtime
