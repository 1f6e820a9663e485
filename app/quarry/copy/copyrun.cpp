// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "copy/copyrun.h"

#include "base/ids.h"
#include "cli/engineclient.h"
#include "cli/progress.h"

#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype pieceMax = 256 * 1024;

// ---- to a sandbox

Result<void> uploadFile(client::Client &engine, const QString &sandbox, const CopyItem &item,
                        const std::function<void(qint64)> &moved)
{
    const UniqueFd file(
        ::open(QFile::encodeName(item.from).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file)
        return systemError(u"Cannot read "_s + item.from, errno);
    const auto source = [&]() -> Result<QByteArray> {
        QByteArray piece(pieceMax, Qt::Uninitialized);
        const ssize_t count = ::read(file.get(), piece.data(), size_t(piece.size()));
        if (count < 0)
            return systemError(u"Cannot read "_s + item.from, errno);
        piece.resize(count);
        moved(count);
        return piece;
    };
    const client::Query query{{u"path"_s, item.to},
                              {u"mode"_s, QString::number(item.mode & 0777, 8)}};
    const Result<QJsonObject> sent
        = engine.upload(sandboxPath(sandbox, u"/files"_s), query, item.size, source);
    return sent ? Result<void>() : Result<void>(sent.error());
}

Result<void> makeFolderInside(client::Client &engine, const QString &sandbox, const CopyItem &item)
{
    const QJsonObject body{{u"path"_s, item.to}, {u"mode"_s, int(item.mode & 0777)}};
    const Result<QJsonObject> made = engine.post(sandboxPath(sandbox, u"/files/mkdir"_s), body);
    const bool there = !made && made.error().code == ErrorCode::AlreadyExists;
    return made || there ? Result<void>() : Result<void>(made.error());
}

// ---- from a sandbox

Result<void> makeFolderHere(const CopyItem &item)
{
    const QByteArray name = QFile::encodeName(item.to);
    // Ours to write into until everything is there; what the sandbox says beyond that does not
    // matter.
    if (::mkdir(name.constData(), item.mode | 0700) == 0)
        return {};
    const int fault = errno;
    struct stat info = {};
    if (fault == EEXIST && ::lstat(name.constData(), &info) == 0 && S_ISDIR(info.st_mode))
        return {};
    return systemError(u"Cannot make the folder "_s + item.to, fault);
}

Result<void> makeLinkHere(const CopyItem &item)
{
    const QByteArray name = QFile::encodeName(item.to);
    if (::symlink(QFile::encodeName(item.target).constData(), name.constData()) == 0)
        return {};
    return systemError(u"Cannot make the link "_s + item.to, errno);
}

Result<void> writeAll(int file, QByteArrayView bytes, const QString &name)
{
    while (!bytes.isEmpty()) {
        const ssize_t count = ::write(file, bytes.data(), size_t(bytes.size()));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return systemError(u"Cannot write "_s + name, errno);
        bytes = bytes.sliced(count);
    }
    return {};
}

// Beside its place first, so that a copy that fails changes nothing.
Result<void> downloadFile(client::Client &engine, const QString &sandbox, const CopyItem &item,
                          const std::function<void(qint64)> &moved)
{
    const QByteArray part = QFile::encodeName(item.to) + ".quarry-" + randomHex(4).toLatin1();
    UniqueFd file(::open(part.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file)
        return systemError(u"Cannot write "_s + item.to, errno);
    Result<void> result
        = engine.download(sandboxPath(sandbox, u"/files"_s), {{u"path"_s, item.from}},
                          [&](QByteArrayView bytes, qint64) -> Result<void> {
                              moved(bytes.size());
                              return writeAll(file.get(), bytes, item.to);
                          });
    if (result && ::fchmod(file.get(), item.mode) != 0)
        result = systemError(u"Cannot set the mode of "_s + item.to, errno);
    if (result && ::rename(part.constData(), QFile::encodeName(item.to).constData()) != 0)
        result = systemError(u"Cannot write "_s + item.to, errno);
    if (!result)
        ::unlink(part.constData());
    return result;
}

} // namespace

Result<void> runUpload(client::Client &engine, const QString &sandbox, const CopyPlan &plan,
                       Progress &progress)
{
    qint64 done = 0;
    const auto moved = [&](qint64 count) { progress.bytes(done += count, plan.bytes); };
    for (const CopyItem &item : plan.items) {
        const Result<void> result = item.kind == CopyItem::Kind::Folder
            ? makeFolderInside(engine, sandbox, item)
            : uploadFile(engine, sandbox, item, moved);
        if (!result)
            return result;
    }
    return {};
}

Result<void> runDownload(client::Client &engine, const QString &sandbox, const CopyPlan &plan,
                         Progress &progress)
{
    qint64 done = 0;
    const auto moved = [&](qint64 count) { progress.bytes(done += count, plan.bytes); };
    for (const CopyItem &item : plan.items) {
        Result<void> result;
        if (item.kind == CopyItem::Kind::Folder)
            result = makeFolderHere(item);
        else if (item.kind == CopyItem::Kind::Link)
            result = makeLinkHere(item);
        else
            result = downloadFile(engine, sandbox, item, moved);
        if (!result)
            return result;
    }
    return {};
}

} // namespace quarry::cli
