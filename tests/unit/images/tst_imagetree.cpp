// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Trees that others have filled: removed, measured, copied.
#include "imagefixture.h"

#include "runtime/images/content/filecopy.h"
#include "runtime/images/content/tree.h"
#include "runtime/images/content/treecopy.h"
#include "support/parts.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <fcntl.h>
#include <limits>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>

using namespace Qt::StringLiterals;
using namespace quarry;
using namespace quarry::runtime;

class ImageTreeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void removeClosedAndLinked()
    {
        QTemporaryDir place;
        QTemporaryDir outside;
        write(outside.filePath(u"safe"_s), "safe");
        const QString tree = place.filePath(u"tree"_s);
        QDir().mkpath(tree + u"/closed/inner"_s);
        write(tree + u"/closed/inner/f"_s, "f");
        QVERIFY(QFile::link(outside.path(), tree + u"/out"_s));
        QCOMPARE(::chmod(QFile::encodeName(tree + u"/closed/inner"_s).constData(), 0), 0);
        QCOMPARE(::chmod(QFile::encodeName(tree + u"/closed"_s).constData(), 0), 0);
        const Result<QByteArray> answer = job({u"delete"_s, tree});
        QVERIFY2(answer.ok(), qPrintable(answer.ok() ? QString() : answer.error().message));
        QVERIFY(!QFile::exists(tree));
        QCOMPARE(readAll(outside.filePath(u"safe"_s)), "safe");
        QVERIFY(job({u"delete"_s, tree}).ok()); // once more is fine
    }

    void removeDeep()
    {
        QTemporaryDir place;
        UniqueFd here(::open(QFile::encodeName(place.path()).constData(), O_RDONLY | O_DIRECTORY));
        QCOMPARE(::mkdirat(here.get(), "tree", 0700), 0);
        here = UniqueFd(::openat(here.get(), "tree", O_RDONLY | O_DIRECTORY));
        for (int depth = 0; depth < 5000; ++depth) {
            QCOMPARE(::mkdirat(here.get(), "deep", 0700), 0);
            here = UniqueFd(::openat(here.get(), "deep", O_RDONLY | O_DIRECTORY));
        }
        here.reset();
        const Result<QByteArray> answer = job({u"delete"_s, place.filePath(u"tree"_s)});
        QVERIFY2(answer.ok(), qPrintable(answer.ok() ? QString() : answer.error().message));
        QVERIFY(!QFile::exists(place.filePath(u"tree"_s)));
    }

    void measure()
    {
        QTemporaryDir place;
        write(place.filePath(u"a"_s), QByteArray(1 << 20, 'a'));
        QCOMPARE(::link(QFile::encodeName(place.filePath(u"a"_s)).constData(),
                        QFile::encodeName(place.filePath(u"b"_s)).constData()),
                 0);
        const Result<QByteArray> answer = job({u"measure"_s, place.path(), u"--seconds"_s, u"5"_s});
        QVERIFY(answer.ok());
        const QJsonObject size = QJsonDocument::fromJson(*answer).object();
        QVERIFY(size.value("complete"_L1).toBool());
        QCOMPARE(size.value("files"_L1).toInt(), 2);
        const qint64 bytes = size.value("bytes"_L1).toInteger();
        QVERIFY2(bytes >= (1 << 20) && bytes < (1 << 20) + 65536,
                 qPrintable(QString::number(bytes)));
        QVERIFY(job({u"measure"_s, place.filePath(u"none"_s)}).error().code == ErrorCode::NotFound);
    }

    void copyKeepsWhatLayersHide()
    {
        QTemporaryDir place;
        const QString from = place.filePath(u"from"_s);
        const QString to = place.filePath(u"to"_s);
        QDir().mkpath(from + u"/opaque"_s);
        QDir().mkpath(to);
        write(from + u"/f"_s, "f");
        const QByteArray folder = QFile::encodeName(from);
        if (::mknod((folder + "/gone").constData(), S_IFCHR, makedev(0, 0)) != 0)
            QSKIP("this identity makes no whiteouts here");
        if (::setxattr((folder + "/opaque").constData(), opaqueAttribute, "y", 1, 0) != 0)
            QSKIP("this file system has no user attributes");
        ::setxattr((folder + "/f").constData(), "user.mine", "1", 1, 0);
        ::setxattr((folder + "/f").constData(), "user.overlay.redirect", "/etc", 4, 0);
        constexpr qint64 unlimited = std::numeric_limits<qint64>::max();
        const Result<TreeCopyResult> copied
            = copyTree(folder, QFile::encodeName(to),
                       {.layer = true, .maxBytes = unlimited, .maxEntries = unlimited}, {});
        QVERIFY(copied.ok());
        struct stat st;
        const QByteArray target = QFile::encodeName(to);
        QCOMPARE(::stat((target + "/gone").constData(), &st), 0);
        QVERIFY(S_ISCHR(st.st_mode) && st.st_rdev == 0);
        char value = 0;
        QCOMPARE(::getxattr((target + "/opaque").constData(), opaqueAttribute, &value, 1), 1);
        QCOMPARE(::getxattr((target + "/f").constData(), "user.mine", &value, 1), 1);
        QVERIFY(::getxattr((target + "/f").constData(), "user.overlay.redirect", &value, 1) < 0);
    }

    void copyKeepsHoles()
    {
        QTemporaryDir place;
        const QString from = place.filePath(u"from"_s);
        const QString to = place.filePath(u"to"_s);
        QDir().mkpath(from);
        QDir().mkpath(to);
        QFile sparse(from + u"/sparse"_s);
        QVERIFY(sparse.open(QIODevice::WriteOnly));
        QVERIFY(sparse.resize(256 << 20));
        QVERIFY(sparse.seek(100 << 20));
        sparse.write("middle");
        sparse.close();
        constexpr qint64 unlimited = std::numeric_limits<qint64>::max();
        QVERIFY(copyTree(QFile::encodeName(from), QFile::encodeName(to),
                         {.maxBytes = unlimited, .maxEntries = unlimited}, {})
                    .ok());
        struct stat st;
        QCOMPARE(::stat(QFile::encodeName(to + u"/sparse"_s).constData(), &st), 0);
        QCOMPARE(st.st_size, qint64(256 << 20));
        QVERIFY(st.st_blocks * 512 < (16 << 20));
        QFile copy(to + u"/sparse"_s);
        QVERIFY(copy.open(QIODevice::ReadOnly) && copy.seek(100 << 20));
        QCOMPARE(copy.read(6), "middle");
    }

    void wrongUse()
    {
        QVERIFY(job({u"dance"_s}).error().code == ErrorCode::InvalidArgument);
        QVERIFY(job({u"unpack"_s, u"-"_s}).error().code == ErrorCode::InvalidArgument);
        QVERIFY(job({u"measure"_s, u"/tmp"_s, u"--seconds"_s, u"no"_s}).error().code
                == ErrorCode::InvalidArgument);
        QVERIFY(job({u"measure"_s, u"/tmp"_s, u"--bogus"_s, u"1"_s}).error().code
                == ErrorCode::InvalidArgument);
    }

private:
    static Result<QByteArray> job(const QStringList &arguments)
    {
        ProcessWorker worker({QStringLiteral(IMAGE_WORKER)});
        return worker.run({.arguments = arguments}, {});
    }

    static void write(const QString &path, const QByteArray &content)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    }
};

QTEST_GUILESS_MAIN(ImageTreeTest)
#include "tst_imagetree.moc"
