// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The client against a real HTTP server on a unix socket.
#include "client/client.h"
#include "http/router.h"
#include "http/server.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <sys/eventfd.h>

using namespace quarry;
using namespace quarry::client;
using namespace Qt::StringLiterals;

namespace {

const http::Fields jsonFields{{"Content-Type", "application/json"}};

QString route(const QString &path)
{
    return u"/api/quarry/v1"_s + path;
}

void addRoutes(http::Router &router)
{
    router.add("GET", route(u"/echo"_s), [](const http::ExchangePtr &x) {
        x->respond(
            200, jsonFields,
            QJsonDocument(QJsonObject{{u"target"_s, QString::fromLatin1(x->request().target)}})
                .toJson());
    });
    router.add("GET", route(u"/early"_s), [](const http::ExchangePtr &x) {
        x->respond(200, jsonFields,
                   "   {\"detail\":\"The sandbox "
                   "broke.\",\"code\":\"command_failed\",\"details\":{\"a\":1}}");
    });
    router.add("GET", route(u"/gone"_s), [](const http::ExchangePtr &x) {
        x->respond(404, jsonFields, "{\"detail\":\"No sandbox x.\",\"code\":\"not_found\"}");
    });
    router.add("GET", route(u"/silent"_s),
               [](const http::ExchangePtr &x) { // until the client leaves
                   auto *keep = new http::ExchangePtr(x);
                   QObject::connect(
                       x.get(), &http::Exchange::aborted, x.get(), [keep] { delete keep; },
                       Qt::QueuedConnection);
               });
    router.add("GET", route(u"/file"_s),
               [](const http::ExchangePtr &x) { x->respond(200, {}, QByteArray(300'000, 'f')); });
    router.add("PUT", route(u"/file"_s), [](const http::ExchangePtr &x) {
        x->readBody(0, [x](const Result<QByteArray> &body) {
            if (body)
                x->respond(200, jsonFields, "{\"bytes\":" + QByteArray::number(body->size()) + "}");
        });
    });
    router.add("POST", route(u"/lines"_s), [](const http::ExchangePtr &x) {
        x->beginResponse(200, {});
        x->write("{\"event\":\"progress\",\"n\":1}\n{\"event\":");
        x->write("\"done\"}\n");
        x->finish();
    });
    router.add("POST", route(u"/switch"_s), [](const http::ExchangePtr &x) {
        x->readBody(0, [x](const Result<QByteArray> &) {
            x->respond(409, jsonFields, "{\"detail\":\"It is stopped.\",\"code\":\"wrong_state\"}");
        });
    });
}

} // namespace

class ClientTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        m_thread.start();
        m_owner.moveToThread(&m_thread);
        bool listens = false;
        QMetaObject::invokeMethod(
            &m_owner,
            [&] {
                m_router = std::make_unique<http::Router>();
                addRoutes(*m_router);
                m_server = std::make_unique<http::Server>();
                m_server->setHandler([this](const http::ExchangePtr &x) { m_router->dispatch(x); });
                listens = m_server->listenLocal(m_folder.path() + u"/quarry.sock"_s).ok();
            },
            Qt::BlockingQueuedConnection);
        QVERIFY(listens);
    }

    void cleanupTestCase()
    {
        QMetaObject::invokeMethod(
            &m_owner,
            [this] {
                m_server.reset();
                m_router.reset();
            },
            Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }

    void queriesAreEncoded()
    {
        Client client(m_folder.path());
        const Result<QJsonObject> answer = client.get(u"/echo"_s, {{u"path"_s, u"/a b&c=d/ä"_s}});
        QVERIFY(answer.ok());
        QCOMPARE(answer->value("target"_L1).toString(),
                 u"/api/quarry/v1/echo?path=%2Fa%20b%26c%3Dd%2F%C3%A4"_s);
    }

    void oneConnectionCarriesManyCalls()
    {
        Client client(m_folder.path());
        for (int i = 0; i < 50; ++i)
            QVERIFY(client.get(u"/echo"_s).ok());
        int count = 0;
        QMetaObject::invokeMethod(
            &m_owner, [&] { count = m_server->connectionCount(); }, Qt::BlockingQueuedConnection);
        QCOMPARE(count, 1);
    }

    void errorsAreTheEngines()
    {
        Client client(m_folder.path());
        const Result<QJsonObject> gone = client.get(u"/gone"_s);
        QVERIFY(gone.error().code == ErrorCode::NotFound);
        QCOMPARE(gone.error().message, u"No sandbox x."_s);
        const Result<QJsonObject> early = client.get(u"/early"_s); // 200 was out before it failed
        QVERIFY(early.error().code == ErrorCode::CommandFailed);
        QCOMPARE(early.error().details.value("a"_L1).toInt(), 1);
        const Result<Upgraded> upgrade = client.upgrade(u"/switch"_s, u"quarry-exec"_s, {});
        QVERIFY(upgrade.error().code == ErrorCode::WrongState);
    }

    void filesGoBothWays()
    {
        Client client(m_folder.path());
        qint64 got = 0;
        QVERIFY(client
                    .download(u"/file"_s, {},
                              [&](QByteArrayView bytes, qint64 total) -> Result<void> {
                                  got += bytes.size();
                                  return total == 300'000
                                      ? Result<void>()
                                      : Result<void>(ErrorCode::Io, u"wrong total"_s);
                              })
                    .ok());
        QCOMPARE(got, 300'000);
        int pieces = 3;
        const auto source = [&]() -> Result<QByteArray> {
            return --pieces >= 0 ? QByteArray(100'000, 'u') : QByteArray();
        };
        const Result<QJsonObject> sent = client.upload(u"/file"_s, {}, 300'000, source);
        QVERIFY(sent.ok());
        QCOMPARE(sent->value("bytes"_L1).toInt(), 300'000);
    }

    void aSourceThatShrinksIsAnError()
    {
        Client client(m_folder.path());
        const auto source = []() -> Result<QByteArray> { return QByteArray(); };
        QVERIFY(client.upload(u"/file"_s, {}, 10, source).error().code == ErrorCode::Io);
        QVERIFY(client.get(u"/echo"_s).ok()); // the next call has a connection of its own
    }

    void linesComeOneByOne()
    {
        Client client(m_folder.path());
        QStringList events;
        QVERIFY(client
                    .events(u"/lines"_s, {},
                            [&](const QJsonObject &event) {
                                events << event.value("event"_L1).toString();
                            })
                    .ok());
        QCOMPARE(events, (QStringList{u"progress"_s, u"done"_s}));
    }

    void anInterruptionEndsAWait()
    {
        const UniqueFd abort(::eventfd(1, EFD_CLOEXEC)); // interrupted already
        Client client(m_folder.path(), abort.get());
        QVERIFY(client.get(u"/silent"_s).error().code == ErrorCode::Cancelled);
    }

    void withoutAnEngineTheErrorSaysWhatToDo()
    {
        QTemporaryDir empty;
        Client client(empty.path());
        QVERIFY(!client.engineRuns());
        const Result<QJsonObject> answer = client.get(u"/echo"_s);
        QVERIFY(answer.error().code == ErrorCode::WrongState);
        QVERIFY(answer.error().message.contains(u"quarry serve"_s));
    }

private:
    QTemporaryDir m_folder;
    QThread m_thread;
    QObject m_owner; // lives on the server's thread
    std::unique_ptr<http::Router> m_router;
    std::unique_ptr<http::Server> m_server;
};

QTEST_GUILESS_MAIN(ClientTest)
#include "clienttest.moc"
