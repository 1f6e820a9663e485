// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Dragging a sandbox's files into another program of this machine: it takes files that are here, so
// they are fetched while the button is held.
#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QPointer>

#include <memory>
#include <vector>

class QTemporaryDir;
class QUrl;

namespace quarry::widgets {

class FileTransfer;
class Notices;
class Transfers;

class DragOut : public QObject
{
    Q_OBJECT
public:
    // Both live as long.
    DragOut(Transfers &transfers, Notices &notices, QObject *parent = nullptr);
    ~DragOut() override; // what was fetched goes with it

    // PATHS of the sandbox, with all that is below them.
    void begin(const QString &sandboxId, const QList<QByteArray> &paths);

Q_SIGNALS:
    // They are here and the button is still held: the drag can be made now.
    void ready(const QList<QUrl> &urls);
    // It was let go before; the rest is not fetched.
    void late(const QString &sandboxId, const QList<QByteArray> &paths);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void giveUp();

    Transfers &m_transfers;
    Notices &m_notices;
    // The other program may read them long after the drop.
    std::vector<std::unique_ptr<QTemporaryDir>> m_folders;
    QPointer<FileTransfer> m_transfer; // of the drag that is not made yet
    QString m_sandboxId;
    QList<QByteArray> m_paths;
};

} // namespace quarry::widgets
