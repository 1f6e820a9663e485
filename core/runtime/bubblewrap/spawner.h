// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The one thread that starts sandboxes and takes their groups away.
//
// Sandboxes die when the thread that forked them ends, so it lives as long as the runtime does.
// Joining and removing control groups may take milliseconds, which the engine's thread has not.
#pragma once

#include "base/result.h"
#include "runtime/bubblewrap/launch.h"

#include <QObject>
#include <QStringList>
#include <QThread>

#include <functional>
#include <memory>

namespace quarry::runtime {

class Spawner : public QObject
{
    Q_OBJECT
public:
    explicit Spawner(QObject *parent = nullptr);
    // Does what was asked so far, then ends the thread, and with it every process that it started.
    ~Spawner() override;

    struct Order {
        QByteArray program;
        QByteArray spec;
        LaunchFiles files;
    };
    // Answers on the caller's thread unless CONTEXT is gone; a process that nobody wants any more
    // dies.
    void launch(const std::shared_ptr<Order> &order, QObject *context,
                std::function<void(std::shared_ptr<Result<Launched>>)> done);

    // For what nobody waits for: kills the process, reaps it, removes the groups, lets KEPT go.
    void bury(pid_t pid, const QStringList &folders, std::shared_ptr<const void> kept);

    // Removes the groups, killing what still is in them, again and again until MILLISECONDS have
    // passed. Answers with what is left.
    void removeGroups(const QStringList &folders, int milliseconds, QObject *context,
                      std::function<void(const QStringList &left)> done);

private:
    void tryGroups(const QStringList &folders, qint64 deadline, int pause,
                   std::function<void(const QStringList &)> done);

    QThread m_thread;
    QObject *m_worker; // lives on the thread
};

} // namespace quarry::runtime
