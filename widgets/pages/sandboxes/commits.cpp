// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/commits.h"

#include "widgets/common/notices.h"
#include "widgets/pages/sandboxes/commitdialog.h"

#include <QTimer>

#include <chrono>

namespace quarry::widgets {

using namespace std::chrono_literals;
using sandbox::CommitInfo;

namespace {
constexpr auto askEvery = 200ms;
} // namespace

Commits::Commits(const SandboxActions::Parts &parts, QWidget *dialogParent, QObject *parent)
    : QObject(parent), m_parts(parts), m_dialogParent(dialogParent)
{
}

void Commits::openForm(const QString &sandbox)
{
    auto *form = new CommitDialog(m_parts.host, sandbox, m_dialogParent);
    form->setAttribute(Qt::WA_DeleteOnClose);
    connect(form, &CommitDialog::commitRequested, this,
            [this, form, sandbox](const QString &image) { begin(sandbox, image, form); });
    form->open();
}

void Commits::begin(const QString &sandbox, const QString &image, CommitDialog *form)
{
    m_parts.host.ask<CommitInfo>(
        this,
        [sandbox, image](engine::Engine &engine, Callback<CommitInfo> done) {
            engine.sandboxes().commit(sandbox, image, false, std::move(done));
        },
        [this, sandbox, form = QPointer<CommitDialog>(form)](const Result<CommitInfo> &begun) {
            if (!begun) {
                if (form)
                    form->showError(begun.error().message);
                return;
            }
            if (form)
                form->accept();
            const auto cancel = [this, sandbox] {
                m_parts.host.post([sandbox](engine::Engine &engine) {
                    // When it has just ended there is nothing to cancel.
                    static_cast<void>(engine.sandboxes().cancelCommit(sandbox));
                });
            };
            follow(
                sandbox,
                m_parts.activity.begin({.text = tr("Commit %1 → %2").arg(sandbox, begun->imageTag),
                                        .kind = tr("Image"),
                                        .unit = ActivityUnit::Bytes,
                                        .cancel = cancel,
                                        .open = {}}));
        });
}

void Commits::follow(const QString &sandbox, ActivityId activity)
{
    m_parts.host.ask<CommitInfo>(
        this,
        [sandbox](engine::Engine &engine, const Callback<CommitInfo> &done) {
            done(engine.sandboxes().commitInfo(sandbox));
        },
        [this, sandbox, activity](const Result<CommitInfo> &commit) {
            if (!commit) {
                m_parts.activity.end(activity, State::Failed, commit.error().message);
                return;
            }
            if (commit->phase != CommitInfo::Phase::Running) {
                end(*commit, activity);
                return;
            }
            m_parts.activity.progress(activity, commit->bytesDone, commit->bytesTotal);
            QTimer::singleShot(askEvery, this,
                               [this, sandbox, activity] { follow(sandbox, activity); });
        });
}

void Commits::end(const CommitInfo &commit, ActivityId activity)
{
    if (commit.phase == CommitInfo::Phase::Succeeded) {
        m_parts.activity.end(activity, State::Success);
        m_parts.notices.post(
            {.kind = NoticeKind::Success,
             .text = tr("%1 was committed to the image %2.").arg(commit.sandboxId, commit.imageTag),
             .actionText = tr("New sandbox from it"),
             .action = [this, image = commit.imageTag] { Q_EMIT newSandboxRequested(image); }});
        return;
    }
    const bool cancelled = commit.errorCode == QLatin1String("COMMIT_CANCELLED");
    m_parts.activity.end(activity, cancelled ? State::Stopped : State::Failed, commit.errorMessage);
    if (!cancelled)
        m_parts.notices.post(
            {.kind = NoticeKind::Failure,
             .text = tr("%1 was not committed to %2: %3")
                         .arg(commit.sandboxId, commit.imageTag, commit.errorMessage),
             .actionText = {},
             .action = {}});
}

} // namespace quarry::widgets
