// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The database: migrations, all-or-nothing, damage, age, a full and a read-only disk, kill -9.
#include "store/database.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/wait.h>
#include <unistd.h>

using namespace quarry;
using namespace quarry::store;
using namespace Qt::StringLiterals;

class DatabaseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void migratesStepByStep();
    void refusesANewerOne();
    void refusesADamagedOne();
    void keepsAllOrNothing();
    void namesAFolderThatIsNotThere();
    void keepsWhatAKilledWriterCommitted();
    void tellsAFullDisk();

private:
    QString path() const { return m_folder.filePath(u"test.db"_s); }
    qint64 count(Database &database);

    QTemporaryDir m_folder;
    const QStringList m_one{u"CREATE TABLE t(a INTEGER PRIMARY KEY)"_s};
};

qint64 DatabaseTest::count(Database &database)
{
    auto statement = database.prepare("SELECT count(*) FROM t");
    return statement.step().ok() ? statement.number(0) : -1;
}

void DatabaseTest::migratesStepByStep()
{
    {
        auto database = Database::open(path(), m_one);
        QVERIFY(database.ok());
        QVERIFY((*database)->prepare("INSERT INTO t VALUES(1)").run().ok());
    }
    auto database
        = Database::open(path(), m_one + QStringList{u"ALTER TABLE t ADD COLUMN b TEXT"_s});
    QVERIFY(database.ok());
    auto read = (*database)->prepare("SELECT a, b FROM t");
    QVERIFY(read.step().value());
    QCOMPARE(read.number(0), 1);
}

void DatabaseTest::refusesANewerOne()
{
    const QString newer = m_folder.filePath(u"newer.db"_s);
    QVERIFY(Database::open(newer, m_one + QStringList{u"CREATE TABLE u(a)"_s}).ok());
    const auto refused = Database::open(newer, m_one);
    QVERIFY(!refused.ok());
    QVERIFY(refused.error().code == ErrorCode::Unsupported);
    QVERIFY(refused.error().message.contains(newer));
}

void DatabaseTest::refusesADamagedOne()
{
    const QString broken = m_folder.filePath(u"broken.db"_s);
    QFile file(broken);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    const auto refused = Database::open(broken, m_one);
    QVERIFY(!refused.ok());
    QVERIFY(refused.error().message.contains(broken));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray(8192, 'x')); // untouched
}

void DatabaseTest::keepsAllOrNothing()
{
    auto database = Database::open(m_folder.filePath(u"atom.db"_s), m_one);
    QVERIFY(database.ok());
    const auto done = (*database)->transaction([&]() -> Result<void> {
        if (const auto first = (*database)->prepare("INSERT INTO t VALUES(1)").run(); !first)
            return first;
        return (*database)->prepare("INSERT INTO t VALUES(1)").run();
    });
    QVERIFY(!done.ok());
    QVERIFY(done.error().code == ErrorCode::AlreadyExists);
    QCOMPARE(count(**database), 0);
}

void DatabaseTest::namesAFolderThatIsNotThere()
{
    const auto refused = Database::open(u"/nonexistent/quarry.db"_s, m_one);
    QVERIFY(!refused.ok());
    QVERIFY(refused.error().message.contains(u"/nonexistent/quarry.db"_s));
}

void DatabaseTest::keepsWhatAKilledWriterCommitted()
{
    const QString file = m_folder.filePath(u"killed.db"_s);
    int report[2];
    QCOMPARE(pipe(report), 0);
    const pid_t writer = fork();
    if (writer == 0) {
        auto database = Database::open(file, m_one);
        for (qint64 i = 0; database.ok(); ++i) {
            if (!(*database)->prepare("INSERT INTO t VALUES(NULL)").run().ok()
                || write(report[1], &i, sizeof i) != sizeof i)
                break;
        }
        _exit(1);
    }
    qint64 acknowledged = 0;
    for (int i = 0; i < 3000; ++i)
        QCOMPARE(read(report[0], &acknowledged, sizeof acknowledged), ssize_t(sizeof acknowledged));
    kill(writer, SIGKILL);
    waitpid(writer, nullptr, 0);
    close(report[0]);
    close(report[1]);
    auto database = Database::open(file, m_one);
    QVERIFY(database.ok());
    QVERIFY(count(**database) >= acknowledged + 1);
}

void DatabaseTest::tellsAFullDisk()
{
    auto database = Database::open(m_folder.filePath(u"full.db"_s), m_one);
    QVERIFY(database.ok());
    auto bound = (*database)->prepare("PRAGMA max_page_count=4");
    QVERIFY(bound.step().ok());
    bound.reset();
    Result<void> done;
    for (int i = 0; i < 100000 && done.ok(); ++i)
        done = (*database)->prepare("INSERT INTO t VALUES(NULL)").run();
    QVERIFY(!done.ok());
    QVERIFY(done.error().code == ErrorCode::NoSpace);
    QVERIFY(count(**database) > 0);
}

QTEST_GUILESS_MAIN(DatabaseTest)
#include "tst_database.moc"
