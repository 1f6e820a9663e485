// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Few descriptors: the server stays quiet, keeps serving, and comes back.
#include "client.h"
#include "serverthread.h"

#include <QTest>

#include <ctime>
#include <poll.h>
#include <sys/resource.h>

using namespace quarry::http;
using namespace quarry::http::test;

class TestDescriptors : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void allGone();
};

void TestDescriptors::initTestCase()
{
    const rlimit few{64, 64};
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &few), 0);
}

void TestDescriptors::allGone()
{
    ServerThread thread(plainRoutes());
    thread.run([&] { QCOMPARE(thread.server().capacity(), 16); });
    Client served(thread.port());
    QCOMPARE(served.call(head("GET", "/hello")).status, 200);
    std::vector<std::unique_ptr<Client>> clients;
    do
        clients.push_back(std::make_unique<Client>(thread.port()));
    while (
        clients.back()
            ->isConnected()); // until this process, and with it the server, has no descriptor left
    thread.settle();
    clockid_t clock{};
    thread.run([&] { ::pthread_getcpuclockid(::pthread_self(), &clock); });
    const auto used = [clock] {
        timespec time{};
        ::clock_gettime(clock, &time);
        return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
    };
    const double before = used();
    ::poll(nullptr, 0, 300);
    QVERIFY2(used() - before < 0.15, "the server spins");
    QCOMPARE(served.call(head("GET", "/hello")).status, 200);
    clients.clear();
    QVERIFY(thread.waitUntil([&] { return thread.server().connectionCount() == 1; }));
    Client late(thread.port());
    QCOMPARE(late.call(head("GET", "/hello")).status, 200);
}

QTEST_GUILESS_MAIN(TestDescriptors)
#include "tst_httpdescriptors.moc"
