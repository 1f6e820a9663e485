// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Answers of a pool: where they come, and that a receiver may go at any moment.
#include "base/pool.h"

#include <QTest>
#include <QThread>

using namespace quarry;

class TestPool : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answersOnTheReceiversThread();
    void receiverMayGoMeanwhile();
};

void TestPool::answersOnTheReceiversThread()
{
    QThreadPool pool;
    QObject receiver;
    int answer = 0;
    QThread *where = nullptr;
    runInPool<int>(
        pool, &receiver, [] { return Result<int>(7); },
        [&](const Result<int> &result) {
            answer = *result;
            where = QThread::currentThread();
        });
    QTRY_COMPARE(answer, 7);
    QCOMPARE(where, QThread::currentThread());
}

void TestPool::receiverMayGoMeanwhile()
{
    QThreadPool pool;
    int answered = 0;
    for (int round = 0; round < 20'000; ++round) {
        auto receiver = std::make_unique<QObject>();
        runInPool<void>(
            pool, receiver.get(), [] { return Result<void>(); },
            [&](const Result<void> &) { ++answered; });
        receiver.reset();
        if (round % 64 == 0)
            QCoreApplication::processEvents();
    }
    pool.waitForDone();
    QCoreApplication::processEvents();
    QCOMPARE(answered, 0);
}

QTEST_GUILESS_MAIN(TestPool)
#include "tst_pool.moc"
