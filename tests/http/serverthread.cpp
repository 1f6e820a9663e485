// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverthread.h"

#include <QDeadlineTimer>

namespace quarry::http::test {

namespace {

void streamSize(const ExchangePtr &exchange)
{
    auto left = std::make_shared<qint64>(exchange->pathParam(QStringLiteral("n")).toLongLong());
    exchange->beginResponse(200, {{"Content-Type", "application/octet-stream"}});
    const auto feed = [left](Exchange &to) {
        while (*left > 0 && to.bytesToWrite() < 128 * 1024) {
            const qint64 size = std::min<qint64>(*left, 64 * 1024);
            to.write(QByteArray(size, 'x'));
            *left -= size;
        }
        if (*left == 0)
            to.finish();
    };
    Exchange *raw = exchange.get();
    // Kept until it is finished or the client has gone.
    auto keep = std::make_shared<ExchangePtr>(exchange);
    QObject::connect(raw, &Exchange::drained, raw, [raw, feed, keep] {
        feed(*raw);
        if (raw->isFinished())
            keep->reset();
    });
    QObject::connect(raw, &Exchange::aborted, raw, [keep] { keep->reset(); });
    feed(*raw);
    if (raw->isFinished())
        keep->reset();
}

void countLength(const ExchangePtr &exchange)
{
    auto length = std::make_shared<qint64>(0);
    exchange->streamBody(0,
                         {[length](QByteArrayView data) { *length += data.size(); },
                          [length, exchange](Result<void> result) {
                              if (result)
                                  exchange->respond(200, {}, QByteArray::number(*length));
                          }});
}

void echo(const ExchangePtr &exchange)
{
    exchange->readBody(0, [exchange](Result<QByteArray> body) {
        if (body)
            exchange->respond(200, {}, *body);
    });
}

} // namespace

ServerThread::ServerThread(Handler handler, Limits limits)
{
    m_context.moveToThread(&m_thread);
    m_thread.start();
    run([&] {
        m_server = std::make_unique<Server>(limits);
        m_server->setHandler(std::move(handler));
        m_port = m_server->listen(QStringLiteral("127.0.0.1"), 0)->port;
    });
}

ServerThread::~ServerThread()
{
    run([this] { m_server.reset(); });
    m_thread.quit();
    m_thread.wait();
}

void ServerThread::run(const std::function<void()> &work)
{
    QMetaObject::invokeMethod(&m_context, work, Qt::BlockingQueuedConnection);
}

void ServerThread::settle()
{
    // Between two turns of its event loop the server looks at its sockets.
    for (int i = 0; i < 3; ++i)
        run([] { });
}

bool ServerThread::waitUntil(const std::function<bool()> &condition)
{
    const QDeadlineTimer limit(30'000);
    bool holds = false;
    while (!holds && !limit.hasExpired()) {
        run([&] { holds = condition(); });
        QThread::yieldCurrentThread();
    }
    return holds;
}

Handler plainRoutes()
{
    auto router = std::make_shared<Router>();
    router->add("GET", QStringLiteral("/hello"), [](const ExchangePtr &exchange) {
        exchange->respond(200, {{"Content-Type", "text/plain"}}, "hello");
    });
    router->add("POST", QStringLiteral("/echo"), echo);
    router->add("POST", QStringLiteral("/length"), countLength, {.streaming = true});
    router->add("GET", QStringLiteral("/size/{n}"), streamSize);
    return [router](const ExchangePtr &exchange) { router->dispatch(exchange); };
}

QByteArray head(const char *method, const QByteArray &target, const QByteArray &fields)
{
    return QByteArray(method) + ' ' + target + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n";
}

} // namespace quarry::http::test
