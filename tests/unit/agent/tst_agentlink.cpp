// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The connection itself: hello, versions, garbage from either side, its end.
#include "agent/client/agentfilereader.h"
#include "realagent.h"

#include <QTest>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace quarry;
using namespace quarry::agent;

namespace {

// An engine's side whose agent is the test.
struct Bare {
    Bare()
    {
        int ends[2];
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0)
            qFatal("socketpair failed");
        agent.reset(ends[1]);
        client = std::make_unique<AgentClient>(UniqueFd(ends[0]));
        QObject::connect(client.get(), &AgentClient::lost, client.get(),
                         [this](const Error &error) { lost = error; });
    }

    void start(const AgentConfig &config = {})
    {
        client->start(config, [this](Result<void> result) { ready = result; });
    }
    void write(FrameType type, std::uint32_t stream, const std::vector<std::uint8_t> &payload)
    {
        std::uint8_t header[frameHeaderSize];
        writeHeader({type, stream, std::uint32_t(payload.size())}, header);
        QCOMPARE(::write(agent.get(), header, sizeof header), ssize_t(sizeof header));
        QCOMPARE(::write(agent.get(), payload.data(), payload.size()), ssize_t(payload.size()));
    }
    void hello(const Hello &hello = {})
    {
        Encoder encoder;
        hello.encode(encoder);
        write(FrameType::Hello, 0, encoder.bytes());
    }
    bool isLost()
    {
        return waitUntil([this] { return lost.has_value(); });
    }

    UniqueFd agent;
    std::unique_ptr<AgentClient> client;
    std::optional<Result<void>> ready;
    std::optional<Error> lost;
};

} // namespace

class AgentLinkTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void helloMakesReady();
    void silenceTimesOut();
    void wrongVersion();
    void wrongToken();
    void garbageIsNamed_data();
    void garbageIsNamed();
    void moreThanTheWindow();
    void streamsHearOfTheEnd();
    void lateStreamsHearToo();
    void destroyedInsideASignal();
    void endOfStreamEndsTheSandbox();
    void garbageEndsTheAgent();
    void unusableArguments();
};

void AgentLinkTest::helloMakesReady()
{
    Bare bare;
    bare.start();
    bare.hello();
    QVERIFY(waitUntil([&bare] { return bare.ready.has_value(); }));
    QVERIFY(bare.ready->ok());
    QVERIFY(bare.client->isReady());
}

void AgentLinkTest::silenceTimesOut()
{
    Bare bare;
    AgentConfig config;
    config.helloTimeout = std::chrono::milliseconds(20);
    bare.start(config);
    QVERIFY(bare.isLost());
    QVERIFY(bare.lost->code == ErrorCode::Timeout);
    QVERIFY(!bare.ready->ok());
}

void AgentLinkTest::wrongVersion()
{
    Bare bare;
    bare.start();
    Hello hello;
    hello.version = 9;
    bare.hello(hello);
    QVERIFY(bare.isLost());
    QVERIFY(bare.lost->code == ErrorCode::Unsupported);
    QVERIFY(bare.lost->message.contains(QLatin1String("version 9")));
}

void AgentLinkTest::wrongToken()
{
    for (const std::string shown : {"", "secre", "secret1", "Secret"}) {
        Bare bare;
        AgentConfig config;
        config.token = "secret";
        bare.start(config);
        Hello hello;
        hello.token = shown;
        bare.hello(hello);
        QVERIFY(bare.isLost());
        QVERIFY(bare.lost->code == ErrorCode::PermissionDenied);
        std::uint8_t byte = 0;
        QCOMPARE(recv(bare.agent.get(), &byte, 1, MSG_DONTWAIT), ssize_t(0)); // it was told nothing
    }
}

void AgentLinkTest::garbageIsNamed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("words");
    QTest::newRow("text") << QByteArray("HTTP/1.1 200 OK\r\n")
                          << QStringLiteral("longer than allowed");
    QTest::newRow("type") << QByteArray("\0\0\0\0\x55\0\0\0\0", 9)
                          << QStringLiteral("unknown type");
    QTest::newRow("stream") << QByteArray("\0\0\0\0\x11\x09\0\0\0", 9)
                            << QStringLiteral("stream 9");
    QTest::newRow("second hello") << QByteArray("\0\0\0\0\x01\0\0\0\0", 9)
                                  << QStringLiteral("hello");
    QTest::newRow("open") << QByteArray("\0\0\0\0\x10\x01\0\0\0", 9)
                          << QStringLiteral("out of place");
    QTest::newRow("close") << QByteArray("\x01\0\0\0\x14\x01\0\0\0\xff", 10)
                           << QStringLiteral("end of a stream");
    QTest::newRow("credit") << QByteArray("\x04\0\0\0\x13\x01\0\0\0\xff\xff\xff\xff", 13)
                            << QStringLiteral("credit");
    QTest::newRow("message") << QByteArray("\x01\0\0\0\x11\x01\0\0\0\xff", 10)
                             << QStringLiteral("description of a file");
    QTest::newRow("early data") << QByteArray("\x01\0\0\0\x20\x01\0\0\0\xff", 10)
                                << QStringLiteral("before its description");
}

void AgentLinkTest::garbageIsNamed()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, words);
    Bare bare;
    bare.start();
    AgentFileReader reader(bare.client.get(), "/x"); // stream 1
    std::optional<Error> failed;
    connect(&reader, &AgentFileReader::failed, this,
            [&failed](const Error &error) { failed = error; });
    bare.hello();
    QCOMPARE(::write(bare.agent.get(), bytes.constData(), std::size_t(bytes.size())),
             ssize_t(bytes.size()));
    QVERIFY(bare.isLost());
    QVERIFY2(bare.lost->message.contains(words), qPrintable(bare.lost->message));
    QVERIFY(failed && failed->code == ErrorCode::ConnectionLost);
}

void AgentLinkTest::moreThanTheWindow()
{
    Bare bare;
    bare.start();
    AgentProcess *process = bare.client->spawn({{"x"}});
    qint64 arrived = 0;
    connect(process, &AgentProcess::output, this,
            [&arrived](AgentProcess::Channel, const QByteArray &data) { arrived += data.size(); });
    bare.hello();
    for (int i = 0; i < 5; ++i) {
        bare.write(FrameType::Data, 1, std::vector<std::uint8_t>(payloadMax, 'x'));
        const qint64 expected = std::min<qint64>((i + 1) * qint64(payloadMax), streamWindow);
        QVERIFY(waitUntil([&] { return arrived == expected; }));
    }
    QVERIFY(bare.isLost());
    QVERIFY(bare.lost->message.contains(QLatin1String("more data")));
}

void AgentLinkTest::streamsHearOfTheEnd()
{
    Bare bare;
    bare.start();
    const auto result = follow(bare.client->spawn({{"x"}}));
    std::optional<Result<FileInfo>> stat;
    bare.client->stat("/x", true, this, [&stat](Result<FileInfo> info) { stat = info; });
    bare.hello();
    QVERIFY(waitUntil([&bare] { return bare.ready.has_value(); }));
    bare.agent.reset();
    QVERIFY(bare.isLost());
    QVERIFY(result->error && result->error->code == ErrorCode::ConnectionLost);
    QVERIFY(stat && stat->error().code == ErrorCode::ConnectionLost);
}

void AgentLinkTest::lateStreamsHearToo()
{
    Bare bare;
    bare.start();
    bare.agent.reset();
    QVERIFY(bare.isLost());
    const auto result = follow(bare.client->spawn({{"x"}}));
    QVERIFY(!result->over());
    QVERIFY(waitUntil([&result] { return result->over(); }));
    QVERIFY(result->error->code == ErrorCode::ConnectionLost);
}

void AgentLinkTest::destroyedInsideASignal()
{
    Bare bare;
    bare.start();
    bool gone = false;
    connect(bare.client.get(), &AgentClient::lost, this, [&] {
        bare.client.release()->deleteLater();
        gone = true;
    });
    bare.client->stat("/x", true, this, [](const Result<FileInfo> &) { });
    bare.agent.reset();
    QVERIFY(waitUntil([&gone] { return gone; }));
}

void AgentLinkTest::endOfStreamEndsTheSandbox()
{
    RealAgent agent;
    QVERIFY(agent.start());
    SpawnSpec spec;
    spec.arguments = {"/bin/sh", "-c", "setsid sleep 1000 & trap '' TERM HUP; echo up; sleep 1000"};
    const auto result = follow(agent.client().spawn(spec));
    QVERIFY(waitUntil([&result] { return result->output == "up\n"; }));
    agent.hangUp();
    QVERIFY(agent.waitForEnd()); // unshare waits for pid 1, and with that the kernel ended all the
                                 // others
}

void AgentLinkTest::garbageEndsTheAgent()
{
    int ends[2];
    QVERIFY(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
    const pid_t pid = fork();
    if (pid == 0) {
        fcntl(ends[1], F_SETFD, 0);
        const std::string number = std::to_string(ends[1]);
        execl(QUARRY_BIN_DIR "/quarry-agent", "quarry-agent", "--fd", number.c_str(), nullptr);
        _exit(127);
    }
    close(ends[1]);
    const QByteArray garbage = "GET / HTTP/1.1\r\n\r\n";
    QCOMPARE(::write(ends[0], garbage.constData(), std::size_t(garbage.size())),
             ssize_t(garbage.size()));
    int status = -1;
    QCOMPARE(waitpid(pid, &status, 0), pid);
    QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    QByteArray answer(4096, '\0');
    const ssize_t count = ::read(ends[0], answer.data(), std::size_t(answer.size()));
    QVERIFY(answer.left(qsizetype(count)).contains("longer than 64 KiB"));
    close(ends[0]);
}

void AgentLinkTest::unusableArguments()
{
    for (const QByteArray line : {"", "--fd", "--fd x", "--fd -1", "--fd 99", "--fd 3 more"}) {
        const QByteArray command
            = QByteArray(QUARRY_BIN_DIR "/quarry-agent ") + line + " 2>/dev/null 3>&-";
        const int status = std::system(command.constData());
        QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) != 0);
    }
}

QTEST_GUILESS_MAIN(AgentLinkTest)
#include "tst_agentlink.moc"
