// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Many clients at once.
#include "client.h"
#include "serverthread.h"

#include <QTest>

#include <sys/resource.h>

using namespace quarry::http;
using namespace quarry::http::test;

class TestCrowd : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void connections_data();
    void connections();
    void connectionPerCall();
};

void TestCrowd::connections_data()
{
    QTest::addColumn<int>("count");
    QTest::newRow("64") << 64;
    QTest::newRow("1000") << 1000;
}

void TestCrowd::connections()
{
    QFETCH(int, count);
    rlimit descriptors{};
    ::getrlimit(RLIMIT_NOFILE, &descriptors);
    descriptors.rlim_cur = std::min<rlim_t>(descriptors.rlim_max, 4096);
    ::setrlimit(RLIMIT_NOFILE, &descriptors);
    if (int(descriptors.rlim_cur) < 2 * count + 300)
        QSKIP("too few descriptors on this machine");
    ServerThread thread(plainRoutes());
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < count; ++i)
        clients.push_back(std::make_unique<Client>(thread.port()));
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < count; ++i) {
            const QByteArray body = QByteArray::number(i);
            QVERIFY(clients[size_t(i)]->send(
                head("GET", "/hello")
                + head("POST", "/echo",
                       "Content-Length: " + QByteArray::number(body.size()) + "\r\n")
                + body));
        }
        for (int i = 0; i < count; ++i) {
            QCOMPARE(clients[size_t(i)]->read().body, QByteArray("hello"));
            QCOMPARE(clients[size_t(i)]->read().body, QByteArray::number(i));
        }
    }
    clients.clear();
    QVERIFY(thread.waitUntil([&] { return thread.server().connectionCount() == 0; }));
}

void TestCrowd::connectionPerCall()
{
    ServerThread thread(plainRoutes());
    for (int i = 0; i < 3000; ++i)
        QCOMPARE(Client(thread.port()).call(head("GET", "/hello", "Connection: close\r\n")).body,
                 QByteArray("hello"));
    QVERIFY(thread.waitUntil([&] { return thread.server().connectionCount() == 0; }));
}

QTEST_GUILESS_MAIN(TestCrowd)
#include "tst_httpcrowd.moc"
