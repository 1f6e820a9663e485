// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The life of images: host, layers, commit, export, removal, and what a dead program leaves.
#include "imagefixture.h"

#include "runtime/images/content/filecopy.h"
#include "runtime/images/layer.h"
#include "support/parts.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <atomic>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;
using namespace quarry;
using namespace quarry::runtime;

namespace {

// Runs the real worker, and refuses it at its N-th line: as if somebody had killed it there.
class DyingWorker : public WorkerHost
{
public:
    explicit DyingWorker(int lines) : m_lines(lines), m_real({QStringLiteral(IMAGE_WORKER)}) { }
    Result<QByteArray> run(const WorkerTask &task, const Line &line) override
    {
        int left = m_lines;
        return m_real.run(task, [&](const QByteArray &text) { return left-- > 0 && line(text); });
    }

private:
    int m_lines;
    ProcessWorker m_real;
};

} // namespace

class ImageStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hostSkeleton()
    {
        StoreFixture fixture;
        QVERIFY(fixture.store.warm().ok());
        const Result<Image> image = fixture.store.resolve(u"host"_s);
        QVERIFY(image.ok());
        QCOMPARE(image->usrLowers, QStringList{u"/usr"_s});
        const QDir root(image->rootLowers.first());
        QCOMPARE(readAll(root.filePath(u"etc/shadow"_s)).count("\n"),
                 readAll(root.filePath(u"etc/passwd"_s)).count("\n"));
        QVERIFY(!readAll(root.filePath(u"etc/shadow"_s)).contains("$"));
        for (const QByteArray &line : readAll(u"/etc/passwd"_s).split('\n')) {
            const QByteArray user = line.left(line.indexOf(':'));
            const int uid = line.split(':').value(2).toInt();
            if (uid >= 1000 && uid < 60000)
                QVERIFY(!readAll(root.filePath(u"etc/passwd"_s)).contains("\n" + user + ":"));
        }
        QVERIFY(!QFile::exists(root.filePath(u"etc/ssh"_s)));
        QVERIFY(!QFile::exists(root.filePath(u"etc/machine-id"_s))
                || readAll(root.filePath(u"etc/machine-id"_s)).isEmpty());
        QVERIFY(QFileInfo(root.filePath(u"bin"_s)).isSymLink());
        struct stat st;
        QCOMPARE(::stat(QFile::encodeName(root.filePath(u"tmp"_s)).constData(), &st), 0);
        QCOMPARE(st.st_mode & 07777, 01777u);
        QCOMPARE(readAll(root.filePath(u"etc/hostname"_s)), "sandbox\n");
        // Nothing that only some of the machine may read, whoever built it.
        QCOMPARE(fixture.store.resolve(u"host"_s)->rootLowers, image->rootLowers);
    }

    void skeletonFollowsTheHost()
    {
        QTemporaryDir host;
        QDir(host.path()).mkpath(u"etc/apt/apt.conf.d"_s);
        QDir(host.path()).mkpath(u"usr/bin"_s);
        QVERIFY(QFile::link(u"usr/bin"_s, host.filePath(u"bin"_s)));
        put(host.filePath(u"etc/profile"_s), "first");
        put(host.filePath(u"etc/login.defs"_s), "secret", 0640);
        put(host.filePath(u"etc/apt/apt.conf.d/proxy"_s),
            "Acquire::http::Proxy \"http://me:pass@proxy\";");
        put(host.filePath(u"etc/apt/apt.conf.d/plain"_s), "plain");
        ImageStoreOptions options;
        options.hostRoot = host.path();
        StoreFixture fixture(options);
        QString before;
        {
            const Result<Image> image = fixture.store.resolve(u"host"_s);
            QVERIFY2(image.ok(), qPrintable(image.ok() ? QString() : image.error().message));
            before = image->rootLowers.first();
            QCOMPARE(readAll(before + u"/etc/profile"_s), "first");
            QVERIFY(!QFile::exists(before + u"/etc/login.defs"_s));
            QVERIFY(!QFile::exists(before + u"/etc/apt/apt.conf.d/proxy"_s));
            QVERIFY(QFile::exists(before + u"/etc/apt/apt.conf.d/plain"_s));
            put(host.filePath(u"etc/profile"_s), "second, longer");
            const Result<Image> after = fixture.store.resolve(u"host"_s);
            QVERIFY(after->rootLowers.first() != before);
            QCOMPARE(readAll(after->rootLowers.first() + u"/etc/profile"_s), "second, longer");
            QVERIFY(fixture.store.sweep().ok());
            QVERIFY(QFile::exists(before)); // still used
        }
        QVERIFY(fixture.store.sweep().ok());
        QVERIFY(!QFile::exists(before));
        QCOMPARE(fixture.left(), QStringList());
    }

    void pythonLayer()
    {
        QTemporaryDir host;
        QDir(host.path()).mkpath(u"usr/bin"_s);
        QDir(host.path()).mkpath(u"usr/share/python-wheels"_s);
        put(host.filePath(u"usr/share/python-wheels/pip-23.0-py3-none-any.whl"_s), "wheel");
        QVERIFY(QFile::link(u"usr/bin"_s, host.filePath(u"bin"_s)));
        QVERIFY(QFile::link(u"python3.11"_s, host.filePath(u"usr/bin/python3"_s)));
        ImageStoreOptions options;
        options.hostRoot = host.path();
        StoreFixture fixture(options);
        const Result<Image> image = fixture.store.resolve(u"python:3.11"_s);
        QVERIFY(image.ok());
        const QString folder = fixture.path(u"layer"_s);
        QVERIFY(fixture.store.prepareLayer(*image, folder).ok());
        const LayerPaths layer(folder);
        QCOMPARE(QFile::symLinkTarget(layer.usrUpper + u"/local/bin/python"_s),
                 u"/usr/bin/python3"_s);
        QVERIFY(
            readAll(layer.usrUpper + u"/local/bin/pip"_s).contains("pip-23.0-py3-none-any.whl"));
        QVERIFY(
            readAll(layer.rootUpper + u"/etc/pip.conf"_s).contains("break-system-packages = true"));
        QVERIFY(QFile::exists(layer.usrUpper + u"/local/lib/python3.11/dist-packages"_s));
        QVERIFY(QFile::exists(layer.rootWork) && QFile::exists(layer.usrWork));
        const Result<Image> again = fixture.store.imageOfLayer(folder);
        QVERIFY(again.ok());
        QCOMPARE(again->servedBy, image->servedBy);
    }

    void commitStacksAndHolds()
    {
        StoreFixture fixture;
        QVERIFY(import(fixture, u"base:1"_s, "base"));
        const QString first = layerOn(fixture, u"base:1"_s, u"first"_s);
        put(LayerPaths(first).rootUpper + u"/mine"_s, "1");
        QVERIFY(
            ::mkdir(QFile::encodeName(LayerPaths(first).rootUpper + u"/etc"_s).constData(), 0755)
            == 0);
        const bool whiteouts
            = ::mknod(QFile::encodeName(LayerPaths(first).rootUpper + u"/etc/name"_s).constData(),
                      S_IFCHR, makedev(0, 0))
            == 0;
        const Result<ImageRecord> commit = fixture.store.commit(first, u"mid:1"_s, u"box"_s);
        QVERIFY2(commit.ok(), qPrintable(commit.ok() ? QString() : commit.error().message));
        QCOMPARE(commit->servedBy, u"commit of box on base:1"_s);
        {
            const Result<Image> image = fixture.store.resolve(u"mid:1"_s);
            QCOMPARE(image->rootLowers.size(), 2);
            QVERIFY(image->kind == ImageKind::Rootfs);
            QCOMPARE(readAll(image->rootLowers.at(0) + u"/mine"_s), "1");
            QCOMPARE(readAll(image->rootLowers.at(1) + u"/etc/name"_s), "base");
        }
        // The whole of it as one tar, and back.
        const QString tar = fixture.path(u"out.tar"_s);
        QVERIFY(fixture.store.exportTo(u"mid:1"_s, tar).ok());
        QVERIFY(fixture.store.importFrom(tar, u"flat:1"_s).ok());
        QCOMPARE(readAll(fixture.rootOf(u"flat:1"_s) + u"/mine"_s), "1");
        QCOMPARE(QFile::exists(fixture.rootOf(u"flat:1"_s) + u"/etc/name"_s), !whiteouts);
        // Refusals: a layer, an image, a program.
        const Result<void> held = fixture.store.remove(u"base:1"_s);
        QVERIFY(held.error().code == ErrorCode::WrongState);
        QVERIFY2(held.error().message.contains(u"mid:1"_s), qPrintable(held.error().message));
        const QString second = layerOn(fixture, u"mid:1"_s, u"second"_s);
        QVERIFY(fixture.store.remove(u"mid:1"_s).error().message.contains(u"sandbox"_s));
        QVERIFY(QDir(second).removeRecursively());
        {
            const Result<Image> used = fixture.store.resolve(u"mid:1"_s);
            QVERIFY(fixture.store.remove(u"mid:1"_s).error().message.contains(u"uses it"_s));
        }
        QVERIFY(fixture.store.remove(u"mid:1"_s).ok());
        QVERIFY(QDir(first).removeRecursively());
        QVERIFY(fixture.store.remove(u"base:1"_s).ok());
        QVERIFY(fixture.store.remove(u"flat:1"_s).ok());
        QCOMPARE(fixture.left(), QStringList());
    }

    void commitOnHostTravels()
    {
        StoreFixture fixture;
        const QString folder = layerOn(fixture, u"host"_s, u"layer"_s);
        const LayerPaths layer(folder);
        put(layer.rootUpper + u"/root-file"_s, "r");
        put(layer.usrUpper + u"/usr-file"_s, "u");
        QVERIFY(::mkdir(QFile::encodeName(layer.usrUpper + u"/share"_s).constData(), 0755) == 0
                || QFile::exists(layer.usrUpper + u"/share"_s));
        const QByteArray gone = QFile::encodeName(layer.usrUpper + u"/share/gone"_s);
        if (::mknod(gone.constData(), S_IFCHR, makedev(0, 0)) != 0)
            QSKIP("this identity makes no whiteouts here");
        QVERIFY(::mkdir(QFile::encodeName(layer.rootUpper + u"/opaque"_s).constData(), 0755) == 0);
        QCOMPARE(::setxattr(QFile::encodeName(layer.rootUpper + u"/opaque"_s).constData(),
                            opaqueAttribute, "y", 1, 0),
                 0);
        QVERIFY(fixture.store.commit(folder, u"tuned"_s, u"box"_s).ok());
        const QString tar = fixture.path(u"tuned.tar"_s);
        QVERIFY(fixture.store.exportTo(u"tuned"_s, tar).ok());
        const Result<ImageRecord> back = fixture.store.importFrom(tar, u"back:1"_s);
        QVERIFY2(back.ok(), qPrintable(back.ok() ? QString() : back.error().message));
        const Result<Image> image = fixture.store.resolve(u"back:1"_s);
        QVERIFY(image->kind == ImageKind::Host);
        QCOMPARE(image->rootLowers.size(), 2);
        QCOMPARE(image->usrLowers.size(), 2);
        QCOMPARE(image->usrLowers.last(), u"/usr"_s);
        QCOMPARE(readAll(image->rootLowers.first() + u"/root-file"_s), "r");
        QCOMPARE(readAll(image->usrLowers.first() + u"/usr-file"_s), "u");
        struct stat st;
        QCOMPARE(::lstat(QFile::encodeName(image->usrLowers.first() + u"/share/gone"_s).constData(),
                         &st),
                 0);
        QVERIFY(S_ISCHR(st.st_mode) && st.st_rdev == 0);
        char value = 0;
        QCOMPARE(::getxattr(QFile::encodeName(image->rootLowers.first() + u"/opaque"_s).constData(),
                            opaqueAttribute, &value, 1),
                 1);
        QVERIFY(fixture.store.exportTo(u"host"_s, tar).error().code == ErrorCode::InvalidArgument);
        QVERIFY(fixture.store.exportTo(u"back:1"_s, fixture.path(u"no/where.tar"_s)).error().code
                == ErrorCode::InvalidArgument);
    }

    void nameMoves()
    {
        StoreFixture fixture;
        QVERIFY(import(fixture, u"moved"_s, "old"));
        const QString layer = layerOn(fixture, u"moved:latest"_s, u"layer"_s);
        QVERIFY(import(fixture, u"moved:latest"_s, "new"));
        QCOMPARE(readAll(fixture.rootOf(u"moved"_s) + u"/etc/name"_s), "new");
        QCOMPARE(readAll(fixture.store.imageOfLayer(layer)->rootLowers.first() + u"/etc/name"_s),
                 "old");
        QVERIFY(fixture.store.sweep().ok());
        QVERIFY(fixture.store.imageOfLayer(layer).ok());
        QVERIFY(QDir(layer).removeRecursively());
        QCOMPARE(fixture.store.sweep()->size(), 1);
        QVERIFY(import(fixture, u"moved"_s, "newer"));
        QCOMPARE(fixture.left().size(), 2); // one image, one name
    }

    void interruptedLeavesNothing()
    {
        StoreFixture fixture;
        {
            TarFile tar(fixture.path(u"many.tar"_s));
            for (int i = 0; i < 20000; ++i)
                tar.file("d/f" + QByteArray::number(i), QByteArray(2000, 'x'));
        }
        DyingWorker dying(1);
        {
            ImageStore store(fixture.path(u"images"_s), dying);
            QVERIFY(store.importFrom(fixture.path(u"many.tar"_s), u"x:1"_s).error().code
                    == ErrorCode::Cancelled);
        }
        QVERIFY(fixture.store.sweep().ok());
        QCOMPARE(fixture.left(), QStringList());
        // Cancelled by its caller: nothing is left at once.
        ImageJob job;
        job.cancelled = std::make_shared<std::atomic<bool>>(false);
        int calls = 0;
        job.progress = [&](const ImageProgress &progress) {
            QVERIFY(progress.bytesTotal > 0);
            if (++calls == 1)
                job.cancelled->store(true);
        };
        const Result<ImageRecord> record
            = fixture.store.importFrom(fixture.path(u"many.tar"_s), u"x:1"_s, job);
        QVERIFY(record.ok() || record.error().code == ErrorCode::Cancelled);
        if (!record)
            QCOMPARE(fixture.left(), QStringList());
    }

    void deadProgramsDraft()
    {
        StoreFixture fixture;
        QVERIFY(fixture.store.sweep().ok());
        QDir().mkpath(fixture.data(u".tmp/dead/image/root/etc"_s));
        put(fixture.data(u".tmp/dead/lock"_s), "");
        QDir().mkpath(fixture.data(u"0123456789ab/root"_s)); // renamed, but never named
        QVERIFY(fixture.store.sweep().ok());
        QCOMPARE(fixture.left(), QStringList());
    }

    void twoStoresAtOnce()
    {
        StoreFixture fixture;
        QVERIFY(import(fixture, u"base:1"_s, "base"));
        ImageStore other(fixture.path(u"images"_s), fixture.worker);
        std::atomic<int> failures = 0;
        const auto work = [&](ImageStore &store, int number) {
            for (int i = 0; i < 6; ++i) {
                const QString name = u"x%1:1"_s.arg(i % 2);
                if (!store.importFrom(fixture.path(u"base.tar"_s), name).ok())
                    ++failures;
                const Result<Image> image = store.resolve(u"base:1"_s);
                if (!image
                    || !store.prepareLayer(*image, fixture.path(u"l%1-%2"_s.arg(number).arg(i)))
                            .ok())
                    ++failures;
                if (!store.sweep().ok() || store.remove(u"base:1"_s).ok())
                    ++failures;
            }
        };
        std::vector<std::thread> threads;
        threads.emplace_back([&] { work(fixture.store, 1); });
        threads.emplace_back([&] { work(other, 2); });
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(failures.load(), 0);
        QVERIFY(fixture.store.sweep().ok());
        QCOMPARE(fixture.store.list()->size(), 4); // host, base, x0, x1
        QCOMPARE(fixture.left().size(), 6);        // three images, three names
    }

    void fullDisk()
    {
        QUARRY_NEEDS(quarry::test::missingRoot());
        StoreFixture fixture;
        const QByteArray disk = QFile::encodeName(fixture.path(u"disk"_s));
        QCOMPARE(::mkdir(disk.constData(), 0700), 0);
        QCOMPARE(::mount("tmpfs", disk.constData(), "tmpfs", 0, "size=2m"), 0);
        TarFile(fixture.path(u"big.tar"_s)).file("big", QByteArray(8 << 20, 'x'));
        QString message;
        ErrorCode code = ErrorCode::Internal;
        QStringList left;
        {
            ImageStore store(fixture.path(u"disk/images"_s), fixture.worker);
            const Result<ImageRecord> record
                = store.importFrom(fixture.path(u"big.tar"_s), u"big:1"_s);
            if (!record) {
                code = record.error().code;
                message = record.error().message;
            }
            left = QDir(fixture.path(u"disk/images/.tmp"_s))
                       .entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
        }
        ::umount2(disk.constData(), MNT_DETACH);
        QVERIFY(code == ErrorCode::NoSpace);
        QVERIFY2(message.contains(u"space"_s), qPrintable(message));
        QCOMPARE(left, QStringList());
    }

    void removeOthers()
    {
        StoreFixture fixture;
        QVERIFY(fixture.store.remove(u"host"_s).error().code == ErrorCode::InvalidArgument);
        QVERIFY(fixture.store.remove(u"none:1"_s).error().code == ErrorCode::NotFound);
        QVERIFY(fixture.store.remove(u"A B"_s).error().code == ErrorCode::InvalidArgument);
    }

private:
    static void put(const QString &path, const QByteArray &content, int mode = 0644)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        QCOMPARE(::fchmod(file.handle(), mode_t(mode)), 0);
    }

    static bool import(StoreFixture &fixture, const QString &name, const QByteArray &content)
    {
        TarFile(fixture.path(u"base.tar"_s)).folder("etc").file("etc/name", content);
        return fixture.store.importFrom(fixture.path(u"base.tar"_s), name).ok();
    }

    static QString layerOn(StoreFixture &fixture, const QString &name, const QString &folder)
    {
        const Result<Image> image = fixture.store.resolve(name);
        return image && fixture.store.prepareLayer(*image, fixture.path(folder)).ok()
            ? fixture.path(folder)
            : QString();
    }
};

QTEST_GUILESS_MAIN(ImageStoreTest)
#include "tst_imagestore.moc"
