// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Sandboxes in the database: what goes in comes out, with its history, page by page.
#include "base/clock.h"
#include "sandbox/sandboxstore.h"

#include <QTemporaryDir>
#include <QTest>

using namespace quarry;
using namespace quarry::sandbox;
using namespace Qt::StringLiterals;

class SandboxStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void keepsEveryField();
    void refusesATakenName();
    void keepsHistoryInOrder();
    void listsPageByPage();
    void forgetsOldDeletedOnes();

private:
    SandboxRecord record(const QString &id);
    Result<void> move(SandboxRecord &record, State to, const QString &event);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<SandboxStore> m_store;
    qint64 m_clock = 1'700'000'000'000;
};

void SandboxStoreTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    auto database
        = store::Database::open(m_folder->filePath(u"q.db"_s), SandboxStore::migrations());
    QVERIFY(database.ok());
    m_database = std::move(*database);
    m_store = std::make_unique<SandboxStore>(*m_database);
}

void SandboxStoreTest::cleanup()
{
    m_store.reset();
    m_database.reset();
}

SandboxRecord SandboxStoreTest::record(const QString &id)
{
    SandboxRecord record;
    record.request.image = u"python:3.11"_s;
    record.info.image = record.request.image;
    record.info.id = id;
    record.info.createTime = QDateTime::fromMSecsSinceEpoch(++m_clock, Qt::UTC);
    record.info.history = {{QString(), u"pending"_s, u"create"_s, record.info.createTime}};
    return record;
}

Result<void> SandboxStoreTest::move(SandboxRecord &record, State to, const QString &event)
{
    const HistoryEntry entry{toString(record.info.state), toString(to), event,
                             QDateTime::fromMSecsSinceEpoch(++m_clock, Qt::UTC)};
    record.info.state = to;
    record.info.history.append(entry);
    if (to == State::Deleted)
        record.info.deleteTime = entry.time;
    return m_store->update(record, entry);
}

void SandboxStoreTest::keepsEveryField()
{
    SandboxRecord before = record(u"full"_s);
    before.request.memory = qint64(3) << 30;
    before.request.cpus = 1.5;
    before.request.network = Network::Host;
    before.request.autoDeleteSeconds = 60;
    before.request.env = {{u"KEY"_s, u"ü \" \n"_s}};
    before.request.binds = {{u"/srv/a"_s, u"/a"_s, true}};
    before.info.servedBy = u"host (alias python:3.11)"_s;
    before.info.userId = u"u"_s;
    before.info.labels = {{u"a"_s, u"b"_s}};
    before.info.phases = {{u"limits"_s, u"success"_s, u"memory: capped"_s}};
    before.info.limits = {{u"memory"_s, {8e9, 4e9, true, u"the machine has less"_s}}};
    QVERIFY(m_store->insert(before).ok());

    const auto after = m_store->load(u"full"_s);
    QVERIFY(after.ok());
    QCOMPARE(toJson(*after), toJson(before));
    QCOMPARE(after->request.env, before.request.env);
    QCOMPARE(after->request.memory, before.request.memory);
    QCOMPARE(after->request.binds.size(), 1);
    QCOMPARE(after->info.limits[u"memory"_s].reason, u"the machine has less"_s);
    QCOMPARE(after->info.createTime, before.info.createTime);
}

void SandboxStoreTest::refusesATakenName()
{
    QVERIFY(m_store->insert(record(u"one"_s)).ok());
    const auto again = m_store->insert(record(u"one"_s));
    QVERIFY(!again.ok());
    QVERIFY(again.error().code == ErrorCode::AlreadyExists);
    QVERIFY(again.error().message.contains(u"already exists"_s));
    QCOMPARE(m_store->load(u"one"_s)->info.history.size(), 1);
}

void SandboxStoreTest::keepsHistoryInOrder()
{
    SandboxRecord one = record(u"one"_s);
    QVERIFY(m_store->insert(one).ok());
    QVERIFY(move(one, State::Running, u"started"_s).ok());
    QVERIFY(move(one, State::Stopped, u"stop"_s).ok());
    const auto loaded = m_store->load(u"one"_s);
    QCOMPARE(loaded->info.history.size(), 3);
    QCOMPARE(loaded->info.history[0].fromState, QString());
    QCOMPARE(loaded->info.history[2].fromState, u"running"_s);
    QCOMPARE(loaded->info.history[2].event, u"stop"_s);
}

void SandboxStoreTest::listsPageByPage()
{
    for (int i = 0; i < 5; ++i) {
        SandboxRecord each = record(u"s%1"_s.arg(i));
        each.info.userId = i < 3 ? u"ann"_s : u"bob"_s;
        QVERIFY(m_store->insert(each).ok());
        if (i == 0)
            QVERIFY(move(each, State::Stopped, u"stop"_s).ok());
    }
    int total = 0;
    SandboxFilter filter;
    QCOMPARE(*m_store->select(filter, &total), QStringList({u"s4"_s, u"s3"_s, u"s2"_s, u"s1"_s}));
    QCOMPARE(total, 4);
    filter.limit = 2;
    filter.offset = 1;
    QCOMPARE(*m_store->select(filter, &total), QStringList({u"s3"_s, u"s2"_s}));
    filter = {};
    filter.userId = u"ann"_s;
    filter.states = {u"stopped"_s, u"running"_s, u"pending"_s};
    QCOMPARE(m_store->select(filter, &total)->size(), 3);
    filter.userId = u"x' OR '1'='1"_s;
    QCOMPARE(m_store->select(filter, &total)->size(), 0);
}

void SandboxStoreTest::forgetsOldDeletedOnes()
{
    for (int i = 0; i < 4; ++i) {
        SandboxRecord each = record(u"s%1"_s.arg(i));
        QVERIFY(m_store->insert(each).ok());
        QVERIFY(move(each, State::Stopped, u"stop"_s).ok());
        if (i > 0)
            QVERIFY(move(each, State::Deleted, u"delete"_s).ok());
    }
    QVERIFY(m_store->forget(QDateTime::fromMSecsSinceEpoch(0, Qt::UTC), 2).ok());
    QVERIFY(m_store->exists(u"s0"_s)); // not deleted, so never forgotten
    QVERIFY(!m_store->exists(u"s1"_s));
    QVERIFY(m_store->exists(u"s3"_s));
    QVERIFY(m_store->forget(QDateTime::fromMSecsSinceEpoch(m_clock + 1, Qt::UTC), 2).ok());
    QVERIFY(!m_store->exists(u"s3"_s));
    QVERIFY(m_store->exists(u"s0"_s));
}

QTEST_GUILESS_MAIN(SandboxStoreTest)
#include "tst_sandboxstore.moc"
