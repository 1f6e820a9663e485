// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A person takes an environment over: what its client asks waits; and an episode is read as it
// grows.
#include "gem/episodes/episodereader.h"
#include "gem/live/environmentservice.h"

#include <QDateTime>
#include <QTemporaryDir>
#include <QTest>

using namespace quarry;
using namespace quarry::gem;
using namespace Qt::StringLiterals;

class GemByHandTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_service.reset(); }

    void callsWaitUntilGivenBack();
    void closingEndsTheWait();
    void forgottenIsGivenBack();
    void byHandNeedsTaking();
    void readAsItGrows();
    void liveOnesFirst();

private:
    void make(std::chrono::seconds hand);
    void step(const QByteArray &action)
    {
        m_service->step(m_id, action, [this](const Result<std::string> &answer) {
            m_answers.append(answer ? QString::fromStdString(*answer) : answer.error().message);
        });
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::optional<Result<std::unique_ptr<store::Database>>> m_database;
    std::unique_ptr<EnvironmentService> m_service;
    QString m_id;
    QStringList m_answers;
};

void GemByHandTest::init()
{
    make(std::chrono::seconds(600));
}

void GemByHandTest::make(std::chrono::seconds hand)
{
    m_service.reset();
    m_database.reset();
    m_answers.clear();
    m_folder = std::make_unique<QTemporaryDir>();
    m_database.emplace(
        store::Database::open(m_folder->filePath(u"quarry.db"_s), EpisodeIndex::migrations()));
    QVERIFY(m_database->ok());
    GemSettings settings;
    settings.folder = m_folder->filePath(u"episodes"_s);
    settings.hand = hand;
    m_service = std::make_unique<EnvironmentService>(*m_database->value(), settings);
    QVERIFY(m_service->recover().ok());
    EnvironmentSpec spec;
    spec.envId = u"game:GuessTheNumber-v0-hard"_s;
    const Result<QString> id = m_service->make(spec);
    QVERIFY(id.ok());
    m_id = *id;
    m_service->reset(m_id, 7, [](const Result<std::string> &) { });
}

void GemByHandTest::callsWaitUntilGivenBack()
{
    step("\\boxed{50}");
    QCOMPARE(m_answers.size(), 1);
    QVERIFY(m_service->takeOver(m_id).ok());
    QVERIFY(m_service->environment(m_id)->isTaken);
    step("\\boxed{49}");
    bool reset = false;
    m_service->reset(m_id, 8, [&](const Result<std::string> &done) { reset = done.ok(); });
    std::string batch;
    const std::string id = m_id.toStdString();
    BatchItem item;
    item.id = id;
    item.action = "\\boxed{3}";
    m_service->stepBatch({item}, [&](std::string answer) { batch = std::move(answer); });
    QCOMPARE(m_answers.size(), 1);
    QString mine;
    m_service->stepByHand(m_id, "\\boxed{1}", [&](const Result<std::string> &answer) {
        QVERIFY(answer.ok());
        mine = QString::fromStdString(*answer);
    });
    QVERIFY(mine.contains(u"[50,"_s) && mine.contains(u"[1,"_s));
    QVERIFY(!mine.contains(u"[49,"_s));
    QVERIFY(!reset && batch.empty());
    QVERIFY(m_service->giveBack(m_id).ok());
    QVERIFY(m_service->giveBack(m_id).ok());
    // In the order they were asked.
    QCOMPARE(m_answers.size(), 2);
    QVERIFY(m_answers.last().contains(u"[49,"_s) && m_answers.last().contains(u"[1,"_s));
    QVERIFY(reset);
    QVERIFY(batch.find("[3,") != std::string::npos && batch.find("[49,") == std::string::npos);
}

void GemByHandTest::closingEndsTheWait()
{
    QVERIFY(m_service->takeOver(m_id).ok());
    step("\\boxed{4}");
    QCOMPARE(m_answers.size(), 0);
    QVERIFY(m_service->close(m_id).ok());
    QCOMPARE(m_answers.size(), 1);
    QVERIFY(m_answers.first().contains(u"no environment"_s));
    QVERIFY(!m_service->takeOver(m_id).ok());
}

void GemByHandTest::forgottenIsGivenBack()
{
    make(std::chrono::seconds(1));
    QVERIFY(m_service->takeOver(m_id).ok());
    step("\\boxed{4}");
    QVERIFY(QTest::qWaitFor([&] { return m_answers.size() == 1; }, 5000));
    QVERIFY(!m_service->environment(m_id)->isTaken);
}

void GemByHandTest::byHandNeedsTaking()
{
    ErrorCode code = ErrorCode::Io;
    m_service->stepByHand(m_id, "\\boxed{1}",
                          [&](const Result<std::string> &answer) { code = answer.error().code; });
    QVERIFY(code == ErrorCode::WrongState);
    QVERIFY(m_service->takeOver(m_id).ok());
    bool reset = false;
    m_service->resetByHand(m_id, 3, [&](const Result<std::string> &done) { reset = done.ok(); });
    QVERIFY(reset);
    QCOMPARE(m_service->environment(m_id)->episode.seed, 3u);
}

void GemByHandTest::readAsItGrows()
{
    step("\\boxed{50}");
    const EpisodeInfo info = *m_service->episode(m_service->environment(m_id)->episode.id);
    const QString path = m_service->pathOf(info);
    const Result<EpisodeSteps> first = readSteps(path, info);
    QVERIFY(first.ok());
    QCOMPARE(first->steps.size(), 1);
    QCOMPARE(readMore(path, first->end)->steps.size(), 0);
    step("\\boxed{49}");
    step("\\boxed{48}");
    const Result<EpisodeSteps> more = readMore(path, first->end);
    QCOMPARE(more->steps.size(), 2);
    QCOMPARE(more->steps.last().action.toByteArray(), "\\boxed{48}");
    // The next episode is not a part of this one.
    m_service->reset(m_id, 9, [](const Result<std::string> &) { });
    step("\\boxed{47}");
    QCOMPARE(readMore(path, first->end)->steps.size(), 2);
    QCOMPARE(readMore(path, more->end)->steps.size(), 0);
}

void GemByHandTest::liveOnesFirst()
{
    const QString first = m_service->environment(m_id)->episode.id;
    EnvironmentSpec spec;
    spec.envId = u"game:GuessTheNumber-v0-hard"_s;
    const qint64 began = QDateTime::currentMSecsSinceEpoch();
    while (QDateTime::currentMSecsSinceEpoch() == began) {
    } // the list is by milliseconds
    const Result<QString> other = m_service->make(spec);
    m_service->reset(*other, 1, [](const Result<std::string> &) { });
    QVERIFY(m_service->close(*other).ok());
    EpisodeFilter filter;
    filter.envId = spec.envId;
    QCOMPARE(m_service->episodes(filter)->items.first().environmentId, *other);
    filter.liveFirst = true;
    QCOMPARE(m_service->episodes(filter)->items.first().id, first);
    QCOMPARE(m_service->episodes(filter)->total, 2);
}

QTEST_MAIN(GemByHandTest)
#include "tst_gembyhand.moc"
