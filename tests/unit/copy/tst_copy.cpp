// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The side of a copy that is on this machine.
#include "copy/localfile.h"
#include "copy/localtree.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace quarry;
using namespace quarry::copy;
using namespace Qt::StringLiterals;

class CopyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void names();
    void planTakesWhatIsThere();
    void planSaysWhyNot();
    void planStops();
    void linksComeLast();
    void partFileIsWholeOrNotThere();
    void longNamesFit();
    void fullDiskIsTold();
    void foldersAndLinks();
    void findsWhatWouldBeReplaced();

private:
    QByteArray at(const QByteArray &name) const { return m_folder->path().toUtf8() + '/' + name; }
    void write(const QByteArray &name, const QByteArray &bytes) const
    {
        // By its bytes, which need be no text.
        const int file = ::open(at(name).constData(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
        QVERIFY(file >= 0);
        QCOMPARE(::write(file, bytes.constData(), size_t(bytes.size())), ssize_t(bytes.size()));
        ::close(file);
    }
    QByteArray read(const QByteArray &name) const
    {
        QFile file(QFile::decodeName(at(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("?");
    }
    qsizetype entries() const
    {
        return QDir(m_folder->path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot)
            .size();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void CopyTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void CopyTest::names()
{
    for (const char *bad : {"", ".", "..", "a/b", "/", "/etc/passwd"})
        QVERIFY(!isPlainName(bad));
    QVERIFY(!isPlainName(QByteArray("a\0b", 3)));
    for (const char *good : {"a", "...", "..a", "a\nb", "\xff", "-"})
        QVERIFY(isPlainName(good));
    QCOMPARE(lastName("/a/b/"), QByteArray("b"));
    QCOMPARE(lastName("/"), QByteArray());
    QCOMPARE(folderOf("/a"), QByteArray("/"));
    QCOMPARE(folderOf("/a/b/"), QByteArray("/a"));
    QCOMPARE(folderOf("a"), QByteArray("."));
    QCOMPARE(joined("/", "a"), QByteArray("/a"));
}

void CopyTest::planTakesWhatIsThere()
{
    QVERIFY(QDir(m_folder->path()).mkpath(u"tree/deep"_s));
    write("tree/a", "12345");
    write("tree/deep/not\xff utf8", "1");
    QVERIFY(QFile::link(u"/etc"_s, m_folder->path() + u"/tree/out"_s));
    QCOMPARE(::mkfifo(at("tree/fifo").constData(), 0600), 0);
    CopyPlan plan;
    QVERIFY(planLocal(plan, at("tree"), "/root/tree", true).ok());
    QStringList found;
    for (const CopyItem &item : plan.items)
        found.append(QString::fromLatin1(item.to));
    QCOMPARE(found,
             (QStringList{u"/root/tree"_s, u"/root/tree/a"_s, u"/root/tree/deep"_s,
                          u"/root/tree/deep/not\u00ff utf8"_s}));
    QCOMPARE(plan.bytes, 6);
    QCOMPARE(plan.leftOut.size(), 2);
    QVERIFY(plan.leftOut.join(u'\n').contains(u"symbolic link"_s));
    // What a person names may be a link.
    QVERIFY(QFile::link(m_folder->path() + u"/tree/a"_s, m_folder->path() + u"/link"_s));
    CopyPlan named;
    QVERIFY(planLocal(named, at("link"), "/root/link", false).ok());
    QCOMPARE(named.items.first().size, 5);
    ::unlink(at("tree/deep/not\xff utf8").constData()); // which Qt could not
}

void CopyTest::planSaysWhyNot()
{
    CopyPlan plan;
    const Result<void> missing = planLocal(plan, at("no\nthing"), "/x", true);
    QVERIFY(missing.error().code == ErrorCode::NotFound);
    QVERIFY2(missing.error().message.contains(u"no\\nthing"_s),
             qPrintable(missing.error().message));
    QVERIFY(planLocal(plan, at(""), "/x", false).error().message.contains(u"-r"_s));
    QCOMPARE(::mkfifo(at("fifo").constData(), 0600), 0);
    QVERIFY(planLocal(plan, at("fifo"), "/x", true).error().code == ErrorCode::InvalidArgument);
    QVERIFY(plan.items.isEmpty());
}

void CopyTest::planStops()
{
    write("a", "1");
    std::stop_source stop;
    stop.request_stop();
    CopyPlan plan;
    QVERIFY(planLocal(plan, at("a"), "/x", true, stop.get_token()).error().code
            == ErrorCode::Cancelled);
}

// A folder listed twice, as a link and as a folder, must not lead a file out.
void CopyTest::linksComeLast()
{
    CopyPlan plan;
    plan.items = {{.kind = CopyItem::Kind::Link, .to = "d"},
                  {.kind = CopyItem::Kind::Folder, .to = "d"},
                  {.kind = CopyItem::Kind::File, .to = "d/f"}};
    putLinksLast(plan);
    QVERIFY(plan.items.last().kind == CopyItem::Kind::Link);
    QVERIFY(plan.items.first().kind == CopyItem::Kind::Folder);
}

void CopyTest::partFileIsWholeOrNotThere()
{
    write("f", "before");
    {
        PartFile part(at("f"));
        QVERIFY(part.write("half").ok());
        QCOMPARE(read("f"), QByteArray("before"));
        QCOMPARE(entries(), 2);
    }
    QCOMPARE(read("f"), QByteArray("before"));
    QCOMPARE(entries(), 1);
    PartFile part(at("f"));
    QVERIFY(part.write("whole").ok());
    QVERIFY(part.finish(04755).ok());
    QCOMPARE(read("f"), QByteArray("whole"));
    struct stat info = {};
    QCOMPARE(::stat(at("f").constData(), &info), 0);
    QCOMPARE(info.st_mode & 07777, mode_t(0755)); // never set-user-id
    PartFile empty(at("empty"));
    QVERIFY(empty.finish(0600).ok());
    QCOMPARE(read("empty"), QByteArray());
    PartFile nowhere(at("no/such"));
    QVERIFY(nowhere.write("x").error().code == ErrorCode::NotFound);
}

void CopyTest::longNamesFit()
{
    const QByteArray name(255, 'n');
    PartFile part(at(name));
    QVERIFY(part.write("x").ok());
    QVERIFY(part.finish(0644).ok());
    QCOMPARE(read(name), QByteArray("x"));
}

// A limit of this process stands for the disk's end.
void CopyTest::fullDiskIsTold()
{
    write("f", "before");
    std::signal(SIGXFSZ, SIG_IGN);
    struct rlimit before = {};
    ::getrlimit(RLIMIT_FSIZE, &before);
    const struct rlimit small = {1000, before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
    Result<void> written;
    {
        PartFile part(at("f"));
        written = part.write(QByteArray(5000, 'x'));
    }
    ::setrlimit(RLIMIT_FSIZE, &before);
    QVERIFY(!written.ok());
    QVERIFY(written.error().message.contains(u"/f"_s));
    QCOMPARE(read("f"), QByteArray("before"));
    QCOMPARE(entries(), 1);
}

void CopyTest::foldersAndLinks()
{
    QVERIFY(makeLocalFolder(at("d"), 0).ok());
    QVERIFY(makeLocalFolder(at("d"), 0755).ok()); // is there
    QVERIFY(makeLocalLink(at("l"), "/etc").ok());
    QVERIFY(!makeLocalFolder(at("l"), 0755).ok()); // not through a link
    QVERIFY(makeLocalLink(at("l"), "elsewhere").ok());
    QCOMPARE(QFileInfo(m_folder->path() + u"/l"_s).symLinkTarget(),
             m_folder->path() + u"/elsewhere"_s);
    QVERIFY(!makeLocalLink(at("d"), "x").ok());
    QCOMPARE(entries(), 2);
}

void CopyTest::findsWhatWouldBeReplaced()
{
    write("f", "1");
    QVERIFY(makeLocalFolder(at("d"), 0755).ok());
    QList<CopyItem> items{{.kind = CopyItem::Kind::Folder, .to = at("d")},
                          {.kind = CopyItem::Kind::File, .to = at("d/new")},
                          {.kind = CopyItem::Kind::File, .to = at("f")}};
    const Result<QList<qsizetype>> found = findReplaced(items);
    QVERIFY(found.ok());
    QCOMPARE(*found, QList<qsizetype>{2});
    items[2].kind = CopyItem::Kind::Folder;
    QVERIFY(findReplaced(items).error().code == ErrorCode::AlreadyExists);
    items[2] = {.kind = CopyItem::Kind::File, .to = at("d")};
    QVERIFY(findReplaced(items).error().code == ErrorCode::AlreadyExists);
}

QTEST_GUILESS_MAIN(CopyTest)
#include "tst_copy.moc"
