// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Who calls: the kernel's word on the other end, unix sockets, and ports that are taken.
#include "client.h"
#include "serverthread.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace quarry;
using namespace quarry::http;
using namespace quarry::http::test;

namespace {

constexpr uid_t otherUser = 1;

Handler whoRoute()
{
    return [](const ExchangePtr &exchange) {
        const Peer &peer = exchange->peer();
        exchange->respond(200, {},
                          (peer.uid ? QByteArray::number(*peer.uid) : QByteArray("nobody"))
                              + (peer.isLocal() ? " unix" : " tcp")
                              + (peer.isLoopback() ? " here" : " there"));
    };
}

// What a process of another user does in a child that may only make system calls.
template <typename Act>
int asOther(Act act)
{
    const pid_t child = ::fork();
    if (child == 0) {
        if (::setgid(otherUser) != 0 || ::setuid(otherUser) != 0)
            ::_exit(99);
        ::_exit(act());
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int connectTo(quint16 port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    const auto *generic = static_cast<const sockaddr *>(static_cast<const void *>(&address));
    return ::connect(socket, generic, sizeof address) == 0 ? socket : -1;
}

constexpr char request[] = "GET /stranger HTTP/1.1\r\nHost: localhost\r\n\r\n";

} // namespace

class TestPeers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sameUser();
    void sixthVersion();
    void unixSocket();
    void unixSocketPaths();
    void otherUserIsSeen();
    void otherUserWhoLeavesIsNobody_data();
    void otherUserWhoLeavesIsNobody();
    void busyPort();
    void badAddress();
};

void TestPeers::sameUser()
{
    ServerThread thread(whoRoute());
    QCOMPARE(Client(thread.port()).call(head("GET", "/")).body,
             QByteArray::number(::getuid()) + " tcp here");
}

void TestPeers::sixthVersion()
{
    ServerThread thread(whoRoute());
    quint16 port = 0;
    thread.run([&] {
        const Result<Endpoint> endpoint = thread.server().listen(QStringLiteral("::1"), 0);
        port = endpoint ? endpoint->port : 0;
        if (endpoint)
            QCOMPARE(endpoint->url(), QStringLiteral("http://[::1]:%1").arg(port));
    });
    if (port == 0)
        QSKIP("no IPv6 on this machine");
    const UniqueFd socket(::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(port);
    address.sin6_addr = in6addr_loopback;
    QCOMPARE(::connect(socket.get(),
                       static_cast<const sockaddr *>(static_cast<const void *>(&address)),
                       sizeof address),
             0);
    QVERIFY(::send(socket.get(), request, sizeof request - 1, MSG_NOSIGNAL) > 0);
    std::array<char, 1000> answer{};
    QVERIFY(::recv(socket.get(), answer.data(), answer.size() - 1, 0) > 0);
    QVERIFY(QByteArray(answer.data()).endsWith(QByteArray::number(::getuid()) + " tcp here"));
}

void TestPeers::unixSocket()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("s"));
    ServerThread thread(whoRoute());
    thread.run([&] {
        QCOMPARE(thread.server().listenLocal(path)->url(), QStringLiteral("unix:") + path);
    });
    struct stat info{};
    QCOMPARE(::stat(QFile::encodeName(path).constData(), &info), 0);
    QCOMPARE(int(info.st_mode & 0777), 0600);
    Client client(path);
    QCOMPARE(client.call(head("GET", "/")).body, QByteArray::number(::getuid()) + " unix here");
    thread.run([&] {
        QCOMPARE(int(thread.server().listenLocal(path).error().code),
                 int(ErrorCode::AlreadyExists));
    });
    thread.run([&] { thread.server().stop(std::chrono::hours(1), [] { }); });
    QVERIFY(!QFileInfo::exists(path));
}

void TestPeers::unixSocketPaths()
{
    ServerThread thread(whoRoute());
    thread.run([&] {
        Server &server = thread.server();
        QCOMPARE(int(server.listenLocal(QString()).error().code), int(ErrorCode::InvalidArgument));
        QCOMPARE(int(server.listenLocal(u'/' + QString(107, u'x')).error().code),
                 int(ErrorCode::InvalidArgument));
        QCOMPARE(int(server.listenLocal(QStringLiteral("/nowhere/s")).error().code),
                 int(ErrorCode::NotFound));
    });
}

void TestPeers::otherUserIsSeen()
{
    if (::geteuid() != 0)
        QSKIP("needs root to be somebody else");
    ServerThread thread(whoRoute());
    const quint16 port = thread.port();
    const int result = asOther([port] {
        const int socket = connectTo(port);
        std::array<char, 1000> answer{};
        if (::send(socket, request, sizeof request - 1, MSG_NOSIGNAL) < 0
            || ::recv(socket, answer.data(), answer.size() - 1, 0) <= 0)
            return 2;
        return std::strstr(answer.data(), "\r\n\r\n1 tcp here") ? 0 : 1;
    });
    QCOMPARE(result, 0);
}

void TestPeers::otherUserWhoLeavesIsNobody_data()
{
    QTest::addColumn<int>("how");
    QTest::newRow("closed") << 0;
    QTest::newRow("half closed") << 1;
    QTest::newRow("reset") << 2;
}

void TestPeers::otherUserWhoLeavesIsNobody()
{
    if (::geteuid() != 0)
        QSKIP("needs root to be somebody else");
    QFETCH(int, how);
    std::vector<std::optional<uid_t>> seen;
    ServerThread thread([&seen](const ExchangePtr &exchange) {
        seen.push_back(exchange->peer().uid);
        exchange->respond(200, {}, "x");
    });
    const quint16 port = thread.port();
    int result = 0;
    thread.run([&] { // while the server is busy, so that it accepts what has been left already
        result = asOther([port, how] {
            for (int i = 0; i < 20; ++i) {
                const int socket = connectTo(port);
                if (::send(socket, request, sizeof request - 1, MSG_NOSIGNAL) < 0)
                    return 1;
                if (how == 1)
                    ::shutdown(socket, SHUT_WR);
                if (how == 2) {
                    const linger now{1, 0};
                    ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
                }
                if (how != 1)
                    ::close(socket);
            }
            return 0;
        });
    });
    QCOMPARE(result, 0);
    QCOMPARE(Client(port).call(head("GET", "/")).status, 200);
    thread.run([&] {
        const auto roots = std::count(seen.begin(), seen.end(), std::optional<uid_t>(0));
        QCOMPARE(roots, std::ptrdiff_t(1)); // the last one: this test itself
    });
}

void TestPeers::busyPort()
{
    ServerThread thread(whoRoute());
    thread.run([&] {
        const Error error
            = thread.server().listen(QStringLiteral("127.0.0.1"), thread.port()).error();
        QCOMPARE(int(error.code), int(ErrorCode::AlreadyExists));
        QVERIFY(error.message.contains(QString::number(thread.port())));
        QVERIFY(error.message.contains(QString::number(::getpid())));
        QCOMPARE(error.details.value(QStringLiteral("pid")).toInt(), ::getpid());
        QCOMPARE(error.details.value(QStringLiteral("process")).toString(),
                 QStringLiteral("tst_httppeers"));
    });
}

void TestPeers::badAddress()
{
    ServerThread thread(whoRoute());
    thread.run([&] {
        QCOMPARE(int(thread.server().listen(QStringLiteral("example.org"), 0).error().code),
                 int(ErrorCode::InvalidArgument));
        QVERIFY(!thread.server().listen(QStringLiteral("192.0.2.1"), 0)); // not an address of ours
        QVERIFY(thread.server().listen(QStringLiteral("localhost"), 0));
    });
}

QTEST_GUILESS_MAIN(TestPeers)
#include "tst_httppeers.moc"
