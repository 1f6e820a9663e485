// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How fast the HTTP room serves, beside Python's http.server in the same run. Prints a table.
#include "http/router.h"
#include "http/server.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QTextStream>
#include <QThread>

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>

using namespace quarry;
using namespace quarry::http;
using Clock = std::chrono::steady_clock;

namespace {

constexpr qint64 bigBody = 50'000'000;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

UniqueFd connectTo(quint16 port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int on = 1;
    ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const auto *generic = static_cast<const sockaddr *>(static_cast<const void *>(&address));
    if (::connect(socket.get(), generic, sizeof address) != 0)
        socket.reset();
    return socket;
}

bool sendAll(int socket, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t sent = ::send(socket, bytes.data(), size_t(bytes.size()), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes = bytes.sliced(sent);
    }
    return true;
}

// Reads until `size` bytes have come or the end.
qint64 readSome(int socket, qint64 size)
{
    std::array<char, 256 * 1024> bytes;
    qint64 all = 0;
    while (all < size) {
        const ssize_t got = ::recv(socket, bytes.data(), bytes.size(), 0);
        if (got <= 0)
            break;
        all += got;
    }
    return all;
}

const QByteArray smallRequest = "GET /small HTTP/1.1\r\nHost: localhost\r\n\r\n";

// `clients` connections, each with one request under way, for about a second.
double keepAliveRate(quint16 port, int clients)
{
    std::vector<UniqueFd> sockets;
    std::vector<pollfd> polls;
    for (int i = 0; i < clients; ++i) {
        sockets.push_back(connectTo(port));
        polls.push_back({sockets.back().get(), POLLIN, 0});
        sendAll(sockets.back().get(), smallRequest);
    }
    std::array<char, 4096> bytes;
    qint64 answers = 0;
    const Clock::time_point start = Clock::now();
    while (secondsSince(start) < 1.5) {
        ::poll(polls.data(), polls.size(), 1000);
        for (const pollfd &ready : polls) {
            if ((ready.revents & POLLIN) == 0)
                continue;
            if (::recv(ready.fd, bytes.data(), bytes.size(), 0) <= 0)
                return 0;
            ++answers;
            sendAll(ready.fd, smallRequest);
        }
    }
    return double(answers) / secondsSince(start);
}

// Seconds of one call that opens its own connection, the median of many.
double connectionPerCall(quint16 port)
{
    std::vector<double> times;
    for (int i = 0; i < 1000; ++i) {
        const Clock::time_point start = Clock::now();
        const UniqueFd socket = connectTo(port);
        sendAll(socket.get(), smallRequest);
        readSome(socket.get(), 1);
        times.push_back(secondsSince(start));
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

double uploadRate(quint16 port)
{
    const UniqueFd socket = connectTo(port);
    const QByteArray body(1'000'000, 'x');
    const Clock::time_point start = Clock::now();
    sendAll(socket.get(),
            "POST /sink HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                + QByteArray::number(bigBody) + "\r\n\r\n");
    for (qint64 sent = 0; sent < bigBody; sent += body.size())
        sendAll(socket.get(), body);
    readSome(socket.get(), 1);
    return double(bigBody) / 1e6 / secondsSince(start);
}

double downloadRate(quint16 port)
{
    const UniqueFd socket = connectTo(port);
    const Clock::time_point start = Clock::now();
    sendAll(socket.get(), "GET /big HTTP/1.1\r\nHost: localhost\r\n\r\n");
    readSome(socket.get(), bigBody);
    return double(bigBody) / 1e6 / secondsSince(start);
}

double cpuSeconds(clockid_t clock)
{
    timespec time{};
    ::clock_gettime(clock, &time);
    return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

// The server's own share: what other programs on the machine take does not count.
double cpuPerRequest(quint16 port, QObject &context)
{
    clockid_t clock{};
    QMetaObject::invokeMethod(
        &context, [&clock] { ::pthread_getcpuclockid(::pthread_self(), &clock); },
        Qt::BlockingQueuedConnection);
    const double before = cpuSeconds(clock);
    const Clock::time_point start = Clock::now();
    const double rate = keepAliveRate(port, 64);
    return (cpuSeconds(clock) - before) / (rate * secondsSince(start));
}

qint64 memoryPeak()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.simplified().split(' ').value(1).toLongLong() / 1024;
    }
    return 0;
}

void streamBig(const ExchangePtr &exchange)
{
    auto left = std::make_shared<qint64>(bigBody);
    auto keep = std::make_shared<ExchangePtr>(exchange);
    exchange->beginResponse(200, {}, bigBody);
    const auto feed = [left, keep, piece = QByteArray(64 * 1024, 'x')] {
        const ExchangePtr to = *keep;
        while (to && *left > 0 && to->bytesToWrite() < 256 * 1024) {
            to->write(*left < piece.size() ? piece.left(*left) : piece);
            *left -= std::min<qint64>(*left, piece.size());
        }
        if (to && *left == 0) {
            to->finish();
            keep->reset();
        }
    };
    QObject::connect(exchange.get(), &Exchange::drained, exchange.get(), feed);
    QObject::connect(exchange.get(), &Exchange::aborted, exchange.get(), [keep] { keep->reset(); });
    feed();
}

void addRoutes(Router &router)
{
    router.add("GET", QStringLiteral("/small"), [](const ExchangePtr &exchange) {
        exchange->respond(200, {{"Content-Type", "application/json"}}, R"({"status":"Success"})");
    });
    router.add("POST", QStringLiteral("/sink"), [](const ExchangePtr &exchange) {
        exchange->streamBody(0,
                             {[](QByteArrayView) {},
                              [exchange](Result<void>) { exchange->respond(200, {}, "ok"); }});
    });
    router.add("GET", QStringLiteral("/big"), streamBig);
}

constexpr char peerProgram[] = R"(
import http.server, sys
class H(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def log_message(self, *a): pass
    def do_GET(self):
        n = 50000000 if self.path == "/big" else 20
        self.send_response(200); self.send_header("Content-Length", str(n)); self.end_headers()
        self.wfile.write(b"x" * n)
    def do_POST(self):
        n = int(self.headers["Content-Length"])
        while n: n -= len(self.rfile.read(min(n, 1 << 20)))
        self.send_response(200); self.send_header("Content-Length", "2"); self.end_headers(); self.wfile.write(b"ok")
s = http.server.ThreadingHTTPServer(("127.0.0.1", 0), H)
print(s.server_port, flush=True)
s.serve_forever()
)";

void measure(QTextStream &out, const QString &name, quint16 port)
{
    out << qSetFieldWidth(14) << Qt::left << name << qSetFieldWidth(0) << Qt::fixed
        << qSetRealNumberPrecision(0) << keepAliveRate(port, 1) << " req/s on 1 connection, "
        << keepAliveRate(port, 64) << " on 64; " << connectionPerCall(port) * 1e6
        << " us with a connection per call; up " << uploadRate(port) << " MB/s, down "
        << downloadRate(port) << " MB/s\n";
    out.flush();
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    QTextStream out(stdout);
    QThread thread;
    QObject context;
    context.moveToThread(&thread);
    thread.start();
    std::unique_ptr<Server> server;
    Router router;
    addRoutes(router);
    quint16 port = 0;
    QMetaObject::invokeMethod(
        &context,
        [&] {
            server = std::make_unique<Server>();
            server->setHandler(
                [&router](const ExchangePtr &exchange) { router.dispatch(exchange); });
            port = server->listen(QStringLiteral("127.0.0.1"), 0)->port;
        },
        Qt::BlockingQueuedConnection);
    measure(out, QStringLiteral("quarry http"), port);
    out << "              peak memory of server and client " << memoryPeak() << " MB; "
        << 1 / cpuPerRequest(port, context)
        << " req/s for each second of the server's processor time\n";
    QMetaObject::invokeMethod(&context, [&] { server.reset(); }, Qt::BlockingQueuedConnection);
    thread.quit();
    thread.wait();

    QProcess peer;
    peer.start(QStringLiteral("python3"), {QStringLiteral("-c"), QString::fromLatin1(peerProgram)});
    if (!peer.waitForStarted() || !peer.waitForReadyRead(10'000)) {
        out << "no python3 to compare with\n";
        return 0;
    }
    measure(out, QStringLiteral("http.server"), peer.readLine().trimmed().toUShort());
    peer.kill();
    peer.waitForFinished();
    return 0;
}
