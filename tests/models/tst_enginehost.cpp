// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A real engine on its own thread, asked from this one.
#include "engine/enginehost.h"
#include "support/parts.h"
#include "widgets/models/sandboxmodel.h"

#include <QTemporaryDir>
#include <QTest>

using namespace quarry;
using namespace quarry::engine;
using namespace Qt::StringLiterals;

class EngineHostTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>(u"/var/tmp/quarry-host-XXXXXX"_s);
        EngineSettings settings;
        settings.dataFolder = m_folder->path() + u"/data"_s;
        settings.programFolder = QStringLiteral(QUARRY_BIN_DIR);
        settings.deleteOnExit = true;
        m_host = std::make_unique<EngineHost>(settings);
    }
    void cleanup()
    {
        std::optional<Result<void>> closed;
        m_host->close([&](const Result<void> &result) { closed = result; });
        QVERIFY(QTest::qWaitFor([&] { return closed.has_value(); }, 30000));
        m_host.reset();
        m_folder.reset();
    }

    void nothingIsAskedOfAClosedOne()
    {
        std::optional<Result<int>> answer;
        m_host->ask<int>(
            this, [](Engine &, const Callback<int> &done) { done(1); },
            [&](const Result<int> &result) { answer = result; });
        QVERIFY(!answer); // never from inside the call
        QVERIFY(QTest::qWaitFor([&] { return answer.has_value(); }, 10000));
        QVERIFY(!*answer && answer->error().code == ErrorCode::WrongState);
    }

    void answersComeHere()
    {
        QVERIFY(open());
        std::optional<Result<bool>> elsewhere;
        m_host->ask<bool>(
            this,
            [here = QThread::currentThread()](Engine &, const Callback<bool> &done) {
                done(QThread::currentThread() != here);
            },
            [&, here = QThread::currentThread()](const Result<bool> &result) {
                QCOMPARE(QThread::currentThread(), here);
                elsewhere = result;
            });
        QVERIFY(QTest::qWaitFor([&] { return elsewhere.has_value(); }, 10000));
        QVERIFY(**elsewhere);
    }

    void whoHasGoneIsNotAnswered()
    {
        QVERIFY(open());
        auto asker = std::make_unique<QObject>();
        bool answered = false;
        m_host->ask<int>(
            asker.get(), [](Engine &, const Callback<int> &done) { done(1); },
            [&](const Result<int> &) { answered = true; });
        asker.reset();
        std::optional<Result<int>> after;
        m_host->ask<int>(
            this, [](Engine &, const Callback<int> &done) { done(2); },
            [&](const Result<int> &result) { after = result; });
        QVERIFY(QTest::qWaitFor([&] { return after.has_value(); }, 10000));
        QVERIFY(!answered);
    }

    void changesReachTheModel()
    {
        QUARRY_NEEDS(open() ? QString() : m_problem);
        widgets::SandboxModel model(*m_host);
        sandbox::SandboxRequest request;
        request.image = u"host"_s;
        request.id = u"mine"_s;
        m_host->post([request](Engine &engine) {
            engine.sandboxes().start(request, [](const Result<sandbox::SandboxInfo> &) { });
        });
        const auto state = [&] {
            const sandbox::SandboxInfo *info = model.find(u"mine"_s);
            return info ? info->state : sandbox::State::Deleted;
        };
        QVERIFY(QTest::qWaitFor([&] { return state() == sandbox::State::Running; }, 30000));
        model.measure({u"mine"_s});
        QVERIFY(QTest::qWaitFor([&] { return model.use(u"mine"_s).has_value(); }, 10000));
        m_host->post([](Engine &engine) {
            engine.sandboxes().remove(u"mine"_s, true, [](const Result<void> &) { });
        });
        QVERIFY(QTest::qWaitFor([&] { return model.rowCount() == 0; }, 30000));
    }

    void lockedFolderIsRefused()
    {
        QVERIFY(open());
        EngineHost second(m_host->settings());
        std::optional<Result<QString>> answer;
        second.open([&](const Result<QString> &result) { answer = result; });
        QVERIFY(QTest::qWaitFor([&] { return answer.has_value(); }, 10000));
        QVERIFY(answer->error().code == ErrorCode::WrongState);
        QVERIFY(!second.isOpen());
    }

private:
    bool open()
    {
        std::optional<Result<QString>> opened;
        m_host->open([&](const Result<QString> &result) { opened = result; });
        if (!QTest::qWaitFor([&] { return opened.has_value(); }, 30000))
            return false;
        m_problem = *opened ? QString() : opened->error().message;
        return opened->ok();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<EngineHost> m_host;
    QString m_problem;
};

QTEST_MAIN(EngineHostTest)
#include "tst_enginehost.moc"
