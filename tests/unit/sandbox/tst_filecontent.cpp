// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Small files as a whole, through the real agent.
#include "realagent.h"
#include "sandbox/files/filecontent.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <optional>
#include <sys/stat.h>

using namespace quarry;
using namespace quarry::agent;
using namespace quarry::sandbox;
using namespace Qt::StringLiterals;

class FileContentTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(m_agent.start("/")); }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void readsUpToALimit();
    void readsWhatSaysItIsEmpty();
    void writesOverTheSameOnly();
    void keepsTheMode();
    void freshIsNeverOver();

private:
    QByteArray at(const QByteArray &name) const { return m_folder->path().toUtf8() + '/' + name; }
    void put(const QByteArray &name, const QByteArray &bytes) const
    {
        QFile file(QString::fromUtf8(at(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    QByteArray get(const QByteArray &name) const
    {
        QFile file(QString::fromUtf8(at(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("?");
    }
    Result<FileContent> read(const QByteArray &path, qint64 limit)
    {
        std::optional<Result<FileContent>> result;
        readContent(&m_agent.client(), path, limit,
                    [&result](const Result<FileContent> &content) { result = content; });
        waitUntil([&result] { return result.has_value(); });
        return *result;
    }
    Result<FileInfo> write(const ContentWrite &write)
    {
        std::optional<Result<FileInfo>> result;
        writeContent(&m_agent.client(), write,
                     [&result](const Result<FileInfo> &info) { result = info; });
        waitUntil([&result] { return result.has_value(); });
        return *result;
    }

    RealAgent m_agent;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void FileContentTest::readsUpToALimit()
{
    put("f", QByteArray(1000, 'x'));
    QCOMPARE(read(at("f"), 1000)->bytes.size(), 1000);
    QCOMPARE(read(at("f"), 1000)->info.size, quint64(1000));
    QVERIFY(read(at("f"), 999).error().code == ErrorCode::LimitExceeded);
    put("empty", {});
    QCOMPARE(read(at("empty"), 10)->bytes.size(), 0);
    QVERIFY(read(at("none"), 10).error().code == ErrorCode::NotFound);
    QVERIFY(read(at(""), 10).error().code == ErrorCode::InvalidArgument);
    QCOMPARE(::mkfifo(at("fifo").constData(), 0600), 0);
    QVERIFY(read(at("fifo"), 10).error().message.contains(u"FIFO"_s));
}

void FileContentTest::readsWhatSaysItIsEmpty()
{
    QVERIFY(read("/proc/self/status", 1 << 20)->bytes.contains("Name:"));
    QVERIFY(read("/proc/self/status", 10).error().code == ErrorCode::LimitExceeded);
}

void FileContentTest::writesOverTheSameOnly()
{
    put("f", "one");
    const FileStamp first = FileStamp::of(read(at("f"), 100)->info);
    const Result<FileInfo> written = write({.path = at("f"), .bytes = "two", .expected = first});
    QVERIFY(written.ok());
    QCOMPARE(get("f"), QByteArray("two"));
    // What has been written is what is expected next.
    QVERIFY(write({.path = at("f"), .bytes = "three", .expected = FileStamp::of(*written)}).ok());

    const Result<FileInfo> late = write({.path = at("f"), .bytes = "lost", .expected = first});
    QVERIFY(late.error().code == ErrorCode::WrongState);
    QCOMPARE(late.error().details.value("conflict"_L1).toString(), u"changed"_s);
    QCOMPARE(get("f"), QByteArray("three"));
    QVERIFY(write({.path = at("f"), .bytes = "over", .expected = {}}).ok());

    QVERIFY(QFile::remove(QString::fromUtf8(at("f"))));
    const Result<FileInfo> gone = write({.path = at("f"), .bytes = "x", .expected = first});
    QCOMPARE(gone.error().details.value("conflict"_L1).toString(), u"removed"_s);
    QCOMPARE(get("f"), QByteArray("?"));
}

void FileContentTest::keepsTheMode()
{
    put("f", "one");
    QCOMPARE(::chmod(at("f").constData(), 0751), 0);
    const Result<FileInfo> written = write({.path = at("f"), .bytes = "two", .expected = {}});
    QCOMPARE(written->mode, 0751u);
}

void FileContentTest::freshIsNeverOver()
{
    QVERIFY(write({.path = at("f"), .bytes = {}, .fresh = true, .expected = {}}).ok());
    QVERIFY(write({.path = at("f"), .bytes = {}, .fresh = true, .expected = {}}).error().code
            == ErrorCode::AlreadyExists);
    QVERIFY(QFile::link(u"nowhere"_s, QString::fromUtf8(at("link"))));
    QVERIFY(write({.path = at("link"), .bytes = {}, .fresh = true, .expected = {}}).error().code
            == ErrorCode::AlreadyExists);
    QVERIFY(write({.path = at("no/such"), .bytes = {}, .fresh = true, .expected = {}}).error().code
            == ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(FileContentTest)
#include "tst_filecontent.moc"
