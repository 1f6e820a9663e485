// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Files, folders, connections and statistics through the real agent.
#include "agent/client/agentconnection.h"
#include "agent/client/agentfilereader.h"
#include "agent/client/agentfilewriter.h"
#include "realagent.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace quarry;
using namespace quarry::agent;

namespace {

struct Read {
    QByteArray data;
    std::optional<FileInfo> info;
    std::optional<Error> error;
};

Read readFile(AgentClient &client, const QByteArray &path, qint64 offset = 0, qint64 length = -1)
{
    Read result;
    bool over = false;
    AgentFileReader reader(&client, path, offset, length);
    QObject::connect(&reader, &AgentFileReader::opened, &reader,
                     [&](const FileInfo &info) { result.info = info; });
    QObject::connect(&reader, &AgentFileReader::dataArrived, &reader, [&](const QByteArray &data) {
        result.data += data;
        reader.consume(data.size());
    });
    QObject::connect(&reader, &AgentFileReader::finished, &reader, [&] { over = true; });
    QObject::connect(&reader, &AgentFileReader::failed, &reader, [&](const Error &error) {
        result.error = error;
        over = true;
    });
    waitUntil([&over] { return over; });
    return result;
}

Result<qint64> writeFile(AgentClient &client, const QByteArray &path, const QByteArray &data,
                         const FileWriteOptions &options = {})
{
    std::optional<Result<qint64>> result;
    AgentFileWriter writer(&client, path, options);
    QObject::connect(&writer, &AgentFileWriter::finished, &writer,
                     [&](qint64 bytes) { result = bytes; });
    QObject::connect(&writer, &AgentFileWriter::failed, &writer,
                     [&](const Error &error) { result = error; });
    writer.write(data);
    writer.commit();
    waitUntil([&result] { return result.has_value(); });
    return result ? *result : Result<qint64>(ErrorCode::Timeout, QString());
}

template <typename T>
Result<T> answer(const std::function<void(Callback<T>)> &ask)
{
    std::optional<Result<T>> result;
    ask([&result](Result<T> given) { result = std::move(given); });
    waitUntil([&result] { return result.has_value(); });
    return result ? *result : Result<T>(ErrorCode::Timeout, QString());
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("?");
}

} // namespace

class AgentFilesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_base = m_folder.path().toUtf8();
        QVERIFY(m_agent.start(m_base));
    }
    void writesAndReads();
    void readsAPart();
    void replacesAtomically();
    void abortLeavesNothing();
    void keepsModeAndFollowsLinks();
    void makesParents();
    void refusesWhatIsNoFile();
    void listsByPages();
    void statRenameRemoveModes();
    void removesATree();
    void connectsAndHalfCloses();
    void connectRefused();
    void statistics();

private:
    QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QStringList entries() const
    {
        return QDir(m_folder.path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }
    QTemporaryDir m_folder;
    QByteArray m_base;
    RealAgent m_agent;
};

void AgentFilesTest::writesAndReads()
{
    QByteArray data(5'000'003, Qt::Uninitialized);
    for (qsizetype i = 0; i < data.size(); ++i)
        data[i] = char(i * 7919 >> 5);
    const auto written = writeFile(m_agent.client(), "big", data);
    QVERIFY(written);
    QCOMPARE(*written, data.size());
    QVERIFY(contents(path("big")) == data);
    const Read read = readFile(m_agent.client(), m_base + "/big");
    QVERIFY(read.info);
    QCOMPARE(read.info->size, std::uint64_t(data.size()));
    QVERIFY(read.data == data);
    QVERIFY(writeFile(m_agent.client(), "empty", {}));
    QCOMPARE(readFile(m_agent.client(), "empty").data, QByteArray());
    QVERIFY(readFile(m_agent.client(), "/proc/self/status").data.startsWith("Name:"));
}

void AgentFilesTest::readsAPart()
{
    QVERIFY(writeFile(m_agent.client(), "part", "0123456789"));
    QCOMPARE(readFile(m_agent.client(), "part", 3, 4).data, QByteArray("3456"));
    QCOMPARE(readFile(m_agent.client(), "part", 8, 400).data, QByteArray("89"));
    QCOMPARE(readFile(m_agent.client(), "part", 50).data, QByteArray());
}

void AgentFilesTest::replacesAtomically()
{
    QVERIFY(writeFile(m_agent.client(), "file", "old"));
    AgentFileWriter writer(&m_agent.client(), "file");
    bool done = false;
    connect(&writer, &AgentFileWriter::finished, this, [&done] { done = true; });
    writer.write(QByteArray(1'000'000, 'n'));
    QVERIFY(waitUntil([&writer] { return writer.bytesQueued() == 0; }));
    QCOMPARE(contents(path("file")), QByteArray("old"));
    writer.commit();
    QVERIFY(waitUntil([&done] { return done; }));
    QCOMPARE(contents(path("file")).size(), 1'000'000);
}

void AgentFilesTest::abortLeavesNothing()
{
    const QStringList before = entries();
    {
        AgentFileWriter writer(&m_agent.client(), "aborted");
        writer.write(QByteArray(1'000'000, 'n'));
        QVERIFY(waitUntil([&writer] { return writer.bytesQueued() == 0; }));
    }
    QVERIFY(waitUntil([&] { return entries() == before; }));
}

void AgentFilesTest::keepsModeAndFollowsLinks()
{
    QVERIFY(writeFile(m_agent.client(), "script", "1", {0750, true}));
    QVERIFY(symlink("script", path("link").toLocal8Bit().constData()) == 0);
    QVERIFY(writeFile(m_agent.client(), "link", "2"));
    QCOMPARE(contents(path("script")), QByteArray("2"));
    QVERIFY(QFileInfo(path("link")).isSymLink());
    struct stat status{};
    QVERIFY(::stat(path("script").toLocal8Bit().constData(), &status) == 0);
    QCOMPARE(int(status.st_mode & 07777), 0750);
    QVERIFY(symlink("loop", path("loop").toLocal8Bit().constData()) == 0);
    QVERIFY(!writeFile(m_agent.client(), "loop", "2"));
    QVERIFY(symlink("dangling-target", path("dangling").toLocal8Bit().constData()) == 0);
    QVERIFY(writeFile(m_agent.client(), "dangling", "3"));
    QCOMPARE(contents(path("dangling-target")), QByteArray("3"));
}

void AgentFilesTest::makesParents()
{
    QVERIFY(writeFile(m_agent.client(), "a/b/c", "x"));
    QCOMPARE(contents(path("a/b/c")), QByteArray("x"));
    FileWriteOptions none;
    none.parents = false;
    const auto refused = writeFile(m_agent.client(), "z/y", "x", none);
    QVERIFY(!refused && refused.error().code == ErrorCode::NotFound);
    QVERIFY(refused.error().message.contains(QLatin1String("z/y")));
}

void AgentFilesTest::refusesWhatIsNoFile()
{
    QVERIFY(mkfifo(path("fifo").toLocal8Bit().constData(), 0600) == 0);
    for (const QByteArray name : {"fifo", "/dev/null", "."}) {
        QVERIFY(readFile(m_agent.client(), name).error);
        QVERIFY(!writeFile(m_agent.client(), name, "x"));
    }
    QVERIFY(readFile(m_agent.client(), "none").error->code == ErrorCode::NotFound);
    QVERIFY(readFile(m_agent.client(), "fifo").error->message.contains(QLatin1String("FIFO")));
}

void AgentFilesTest::listsByPages()
{
    QVERIFY(QDir(m_folder.path()).mkpath(path("many")));
    for (int i = 0; i < 3000; ++i)
        QVERIFY(QFile(path("many/entry-with-some-length-") + QString::number(i))
                    .open(QIODevice::WriteOnly));
    QSet<QByteArray> names;
    int pages = 0;
    quint64 cursor = 0;
    do {
        const auto page = answer<FileList>(
            [&](auto done) { m_agent.client().list("many", cursor, this, done); });
        QVERIFY(page);
        for (const FileInfo &entry : page->entries)
            names.insert(QByteArray::fromStdString(entry.name));
        cursor = page->next;
        ++pages;
    } while (cursor != 0);
    QCOMPARE(names.size(), 3000);
    QVERIFY(pages > 1);
}

void AgentFilesTest::statRenameRemoveModes()
{
    AgentClient &client = m_agent.client();
    QVERIFY(writeFile(client, "one", "12345"));
    QVERIFY(answer<void>([&](auto done) { client.changeMode("one", 0600, this, done); }));
    QVERIFY(answer<void>([&](auto done) { client.rename("one", "two", this, done); }));
    const auto info = answer<FileInfo>([&](auto done) { client.stat("two", true, this, done); });
    QVERIFY(info);
    QCOMPARE(info->size, std::uint64_t(5));
    QCOMPARE(info->mode, 0600u);
    QVERIFY(symlink("two", path("to-two").toLocal8Bit().constData()) == 0);
    const auto link
        = answer<FileInfo>([&](auto done) { client.stat("to-two", false, this, done); });
    QVERIFY(link && link->type == FileInfo::Type::Link);
    QCOMPARE(link->target, std::string("two"));
    QVERIFY(answer<void>([&](auto done) { client.remove("two", false, this, done); }));
    const auto gone = answer<FileInfo>([&](auto done) { client.stat("two", true, this, done); });
    QVERIFY(!gone && gone.error().code == ErrorCode::NotFound);
    QVERIFY(answer<void>([&](auto done) { client.makeFolder("p/q", 0700, true, this, done); }));
    QVERIFY(!answer<void>([&](auto done) { client.makeFolder("p/q", 0700, false, this, done); }));
}

void AgentFilesTest::removesATree()
{
    shell(m_agent.client(),
          "mkdir -p tree/a/b/c tree/d; for i in $(seq 1000); do : >tree/a/b/$i; done; ln -s /etc "
          "tree/etc; : >tree/d/x");
    QVERIFY(!answer<void>([&](auto done) { m_agent.client().remove("tree", false, this, done); }));
    QVERIFY(answer<void>([&](auto done) { m_agent.client().remove("tree", true, this, done); }));
    QVERIFY(!QFileInfo::exists(path("tree")));
    QVERIFY(QFileInfo::exists(QStringLiteral("/etc/passwd")));
}

void AgentFilesTest::connectsAndHalfCloses()
{
    const QByteArray server = "import socket,sys\n"
                              "s=socket.socket(socket.AF_UNIX); s.bind('sock'); s.listen(1); "
                              "print('up',flush=True); c,_=s.accept()\n"
                              "n=0\n"
                              "while True:\n d=c.recv(65536)\n if not d: break\n n+=len(d)\n"
                              "c.sendall(b'%d bytes'%n); c.close()\n";
    SpawnSpec spec;
    spec.arguments = {"/usr/bin/python3", "-c", server};
    AgentProcess *process = m_agent.client().spawn(spec);
    const auto running = follow(process);
    QVERIFY(waitUntil([&running] { return !running->output.isEmpty() || running->over(); }));
    AgentConnection connection(&m_agent.client(), m_base + "/sock", 0);
    QByteArray received;
    bool closed = false;
    connect(&connection, &AgentConnection::dataArrived, this, [&](const QByteArray &data) {
        received += data;
        connection.consume(data.size());
    });
    connect(&connection, &AgentConnection::closed, this, [&closed] { closed = true; });
    connection.write(QByteArray(1'000'000, 'c'));
    connection.finishWriting();
    QVERIFY(waitUntil([&closed] { return closed; }));
    QCOMPARE(received, QByteArray("1000000 bytes"));
    delete process;
}

void AgentFilesTest::connectRefused()
{
    for (const QByteArray host : {"127.0.0.1", "localhost", "/no/socket", "no.such.name"}) {
        AgentConnection connection(&m_agent.client(), host, 1);
        std::optional<Error> error;
        connect(&connection, &AgentConnection::failed, this,
                [&error](const Error &given) { error = given; });
        QVERIFY(waitUntil([&error] { return error.has_value(); }));
        QVERIFY(error->message.contains(QString::fromUtf8(host)));
    }
}

void AgentFilesTest::statistics()
{
    const auto before
        = answer<Statistics>([&](auto done) { m_agent.client().statistics(this, done); });
    QVERIFY(before);
    QVERIFY(before->processes >= 1);
    QVERIFY(before->memoryBytes > 0);
    shell(m_agent.client(), "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done");
    const auto after
        = answer<Statistics>([&](auto done) { m_agent.client().statistics(this, done); });
    QVERIFY(after->cpuMicroseconds > before->cpuMicroseconds);
}

QTEST_GUILESS_MAIN(AgentFilesTest)
#include "tst_agentfiles.moc"
