// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Work that blocks, done on a pool's thread, its answer given back on the asker's.
#pragma once

#include "base/result.h"

#include <QMetaObject>
#include <QObject>
#include <QPointer>
#include <QThreadPool>

#include <memory>

namespace quarry {

// WORK runs on POOL; DONE is called on RECEIVER's thread, from its event loop, unless RECEIVER has
// died by then. The pool must outlive the work.
template <typename T, typename Work>
void runInPool(QThreadPool &pool, QObject *receiver, Work work, Callback<T> done)
{
    // Whether RECEIVER lives can only be asked on its own thread: a relay there takes the answer.
    auto *const relay = new QObject;
    relay->moveToThread(receiver->thread());
    pool.start([relay, receiver = QPointer<QObject>(receiver), work = std::move(work),
                done = std::move(done)]() mutable {
        auto result = std::make_shared<Result<T>>(work());
        QMetaObject::invokeMethod(
            relay,
            [relay, receiver = std::move(receiver), result, done = std::move(done)] {
                relay->deleteLater();
                if (receiver)
                    done(std::move(*result));
            },
            Qt::QueuedConnection);
    });
}

// DONE(RESULT) from RECEIVER's event loop: for answers that are known at once.
template <typename T>
void answerLater(QObject *receiver, Callback<T> done, Result<T> result)
{
    auto held = std::make_shared<Result<T>>(std::move(result));
    QMetaObject::invokeMethod(
        receiver, [held, done = std::move(done)] { done(std::move(*held)); }, Qt::QueuedConnection);
}

} // namespace quarry
