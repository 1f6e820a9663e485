// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Copies of trees through the real agent, and from one that lies.
#include "fakeagent.h"
#include "realagent.h"
#include "sandbox/files/copyjob.h"
#include "sandbox/files/treecount.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <optional>
#include <sys/stat.h>

using namespace quarry;
using namespace quarry::agent;
using namespace quarry::sandbox;
using namespace Qt::StringLiterals;

namespace {

constexpr auto toSandbox = CopyRequest::Direction::ToSandbox;
constexpr auto fromSandbox = CopyRequest::Direction::FromSandbox;

// How one ended.
struct Copied {
    std::optional<CopySummary> done;
    std::optional<Error> error;
    qint64 asked = 0; // files that were there already
    QStringList named; // of them
    qint64 progress = 0;
    bool over = false;
};

// Follows JOB into RESULT, and answers its question with CHOICE.
void follow(CopyJob &job, Copied &result, Existing choice = Existing::Overwrite)
{
    QObject::connect(&job, &CopyJob::existingFound, &job,
                     [&job, &result, choice](const QStringList &some, qint64 count) {
                         result.asked = count;
                         result.named = some;
                         job.decide(choice);
                     });
    QObject::connect(&job, &CopyJob::progressed, &job,
                     [&result](qint64 bytes, qint64) { result.progress = bytes; });
    QObject::connect(&job, &CopyJob::finished, &job, [&result](const CopySummary &summary) {
        result.done = summary;
        result.over = true;
    });
    QObject::connect(&job, &CopyJob::failed, &job,
                     [&result](const Error &error, const CopySummary &) {
                         result.error = error;
                         result.over = true;
                     });
}

Copied runCopy(AgentClient &client, const CopyRequest &request,
               Existing choice = Existing::Overwrite)
{
    Copied result;
    CopyJob job(request);
    follow(job, result, choice);
    job.begin(&client, {});
    waitUntil([&result] { return result.over; });
    return result;
}

QByteArray fromUtf16(const QString &path)
{
    return QFile::encodeName(path);
}

// Every name below FOLDER with what it holds.
QMap<QByteArray, QByteArray> contents(const QString &folder)
{
    QMap<QByteArray, QByteArray> all;
    QDirIterator each(folder, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                      QDirIterator::Subdirectories);
    while (each.hasNext()) {
        const QFileInfo info(each.next());
        const QByteArray name = fromUtf16(info.filePath().mid(folder.size() + 1));
        QFile file(info.filePath());
        if (info.isSymLink())
            all[name] = "-> " + QFile::encodeName(info.symLinkTarget());
        else if (info.isDir())
            all[name] = "/";
        else if (file.open(QIODevice::ReadOnly))
            all[name] = file.readAll();
    }
    return all;
}

} // namespace

class CopyJobTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(m_agent.start("/")); }
    void init();

    void treeGoesThereAndBack();
    void linksAreMadeNotFollowed();
    void asksBeforeOverwriting();
    void skipsWhatIsThere();
    void folderInTheWay();
    void cancelledLeavesNothing();
    void deadSandboxIsTold();
    void unreadableIsTold();
    void namesThatLeadOut_data();
    void namesThatLeadOut();
    void countsATree();

private:
    QString here(const QString &name = {}) const { return m_folder->path() + u"/here"_s + name; }
    QString inside(const QString &name = {}) const
    {
        return m_folder->path() + u"/inside"_s + name;
    }
    static void write(const QString &path, const QByteArray &bytes)
    {
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    CopyRequest upload(const QString &name) const
    {
        return {toSandbox, {fromUtf16(here(name))}, fromUtf16(inside())};
    }
    CopyRequest download(const QString &name) const
    {
        return {fromSandbox, {fromUtf16(inside(name))}, fromUtf16(here())};
    }

    RealAgent m_agent; // whose files are this machine's: inside() is only named so
    std::unique_ptr<QTemporaryDir> m_folder;
};

void CopyJobTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir().mkpath(here()) && QDir().mkpath(inside()));
}

void CopyJobTest::treeGoesThereAndBack()
{
    QByteArray big(3'000'001, Qt::Uninitialized);
    for (qsizetype i = 0; i < big.size(); ++i)
        big[i] = char((i * 7919) >> 5);
    write(here(u"/tree/big"_s), big);
    write(here(u"/tree/empty"_s), {});
    write(here(u"/tree/deep/er/a\nb\u202e"_s), "odd");
    QVERIFY(QDir().mkpath(here(u"/tree/hollow"_s)));
    QVERIFY(QFile::setPermissions(here(u"/tree/empty"_s),
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    for (int i = 0; i < 200; ++i)
        write(here(u"/tree/many/%1"_s.arg(i)), QByteArray::number(i));

    const Copied up = runCopy(m_agent.client(), upload(u"/tree"_s));
    QVERIFY2(up.done, qPrintable(up.error ? up.error->message : QString()));
    QCOMPARE(up.done->files, 203);
    QCOMPARE(up.progress, up.done->bytes);
    QCOMPARE(up.asked, 0);
    QCOMPARE(contents(inside()), contents(here()));
    QVERIFY(QFileInfo(inside(u"/tree/empty"_s)).isExecutable());

    const auto expected = contents(here());
    QVERIFY(QDir(here(u"/tree"_s)).removeRecursively());
    const Copied down = runCopy(m_agent.client(), download(u"/tree"_s));
    QVERIFY2(down.done, qPrintable(down.error ? down.error->message : QString()));
    QCOMPARE(contents(here()), expected);
}

void CopyJobTest::linksAreMadeNotFollowed()
{
    write(inside(u"/tree/file"_s), "1");
    QVERIFY(QFile::link(u"/etc"_s, inside(u"/tree/out"_s)));
    QCOMPARE(::mkfifo(fromUtf16(inside(u"/tree/fifo"_s)).constData(), 0600), 0);
    QVERIFY(QFile::link(inside(u"/tree/file"_s), inside(u"/named"_s)));
    const Copied down = runCopy(m_agent.client(), download(u"/tree"_s));
    QVERIFY(down.done);
    QCOMPARE(down.done->files, 1);
    QCOMPARE(down.done->leftOut.size(), 1);
    QVERIFY(QFileInfo(here(u"/tree/out"_s)).isSymLink());
    // What a person names is what it leads to.
    QVERIFY(runCopy(m_agent.client(), download(u"/named"_s)).done);
    QVERIFY(!QFileInfo(here(u"/named"_s)).isSymLink());
    QCOMPARE(contents(here())["named"], QByteArray("1"));
    // On the way in they are left out.
    const Copied up
        = runCopy(m_agent.client(),
                  {toSandbox, {fromUtf16(here(u"/tree"_s))}, fromUtf16(inside(u"/tree"_s))});
    QVERIFY(up.done);
    QCOMPARE(up.done->leftOut.size(), 1);
    QVERIFY(!QFileInfo(inside(u"/tree/tree/out"_s)).isSymLink());
}

void CopyJobTest::asksBeforeOverwriting()
{
    write(here(u"/tree/same"_s), "new");
    write(here(u"/tree/other"_s), "new");
    write(inside(u"/tree/same"_s), "old");
    write(inside(u"/tree/stays"_s), "old");
    const Copied refused = runCopy(m_agent.client(), upload(u"/tree"_s), Existing::Cancel);
    QCOMPARE(refused.asked, 1);
    QVERIFY(refused.named.first().endsWith(u"/tree/same"_s));
    QVERIFY(refused.error->code == ErrorCode::Cancelled);
    QCOMPARE(contents(inside()).size(), 3); // nothing was written

    const Copied done = runCopy(m_agent.client(), upload(u"/tree"_s));
    QCOMPARE(done.done->files, 2);
    QCOMPARE(contents(inside())["tree/same"], QByteArray("new"));
    QCOMPARE(contents(inside())["tree/stays"], QByteArray("old"));
}

void CopyJobTest::skipsWhatIsThere()
{
    write(inside(u"/tree/same"_s), "new, and longer");
    write(inside(u"/tree/other"_s), "new");
    write(here(u"/tree/same"_s), "old");
    const Copied down = runCopy(m_agent.client(), download(u"/tree"_s), Existing::Skip);
    QCOMPARE(down.asked, 1);
    QCOMPARE(down.done->skipped, 1);
    QCOMPARE(down.done->files, 1);
    QCOMPARE(contents(here())["tree/same"], QByteArray("old"));
    QCOMPARE(contents(here())["tree/other"], QByteArray("new"));
}

void CopyJobTest::folderInTheWay()
{
    write(here(u"/name"_s), "file");
    QVERIFY(QDir().mkpath(inside(u"/name"_s)));
    const Copied up = runCopy(m_agent.client(), upload(u"/name"_s));
    QVERIFY(up.error->code == ErrorCode::AlreadyExists);
    QVERIFY(up.error->message.contains(inside(u"/name"_s)));
    const Copied down = runCopy(m_agent.client(), download(u"/name"_s));
    QVERIFY(down.error->code == ErrorCode::AlreadyExists);
    QCOMPARE(contents(here())["name"], QByteArray("file"));
}

void CopyJobTest::cancelledLeavesNothing()
{
    write(here(u"/tree/big"_s), QByteArray(40'000'000, 'b'));
    for (const bool up : {true, false}) {
        Copied result;
        CopyJob job(
            up ? upload(u"/tree"_s)
               : CopyRequest{fromSandbox, {fromUtf16(here(u"/tree"_s))}, fromUtf16(inside())});
        follow(job, result);
        connect(&job, &CopyJob::progressed, &job, [&job] { job.cancel(); });
        job.begin(&m_agent.client(), {});
        QVERIFY(waitUntil([&result] { return result.over; }));
        QVERIFY(result.error->code == ErrorCode::Cancelled);
        // The half file goes with the stream, soon after.
        QVERIFY(waitUntil([&] { return contents(inside()).size() == 1; }));
        QCOMPARE(contents(inside()).firstKey(), QByteArray("tree"));
        QVERIFY(QDir(inside(u"/tree"_s)).removeRecursively());
    }
}

void CopyJobTest::deadSandboxIsTold()
{
    RealAgent agent;
    QVERIFY(agent.start("/"));
    write(inside(u"/tree/big"_s), QByteArray(40'000'000, 'b'));
    Copied result;
    CopyJob job(download(u"/tree"_s));
    follow(job, result);
    connect(
        &job, &CopyJob::progressed, &job,
        [&agent] {
            QMetaObject::invokeMethod(
                &agent.client(), [&agent] { agent.hangUp(); }, Qt::QueuedConnection);
        },
        Qt::SingleShotConnection);
    job.begin(&agent.client(), {});
    QVERIFY(waitUntil([&result] { return result.over; }));
    QVERIFY(result.error->code == ErrorCode::ConnectionLost);
    QVERIFY(waitUntil([&] { return contents(here(u"/tree"_s)).isEmpty(); }));

    Copied late;
    CopyJob next(download(u"/tree"_s));
    follow(next, late);
    next.begin(nullptr, {});
    QVERIFY(waitUntil([&late] { return late.over; }));
    QVERIFY(late.error->code == ErrorCode::ConnectionLost);
}

void CopyJobTest::unreadableIsTold()
{
    const Copied up = runCopy(m_agent.client(), upload(u"/nothing"_s));
    QVERIFY(up.error->code == ErrorCode::NotFound);
    const Copied down = runCopy(m_agent.client(), download(u"/no\nthing"_s));
    QVERIFY(down.error->code == ErrorCode::NotFound);
    QVERIFY2(down.error->message.contains(u"no\\nthing"_s), qPrintable(down.error->message));
    QVERIFY(!down.error->message.contains(u'\n'));
    write(here(u"/file"_s), "1");
    const Copied nowhere
        = runCopy(m_agent.client(),
                  {toSandbox, {fromUtf16(here(u"/file"_s))}, fromUtf16(here(u"/file/below"_s))});
    QVERIFY(!nowhere.done);
}

void CopyJobTest::namesThatLeadOut_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("parent") << QByteArray("..");
    QTest::newRow("itself") << QByteArray(".");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("path") << QByteArray("../../evil");
    QTest::newRow("absolute") << QByteArray("/tmp/evil");
    QTest::newRow("cut") << QByteArray("a\0b", 3);
}

void CopyJobTest::namesThatLeadOut()
{
    QFETCH(QByteArray, name);
    fakes::FakeAgent fake;
    connect(&fake, &fakes::FakeAgent::opened, this,
            [&](quint32 stream, StreamKind, const QByteArray &request) {
                CallRequest call;
                const auto *bytes = reinterpret_cast<const std::uint8_t *>(request.constData());
                QVERIFY(CallRequest::decode(Decoder(Bytes(bytes, size_t(request.size()))), call));
                FileInfo info;
                info.type = call.kind == CallRequest::Kind::Stat ? FileInfo::Type::Folder
                                                                 : FileInfo::Type::File;
                info.name = name.toStdString();
                Encoder answer;
                if (call.kind == CallRequest::Kind::Stat) {
                    info.encode(answer);
                } else {
                    FileList page;
                    page.entries.push_back(info);
                    page.encode(answer);
                }
                fake.sendMessage(stream, answer);
                fake.sendClose(stream);
            });
    AgentClient client(fake.takeStream());
    client.start({}, [](const Result<void> &) { });
    fake.sayHello();
    const Copied down = runCopy(client, {fromSandbox, {"/work/tree"}, fromUtf16(here())});
    QVERIFY(down.error);
    QVERIFY(down.error->code == ErrorCode::PermissionDenied);
    QVERIFY(contents(m_folder->path()).size() == 2); // here and inside
}

void CopyJobTest::countsATree()
{
    for (int i = 0; i < 30; ++i)
        write(inside(u"/tree/%1/f"_s.arg(i)), "12");
    const auto count = [this](qint64 limit) {
        std::optional<Result<TreeCount>> result;
        countTree(&m_agent.client(), {fromUtf16(inside(u"/tree"_s))}, limit,
                  [&result](const Result<TreeCount> &counted) { result = counted; });
        waitUntil([&result] { return result.has_value(); });
        return *result;
    };
    QCOMPARE(count(1000)->files, 30);
    QCOMPARE(count(1000)->folders, 31);
    QCOMPARE(count(1000)->bytes, 60);
    QVERIFY(!count(1000)->more);
    QVERIFY(count(10)->more);
}

QTEST_GUILESS_MAIN(CopyJobTest)
#include "tst_copyjob.moc"
