// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/files/dragout.h"

#include "copy/copyplan.h"
#include "widgets/common/notices.h"
#include "widgets/pages/sandboxes/files/transfers.h"

#include <QDir>
#include <QFile>
#include <QCoreApplication>
#include <QEvent>
#include <QGuiApplication>
#include <QTemporaryDir>
#include <QUrl>

#include <utility>

namespace quarry::widgets {

DragOut::DragOut(Transfers &transfers, Notices &notices, QObject *parent)
    : QObject(parent), m_transfers(transfers), m_notices(notices)
{
}

DragOut::~DragOut() = default;

void DragOut::begin(const QString &sandboxId, const QList<QByteArray> &paths)
{
    auto folder
        = std::make_unique<QTemporaryDir>(QDir::tempPath() + QStringLiteral("/quarry-drag-XXXXXX"));
    if (!folder->isValid()) {
        m_notices.post({.kind = NoticeKind::Failure,
                        .text = tr("No folder for what is dragged: %1").arg(folder->errorString()),
                        .actionText = {},
                        .action = {}});
        return;
    }
    const QString place = folder->path();
    giveUp();
    m_sandboxId = sandboxId;
    m_paths = paths;
    qApp->installEventFilter(this);
    m_transfer
        = m_transfers.start(sandboxId,
                            {.direction = sandbox::CopyRequest::Direction::FromSandbox,
                             .sources = paths,
                             .folder = QFile::encodeName(place)},
                            [this, paths, place] {
                                qApp->removeEventFilter(this);
                                m_transfer.clear();
                                if (!QGuiApplication::mouseButtons().testFlag(Qt::LeftButton)) {
                                    Q_EMIT late(m_sandboxId, paths);
                                    return;
                                }
                                QList<QUrl> urls;
                                for (const QByteArray &path : paths)
                                    urls.append(QUrl::fromLocalFile(
                                        place + u'/' + QFile::decodeName(copy::lastName(path))));
                                Q_EMIT ready(urls);
                            });
    // What has come is of no use without the rest.
    connect(m_transfer, &FileTransfer::failed, this, [this, place] {
        std::erase_if(m_folders, [&](const auto &each) { return each->path() == place; });
    });
    m_folders.push_back(std::move(folder));
}

bool DragOut::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::MouseButtonRelease && m_transfer) {
        giveUp();
        Q_EMIT late(m_sandboxId, m_paths);
    }
    return QObject::eventFilter(watched, event);
}

void DragOut::giveUp()
{
    qApp->removeEventFilter(this);
    if (const QPointer<FileTransfer> transfer = std::exchange(m_transfer, nullptr))
        transfer->cancel();
}

} // namespace quarry::widgets
