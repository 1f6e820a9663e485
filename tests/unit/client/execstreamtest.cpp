// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The frames of a command, split at every byte, against a socket pair.
#include "client/execstream.h"

#include <QSignalSpy>
#include <QTest>

#include <array>
#include <sys/socket.h>

using namespace quarry;
using namespace quarry::client;
using namespace Qt::StringLiterals;

namespace {

struct Pair {
    UniqueFd near;
    UniqueFd far;
};

Pair socketPair()
{
    std::array<int, 2> ends{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends.data()) != 0)
        return {};
    return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

QByteArray frame(char type, const QByteArray &payload)
{
    QByteArray out(1, type);
    for (int i = 0; i < 4; ++i)
        out += char(quint32(payload.size()) >> (8 * i));
    return out + payload;
}

void sendAll(const UniqueFd &socket, const QByteArray &bytes)
{
    QCOMPARE(::send(socket.get(), bytes.constData(), size_t(bytes.size()), MSG_NOSIGNAL),
             bytes.size());
}

QByteArray receive(const UniqueFd &socket)
{
    QByteArray bytes(1 << 20, Qt::Uninitialized);
    bytes.resize(std::max<ssize_t>(0, ::recv(socket.get(), bytes.data(), size_t(bytes.size()), 0)));
    return bytes;
}

} // namespace

class ExecStreamTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void framesComeHoweverTheyAreSplit()
    {
        const QByteArray all = frame(0, "out") + frame(1, "err") + frame(0, {})
            + frame(2, QByteArray("\x89\0\0\0", 4));
        for (qsizetype split = 0; split <= all.size(); ++split) {
            Pair pair = socketPair();
            ExecStream stream({std::move(pair.near), all.left(split)});
            QByteArray output;
            QByteArray error;
            int code = -1;
            connect(&stream, &ExecStream::outputReceived, this,
                    [&](const QByteArray &bytes) { output += bytes; });
            connect(&stream, &ExecStream::errorReceived, this,
                    [&](const QByteArray &bytes) { error += bytes; });
            connect(&stream, &ExecStream::exited, this, [&](int exitCode) { code = exitCode; });
            stream.setReading(true);
            sendAll(pair.far, all.mid(split));
            QTRY_COMPARE(code, 0x89);
            QCOMPARE(output, QByteArray("out"));
            QCOMPARE(error, QByteArray("err"));
        }
    }

    void whatWeSendIsFramed()
    {
        Pair pair = socketPair();
        ExecStream stream({std::move(pair.near), {}});
        stream.sendInput("in");
        stream.resize(40, 132);
        stream.sendSignal(15);
        stream.endInput();
        QTRY_COMPARE(stream.bytesQueued(), 0);
        QCOMPARE(receive(pair.far),
                 frame(0, "in") + frame(2, QByteArray("\x28\0\x84\0", 4)) + frame(3, "\x0f")
                     + frame(1, {}));
    }

    void longInputIsCutIntoFrames()
    {
        Pair pair = socketPair();
        ExecStream stream({std::move(pair.near), {}});
        stream.sendInput(QByteArray(100'000, 'x'));
        QByteArray got;
        QTRY_VERIFY((got += receive(pair.far)).size() == 100'000 + 10);
        QCOMPARE(got.left(5), frame(0, QByteArray(65536, 'x')).left(5));
    }

    void nobodyReadsUntilAsked()
    {
        Pair pair = socketPair();
        ExecStream stream({std::move(pair.near), frame(0, "early")});
        QByteArray output;
        connect(&stream, &ExecStream::outputReceived, this,
                [&](const QByteArray &bytes) { output += bytes; });
        sendAll(pair.far, frame(0, "later"));
        QCoreApplication::sendPostedEvents();
        QVERIFY(output.isEmpty());
        stream.setReading(true);
        QTRY_COMPARE(output, QByteArray("earlylater"));
    }

    void badFramesEndIt_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("hangUp");
        QTest::newRow("too large") << QByteArray("\0\xff\xff\xff\x7f", 5) << false;
        QTest::newRow("unknown") << frame(9, {}) << false;
        QTest::newRow("short exit") << frame(2, "x") << false;
        QTest::newRow("hang up") << QByteArray() << true;
        QTest::newRow("hang up in a frame") << QByteArray("\0\x05\0\0\0ab", 7) << true;
    }

    void badFramesEndIt()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, hangUp);
        Pair pair = socketPair();
        ExecStream stream({std::move(pair.near), {}});
        int failures = 0;
        connect(&stream, &ExecStream::failed, this, [&] { ++failures; });
        stream.setReading(true);
        sendAll(pair.far, bytes);
        if (hangUp)
            pair.far.reset();
        QTRY_COMPARE(failures, 1);
    }

    void aFailureIsTold()
    {
        Pair pair = socketPair();
        ExecStream stream(
            {std::move(pair.near),
             frame(
                 3,
                 R"({"code":"command_failed","message":"no such program","details":{"exit_code":127}})")});
        Error told;
        connect(&stream, &ExecStream::failed, this, [&](const Error &error) { told = error; });
        stream.setReading(true);
        QTRY_COMPARE(told.message, u"no such program"_s);
        QVERIFY(told.code == ErrorCode::CommandFailed);
        QCOMPARE(told.details.value("exit_code"_L1).toInt(), 127);
    }
};

QTEST_GUILESS_MAIN(ExecStreamTest)
#include "execstreamtest.moc"
