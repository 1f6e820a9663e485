// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/bubblewrap/trial.h"

#include "runtime/bubblewrap/launchorder.h"
#include "runtime/images/worker.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QThread>

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace quarry::runtime {

namespace {

constexpr int trialMilliseconds = 15000;
constexpr int trialPauseMilliseconds = 5;

QByteArray drain(int fd)
{
    QByteArray text;
    char buffer[4096];
    ssize_t n;
    while ((n = read(fd, buffer, sizeof buffer)) > 0)
        text.append(buffer, n);
    return text;
}

// Ends and reaps, whatever state it is in.
void finish(const Launched &launched)
{
    syscall(SYS_pidfd_send_signal, launched.pidFd.get(), SIGKILL, nullptr, 0);
    pollfd ended{launched.pidFd.get(), POLLIN, 0};
    while (poll(&ended, 1, trialMilliseconds) < 0 && errno == EINTR) {
    }
    reap(launched.pidFd.get());
}

Error complaint(const Launched &launched)
{
    for (const QByteArray &line : drain(launched.status.get()).split('\n')) {
        if (line.startsWith("error\t"))
            return workerError(line.mid(6).replace('\t', ": "));
    }
    const QString text = QString::fromUtf8(drain(launched.errors.get())).simplified().left(500);
    return {ErrorCode::Unsupported,
            text.isEmpty() ? QStringLiteral("it did not answer in time") : text,
            {}};
}

// A root that holds no more than bwrap needs.
bool makeRoot(const QString &folder)
{
    const QDir root(folder);
    for (const char *name : {"proc", "dev", "etc", "usr", "root", "tmp"}) {
        if (!root.mkpath(QLatin1String(name)))
            return false;
    }
    return true;
}

std::shared_ptr<UidSlice> takeSlice(const BubblewrapHost &host)
{
    UidSlices slices(sliceFolder(), host.settings.uidFirst, host.settings.uidLast);
    auto slice = slices.take();
    return slice ? *slice : nullptr;
}

} // namespace

Result<void> tryNamespaces(const BubblewrapHost &host)
{
    const auto slice = host.root ? takeSlice(host) : nullptr;
    LaunchSpec order;
    order.add("worker");
    addIdentity(order, slice.get(), host.ranges);
    order.add("program", QByteArray("/bin/true"));
    auto launched = launch(QFile::encodeName(host.launcher), order.bytes(), {});
    if (!launched)
        return launched.error();
    pollfd ended{launched->pidFd.get(), POLLIN, 0};
    poll(&ended, 1, trialMilliseconds);
    if (ended.revents != 0 && reap(launched->pidFd.get()) == 0)
        return {};
    const Error error = complaint(*launched);
    finish(*launched);
    return error;
}

Result<void> trySandbox(const BubblewrapHost &host, NetworkMode network)
{
    const QTemporaryDir folder(host.settings.dataFolder + QStringLiteral("/trial-XXXXXX"));
    if (!folder.isValid() || !makeRoot(folder.filePath(QStringLiteral("lower")))
        || !QDir(folder.path()).mkpath(QStringLiteral("layer")))
        return {ErrorCode::Io,
                QStringLiteral("%1 cannot be written").arg(host.settings.dataFolder)};
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
        return systemError(QStringLiteral("No socket for a trial"), errno);
    const UniqueFd stream(ends[0]);
    LaunchFiles files;
    files.five.reset(ends[1]);
    files.six = memoryFile(host.filter);
    InstanceSpec spec;
    spec.id = QStringLiteral("trial-%1").arg(int(network));
    spec.layerFolder = folder.filePath(QStringLiteral("layer"));
    spec.network = network;
    spec.image.rootLowers = {folder.filePath(QStringLiteral("lower"))};
    spec.image.usrLowers = {QStringLiteral("/usr")};
    const auto slice = host.root ? takeSlice(host) : nullptr;
    auto launched = launch(QFile::encodeName(host.launcher),
                           launchOrder(host, spec, {}, slice.get()).bytes(), std::move(files));
    if (!launched)
        return launched.error();
    pollfd spoke{stream.get(), POLLIN, 0};
    poll(&spoke, 1, trialMilliseconds);
    char byte;
    const bool works = recv(stream.get(), &byte, 1, MSG_DONTWAIT) == 1;
    const Error error = works ? Error() : complaint(*launched);
    finish(*launched);
    const QDeadlineTimer deadline(trialMilliseconds);
    QStringList left = host.groups.groupsOf(spec.id);
    while (!(left = removeGroups(left)).isEmpty() && !deadline.hasExpired())
        QThread::msleep(trialPauseMilliseconds);
    return works ? Result<void>() : error;
}

} // namespace quarry::runtime
