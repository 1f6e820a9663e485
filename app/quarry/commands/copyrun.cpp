// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/copyrun.h"

#include "base/escapedname.h"
#include "cli/engineclient.h"
#include "cli/progress.h"
#include "copy/localfile.h"

namespace quarry::cli {

using namespace Qt::StringLiterals;
using copy::CopyItem;
using copy::CopyPlan;

namespace {

constexpr qsizetype pieceMax = 256 * 1024;

// The engine's API has paths as text.
Result<QString> textOf(const QByteArray &path)
{
    if (path.isValidUtf8())
        return QString::fromUtf8(path);
    return {ErrorCode::InvalidArgument, u"The name %1 is no UTF-8."_s.arg(escapedName(path))};
}

Result<void> uploadFile(client::Client &engine, const QString &sandbox, const CopyItem &item,
                        const std::function<void(qint64)> &moved)
{
    const Result<QString> to = textOf(item.to);
    if (!to)
        return to.error();
    copy::SourceFile file(item.from);
    const auto source = [&]() -> Result<QByteArray> {
        Result<QByteArray> piece = file.read(pieceMax);
        if (piece)
            moved(piece->size());
        return piece;
    };
    const client::Query query{{u"path"_s, *to}, {u"mode"_s, QString::number(item.mode & 0777, 8)}};
    const Result<QJsonObject> sent
        = engine.upload(sandboxPath(sandbox, u"/files"_s), query, item.size, source);
    return sent ? Result<void>() : Result<void>(sent.error());
}

Result<void> makeFolderInside(client::Client &engine, const QString &sandbox, const CopyItem &item)
{
    const Result<QString> to = textOf(item.to);
    if (!to)
        return to.error();
    const QJsonObject body{{u"path"_s, *to}, {u"mode"_s, int(item.mode & 0777)}};
    const Result<QJsonObject> made = engine.post(sandboxPath(sandbox, u"/files/mkdir"_s), body);
    const bool there = !made && made.error().code == ErrorCode::AlreadyExists;
    return made || there ? Result<void>() : Result<void>(made.error());
}

Result<void> downloadFile(client::Client &engine, const QString &sandbox, const CopyItem &item,
                          const std::function<void(qint64)> &moved)
{
    copy::PartFile file(item.to);
    const Result<void> result = engine.download(sandboxPath(sandbox, u"/files"_s),
                                                {{u"path"_s, QString::fromUtf8(item.from)}},
                                                [&](QByteArrayView bytes, qint64) -> Result<void> {
                                                    moved(bytes.size());
                                                    return file.write(bytes);
                                                });
    return result ? file.finish(item.mode) : result;
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
            result = copy::makeLocalFolder(item.to, item.mode);
        else if (item.kind == CopyItem::Kind::Link)
            result = copy::makeLocalLink(item.to, item.target);
        else
            result = downloadFile(engine, sandbox, item, moved);
        if (!result)
            return result;
    }
    return {};
}

} // namespace quarry::cli
