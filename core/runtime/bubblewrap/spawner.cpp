// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/bubblewrap/spawner.h"

#include "runtime/cgroups.h"

#include <QDeadlineTimer>
#include <QPointer>
#include <QTimer>

#include <cerrno>
#include <csignal>
#include <sys/wait.h>

namespace quarry::runtime {

namespace {

constexpr int pauseFirst = 2; // milliseconds
constexpr int pauseMost = 100;
constexpr int buryMilliseconds = 5000;

} // namespace

Spawner::Spawner(QObject *parent) : QObject(parent), m_worker(new QObject)
{
    m_thread.setObjectName(QStringLiteral("spawner"));
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
}

Spawner::~Spawner()
{
    QMetaObject::invokeMethod(m_worker, [this] { m_thread.quit(); });
    m_thread.wait();
}

void Spawner::launch(const std::shared_ptr<Order> &order, QObject *context,
                     std::function<void(std::shared_ptr<Result<Launched>>)> done)
{
    const QPointer<QObject> asker(context);
    QMetaObject::invokeMethod(m_worker, [this, order, asker, done = std::move(done)] {
        auto result = std::make_shared<Result<Launched>>(
            runtime::launch(order->program, order->spec, std::move(order->files)));
        QMetaObject::invokeMethod(this, [this, asker, done, result] {
            if (asker) {
                done(result);
            } else if (*result) {
                bury((*result)->pid, {}, {});
            }
        });
    });
}

void Spawner::bury(pid_t pid, const QStringList &folders, std::shared_ptr<const void> kept)
{
    QMetaObject::invokeMethod(m_worker, [this, pid, folders, kept = std::move(kept)] {
        if (pid > 0) {
            kill(pid, SIGKILL);
            while (waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
            }
        }
        tryGroups(folders, QDeadlineTimer(buryMilliseconds).deadline(), pauseFirst,
                  [kept](const QStringList &) { });
    });
}

void Spawner::removeGroups(const QStringList &folders, int milliseconds, QObject *context,
                           std::function<void(const QStringList &left)> done)
{
    const QPointer<QObject> asker(context);
    const qint64 deadline = QDeadlineTimer(milliseconds).deadline();
    auto answer = [this, asker, done = std::move(done)](const QStringList &left) {
        QMetaObject::invokeMethod(this, [asker, done, left] {
            if (asker)
                done(left);
        });
    };
    QMetaObject::invokeMethod(m_worker, [this, folders, deadline, answer = std::move(answer)] {
        tryGroups(folders, deadline, pauseFirst, answer);
    });
}

// On the thread.
void Spawner::tryGroups(const QStringList &folders, qint64 deadline, int pause,
                        std::function<void(const QStringList &)> done)
{
    const QStringList left = runtime::removeGroups(folders);
    if (left.isEmpty() || QDeadlineTimer::current().deadline() >= deadline) {
        done(left);
        return;
    }
    QTimer::singleShot(pause, m_worker, [this, left, deadline, pause, done = std::move(done)] {
        tryGroups(left, deadline, std::min(pause * 2, pauseMost), done);
    });
}

} // namespace quarry::runtime
