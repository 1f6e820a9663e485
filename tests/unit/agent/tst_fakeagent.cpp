// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The fake agent against the real client.
#include "agent/client/agentfilewriter.h"
#include "fakeagent.h"
#include "realagent.h"

#include <QSignalSpy>
#include <QTest>

using namespace quarry;
using namespace quarry::agent;

class FakeAgentTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void scriptedProgram();
    void scriptedFailure();
    void receivesAFile();
};

void FakeAgentTest::scriptedProgram()
{
    fakes::FakeAgent fake;
    connect(&fake, &fakes::FakeAgent::opened, this, [&fake](quint32 stream, StreamKind kind) {
        QVERIFY(kind == StreamKind::Spawn);
        fake.answerSpawn(stream, "scripted", 4);
    });
    AgentClient client(fake.takeStream());
    client.start({}, [](const Result<void> &) { });
    fake.sayHello();
    const Run result = run(client, {"anything"});
    QCOMPARE(result.output, QByteArray("scripted"));
    QCOMPARE(result.status->code, 4);
    QVERIFY(fake.config().cwd == "/root");
}

void FakeAgentTest::scriptedFailure()
{
    fakes::FakeAgent fake;
    connect(&fake, &fakes::FakeAgent::opened, this, [&fake](quint32 stream) {
        fake.sendClose(stream, Failure::of(Failure::Kind::Limit, "Too many."));
    });
    AgentClient client(fake.takeStream());
    client.start({}, [](const Result<void> &) { });
    fake.sayHello();
    const Run result = run(client, {"anything"});
    QVERIFY(result.error->code == ErrorCode::LimitExceeded);
    fake.hangUp();
    QSignalSpy lost(&client, &AgentClient::lost);
    QVERIFY(waitUntil([&lost] { return lost.size() == 1; }));
}

void FakeAgentTest::receivesAFile()
{
    fakes::FakeAgent fake;
    QByteArray received;
    connect(&fake, &fakes::FakeAgent::dataArrived, this,
            [&received](quint32, const QByteArray &data) { received += data; });
    AgentClient client(fake.takeStream());
    client.start({}, [](const Result<void> &) { });
    fake.sayHello();
    AgentFileWriter writer(&client, "/f");
    writer.write(QByteArray(1'000'000, 'w'));
    QVERIFY(waitUntil([&received] { return received.size() == 1'000'000; }));
}

QTEST_GUILESS_MAIN(FakeAgentTest)
#include "tst_fakeagent.moc"
