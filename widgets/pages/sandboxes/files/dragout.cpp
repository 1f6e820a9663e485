// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/files/dragout.h"

#include "copy/copyplan.h"
#include "widgets/common/notices.h"
#include "widgets/pages/sandboxes/files/transfers.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QTemporaryDir>
#include <QUrl>

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
    m_folders.push_back(std::move(folder));
    m_transfers.start(sandboxId,
                      {.direction = sandbox::CopyRequest::Direction::FromSandbox,
                       .sources = paths,
                       .folder = QFile::encodeName(place)},
                      [this, sandboxId, paths, place] {
                          if (!QGuiApplication::mouseButtons().testFlag(Qt::LeftButton)) {
                              Q_EMIT late(sandboxId, paths);
                              return;
                          }
                          QList<QUrl> urls;
                          for (const QByteArray &path : paths)
                              urls.append(QUrl::fromLocalFile(
                                  place + u'/' + QFile::decodeName(copy::lastName(path))));
                          Q_EMIT ready(urls);
                      });
}

} // namespace quarry::widgets
