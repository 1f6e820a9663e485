// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/files/transfers.h"

#include "base/escapedname.h"
#include "copy/copyplan.h"
#include "widgets/common/format.h"
#include "widgets/common/notices.h"
#include "widgets/common/question.h"

#include <QPointer>
#include <QWidget>

namespace quarry::widgets {

using sandbox::CopyRequest;
using sandbox::CopySummary;
using sandbox::Existing;

namespace {

bool isUpload(const CopyRequest &request)
{
    return request.direction == CopyRequest::Direction::ToSandbox;
}

QString titleOf(const QString &sandboxId, const CopyRequest &request)
{
    const QString what = request.sources.size() == 1
        ? oneLine(escapedName(copy::lastName(request.sources.first())), 80)
        : counted(request.sources.size(), QString(), Transfers::tr("%1 items"));
    const QString folder = oneLine(escapedName(request.folder), 80);
    return isUpload(request) ? Transfers::tr("Upload %1 → %2:%3").arg(what, sandboxId, folder)
                             : Transfers::tr("Download %1:%2 → %3").arg(sandboxId, what, folder);
}

QString copiedText(const CopySummary &summary)
{
    return Transfers::tr("%1, %2").arg(
        counted(summary.files, Transfers::tr("1 file"), Transfers::tr("%1 files")),
        formatBytes(summary.bytes));
}

QList<QByteArray> namesOf(const QList<QByteArray> &paths)
{
    QList<QByteArray> names;
    for (const QByteArray &path : paths)
        names.append(copy::lastName(path));
    return names;
}

} // namespace

Transfers::Transfers(const Parts &parts, QWidget *dialogParent)
    : QObject(dialogParent), m_parts(parts), m_dialogParent(dialogParent)
{
}

FileTransfer *Transfers::start(const QString &sandboxId, const CopyRequest &request,
                               std::function<void()> came)
{
    const QString text = titleOf(sandboxId, request);
    auto *transfer = new FileTransfer(m_parts.host, sandboxId, request, this);
    Activity entry{.text = text, .kind = tr("Files"), .unit = ActivityUnit::Bytes};
    entry.cancel = [transfer = QPointer(transfer)] {
        if (transfer)
            transfer->cancel();
    };
    const QByteArray inside
        = isUpload(request) ? request.folder : copy::folderOf(request.sources.first());
    entry.open = [self = QPointer(this), sandboxId, inside] {
        if (self)
            Q_EMIT self->openAsked(sandboxId, inside);
    };
    const ActivityId activity = m_parts.activity.begin(std::move(entry));
    m_parts.activity.setPhase(activity, State::Waiting, tr("looking"));

    connect(transfer, &FileTransfer::existingFound, this,
            [=, this](const QStringList &some, qint64 count) {
                askExisting(transfer, activity, some, count);
            });
    connect(transfer, &FileTransfer::progressed, this, [=, this](qint64 bytes, qint64 total) {
        m_parts.activity.setPhase(activity, State::Running, {});
        m_parts.activity.progress(activity, bytes, total);
    });
    const auto ended = [=, this] {
        transfer->deleteLater();
        if (isUpload(request))
            Q_EMIT uploaded(sandboxId, request.folder, namesOf(request.sources));
    };
    connect(transfer, &FileTransfer::finished, this, [=, this](const CopySummary &summary) {
        finish(activity, text, request, summary, came);
        ended();
    });
    connect(transfer, &FileTransfer::failed, this,
            [=, this](const Error &error, const CopySummary &summary) {
                fail(activity, text, error, summary);
                ended();
            });
    transfer->start();
    return transfer;
}

void Transfers::askExisting(FileTransfer *transfer, ActivityId activity, const QStringList &some,
                            qint64 count)
{
    m_parts.activity.setPhase(activity, State::Waiting, tr("asks about files that are there"));
    QStringList names;
    for (const QString &name : some)
        names.append(oneLine(name, 100));
    if (count > some.size())
        names.append(tr("…"));
    Question question;
    question.title = tr("Files are there already");
    question.text
        = counted(count, tr("1 file is there already."), tr("%1 files are there already."));
    question.detail = names.join(u'\n');
    question.choices = {{count == 1 ? tr("Overwrite") : tr("Overwrite all"), true,
                         [transfer] { transfer->decide(Existing::Overwrite); }},
                        {tr("Skip"), false, [transfer] { transfer->decide(Existing::Skip); }}};
    ask(m_dialogParent->window(), transfer, question,
        [transfer] { transfer->decide(Existing::Cancel); });
}

void Transfers::finish(ActivityId activity, const QString &text, const CopyRequest &request,
                       const CopySummary &summary, const std::function<void()> &came)
{
    QStringList parts{copiedText(summary)};
    if (summary.skipped > 0)
        parts.append(
            counted(summary.skipped, tr("1 was there already"), tr("%1 were there already")));
    if (!summary.leftOut.isEmpty())
        parts.append(counted(summary.leftOut.size(), tr("1 left out"), tr("%1 left out")));
    const bool whole = summary.leftOut.isEmpty();
    m_parts.activity.end(activity, whole ? State::Success : State::Warning,
                         parts.join(QStringLiteral(" · ")));
    if (!whole)
        m_parts.notices.post(
            {.kind = NoticeKind::Warning,
             .text = summary.leftOut.size() == 1
                 ? summary.leftOut.first()
                 : tr("%1 And %2 more like it.")
                       .arg(summary.leftOut.first(), formatCount(summary.leftOut.size() - 1)),
             .actionText = {},
             .action = {}});
    else if (came)
        came();
    else if (!isUpload(request))
        m_parts.notices.post({.kind = NoticeKind::Success,
                              .text = tr("%1: done, %2.").arg(text, copiedText(summary)),
                              .actionText = {},
                              .action = {}});
}

void Transfers::fail(ActivityId activity, const QString &text, const Error &error,
                     const CopySummary &summary)
{
    const QString before = summary.files > 0 ? tr("%1 copied before").arg(copiedText(summary))
                                             : tr("nothing was copied");
    if (error.code == ErrorCode::Cancelled) {
        m_parts.activity.end(activity, State::Stopped, before);
        return;
    }
    const QString reason
        = summary.files > 0 ? QStringLiteral("%1 · %2").arg(error.message, before) : error.message;
    m_parts.activity.end(activity, State::Failed, reason);
    m_parts.notices.post({.kind = NoticeKind::Failure,
                          .text = tr("%1: %2").arg(text, reason),
                          .actionText = {},
                          .action = {}});
}

} // namespace quarry::widgets
