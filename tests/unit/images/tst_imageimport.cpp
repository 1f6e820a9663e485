// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What comes in: good archives, hostile ones, layered ones.
#include "imagefixture.h"

#include "support/parts.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace quarry;
using namespace quarry::runtime;

using Hostile = std::function<void(TarFile &, const QByteArray &)>;
Q_DECLARE_METATYPE(Hostile)

class ImageImportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goodTar_data()
    {
        QTest::addColumn<bool>("gzip");
        QTest::addRow("plain") << false;
        QTest::addRow("gzip") << true;
    }

    void goodTar()
    {
        QFETCH(bool, gzip);
        StoreFixture fixture;
        const QString tar = fixture.path(u"good.tar"_s);
        TarFile(tar, gzip)
            .folder("./", 0700)
            .folder("./bin", 0555)
            .file("./bin/tool", "tool", 04755)
            .link("lib", "usr/lib")
            .folder("usr/lib")
            .file("lib/so", "through a link that stays inside")
            .hardLink("bin/tool2", "bin/tool")
            .device("dev/null", S_IFCHR, 1, 3)
            .file("etc/\xc3\xa9\xff", "bytes", 0600);
        const Result<ImageRecord> record = fixture.store.importFrom(tar, u"good:1"_s);
        QVERIFY2(record.ok(), qPrintable(record.ok() ? QString() : record.error().message));
        const QString root = fixture.rootOf(u"good:1"_s);
        QCOMPARE(readAll(root + u"/usr/lib/so"_s), "through a link that stays inside");
        struct stat st;
        QCOMPARE(::stat(QFile::encodeName(root + u"/bin/tool"_s).constData(), &st), 0);
        QCOMPARE(st.st_mode & 07777, 04755u);
        QCOMPARE(st.st_nlink, 2u);
        QCOMPARE(::stat(QFile::encodeName(root + u"/bin"_s).constData(), &st), 0);
        QCOMPARE(st.st_mode & 07777, 0555u);
        QCOMPARE(::stat(QFile::encodeName(root).constData(), &st), 0);
        QCOMPARE(st.st_mode & 0777, 0755u);
        QVERIFY(!QFile::exists(root + u"/dev/null"_s));
        QVERIFY(QFile::exists(root + u"/proc"_s));
        // Also a name that is no text stands there, and goes.
        QCOMPARE(::stat((QFile::encodeName(root) + "/etc/\xc3\xa9\xff").constData(), &st), 0);
        QVERIFY(fixture.store.remove(u"good:1"_s).ok());
        QCOMPARE(fixture.left(), QStringList());
    }

    void hostile_data()
    {
        QTest::addColumn<Hostile>("make");
        QTest::addColumn<QString>("named");
        const auto row = [](const char *name, Hostile make, const char *named) {
            QTest::addRow("%s", name) << make << QString::fromLatin1(named);
        };
        const QByteArray up = "../../../../../../../../../../../..";
        row(
            "dotdot", [=](TarFile &t, const QByteArray &out) { t.file(up + out + "/evil", "x"); },
            "evil");
        row(
            "dotdot inside",
            [=](TarFile &t, const QByteArray &out) {
                t.file("usr/../../" + up + out + "/evil", "x");
            },
            "evil");
        row(
            "dotdot folder",
            [=](TarFile &t, const QByteArray &out) { t.folder(up + out + "/evildir"); }, "evildir");
        row(
            "absolute", [](TarFile &t, const QByteArray &out) { t.file(out + "/evil", "x"); },
            "evil");
        row(
            "character device",
            [](TarFile &t, const QByteArray &) { t.device("usr/mem", S_IFCHR, 1, 1); }, "usr/mem");
        row(
            "block device",
            [](TarFile &t, const QByteArray &) { t.device("usr/disk", S_IFBLK, 8, 0); },
            "usr/disk");
        row(
            "whiteout device",
            [](TarFile &t, const QByteArray &) { t.device("usr/w", S_IFCHR, 0, 0); }, "usr/w");
        row(
            "dev itself", [](TarFile &t, const QByteArray &) { t.device("dev", S_IFCHR, 1, 3); },
            "dev");
        row(
            "hard link absolute",
            [](TarFile &t, const QByteArray &out) { t.hardLink("usr/h", out + "/victim"); },
            "usr/h");
        row(
            "hard link dotdot",
            [=](TarFile &t, const QByteArray &out) { t.hardLink("usr/h", up + out + "/victim"); },
            "usr/h");
        row(
            "hard link to nothing",
            [](TarFile &t, const QByteArray &) { t.hardLink("usr/h", "usr/none"); }, "usr/h");
        row(
            "hard link to a folder",
            [](TarFile &t, const QByteArray &) { t.folder("usr/d").hardLink("usr/h", "usr/d"); },
            "usr/h");
        row(
            "link then write",
            [](TarFile &t, const QByteArray &out) { t.link("usr/d", out).file("usr/d/evil", "x"); },
            "usr/d/evil");
        row(
            "relative link then write",
            [=](TarFile &t, const QByteArray &out) {
                t.link("usr/d", up + out).file("usr/d/evil", "x");
            },
            "usr/d/evil");
        row(
            "link then folder",
            [](TarFile &t, const QByteArray &out) { t.link("usr/d", out).folder("usr/d/evil"); },
            "usr/d/evil");
        row(
            "link then hard link",
            [](TarFile &t, const QByteArray &out) {
                t.link("usr/s", out).hardLink("usr/h", "usr/s/victim");
            },
            "usr/h");
        row(
            "two links",
            [=](TarFile &t, const QByteArray &out) {
                t.link("a", "b").link("b", up + out).file("a/evil", "x");
            },
            "a/evil");
        row(
            "links in a ring",
            [](TarFile &t, const QByteArray &) {
                t.link("a", "b").link("b", "a").file("a/evil", "x");
            },
            "a/evil");
        row("the root a file", [](TarFile &t, const QByteArray &) { t.link("./", "/etc"); }, "./");
        row(
            "long part", [](TarFile &t, const QByteArray &) { t.file(QByteArray(300, 'n'), "x"); },
            "nnn");
        row(
            "below a file",
            [](TarFile &t, const QByteArray &) { t.file("f", "x").file("f/g", "x"); }, "f/g");
    }

    void hostile()
    {
        QFETCH(Hostile, make);
        QFETCH(QString, named);
        StoreFixture fixture;
        QTemporaryDir out;
        const QByteArray outside = QFile::encodeName(out.path());
        {
            QFile victim(out.filePath(u"victim"_s));
            QVERIFY(victim.open(QIODevice::WriteOnly));
            victim.write("secret");
        }
        const QString tar = fixture.path(u"evil.tar"_s);
        {
            TarFile file(tar);
            file.folder("usr").folder("etc");
            make(file, outside);
        }
        const Result<ImageRecord> record = fixture.store.importFrom(tar, u"evil:1"_s);
        QVERIFY(!record.ok());
        QVERIFY(record.error().code == ErrorCode::InvalidArgument);
        QVERIFY2(record.error().message.contains(named), qPrintable(record.error().message));
        QCOMPARE(QDir(out.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
                 QStringList{u"victim"_s});
        QCOMPARE(readAll(out.filePath(u"victim"_s)), "secret");
        QCOMPARE(fixture.left(), QStringList());
        QCOMPARE(fixture.store.list()->size(), 1);
    }

    // A link that is replaced is not followed.
    void replacedLink()
    {
        StoreFixture fixture;
        QTemporaryDir out;
        const QByteArray outside = QFile::encodeName(out.path());
        const QString tar = fixture.path(u"a.tar"_s);
        TarFile(tar)
            .link("f", outside + "/victim")
            .file("f", "mine")
            .link("d", outside)
            .folder("d")
            .file("d/x", "in");
        QVERIFY(fixture.store.importFrom(tar, u"a:1"_s).ok());
        QVERIFY(QDir(out.path()).isEmpty());
        QCOMPARE(readAll(fixture.rootOf(u"a:1"_s) + u"/f"_s), "mine");
        QCOMPARE(readAll(fixture.rootOf(u"a:1"_s) + u"/d/x"_s), "in");
    }

    void broken_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTemporaryDir dir;
        TarFile(dir.filePath(u"g"_s)).file("etc/a", QByteArray(100000, 'x'));
        const QByteArray good = readAll(dir.filePath(u"g"_s));
        QTest::addRow("empty") << QByteArray();
        QTest::addRow("noise") << QByteArray(5000, 'n');
        QTest::addRow("cut") << good.first(good.size() / 2 + 77);
        QTest::addRow("false gzip") << QByteArray("\x1f\x8b") + QByteArray(3000, 'z');
        QTest::addRow("huge size")
            << good.first(124) + QByteArray("77777777777\0", 12) + good.sliced(136);
    }

    void broken()
    {
        QFETCH(QByteArray, content);
        StoreFixture fixture;
        fixture.write(u"b.tar"_s, content);
        const Result<ImageRecord> record
            = fixture.store.importFrom(fixture.path(u"b.tar"_s), u"b:1"_s);
        QVERIFY(!record.ok());
        QVERIFY(record.error().code == ErrorCode::InvalidArgument);
        QVERIFY2(record.error().message.contains(u"b.tar"_s), qPrintable(record.error().message));
        QCOMPARE(fixture.left(), QStringList());
    }

    void limits()
    {
        ImageStoreOptions options;
        options.maxBytes = 1000;
        options.maxEntries = 5;
        StoreFixture fixture(options);
        TarFile(fixture.path(u"big.tar"_s))
            .file("a", QByteArray(600, 'a'))
            .file("b", QByteArray(600, 'b'));
        QVERIFY(fixture.store.importFrom(fixture.path(u"big.tar"_s), u"x:1"_s).error().code
                == ErrorCode::LimitExceeded);
        {
            TarFile many(fixture.path(u"many.tar"_s));
            for (int i = 0; i < 6; ++i)
                many.file("f" + QByteArray::number(i), "");
        }
        QVERIFY(fixture.store.importFrom(fixture.path(u"many.tar"_s), u"x:1"_s).error().code
                == ErrorCode::LimitExceeded);
        QCOMPARE(fixture.left(), QStringList());
    }

    void missingOrOdd()
    {
        StoreFixture fixture;
        const Result<ImageRecord> none
            = fixture.store.importFrom(fixture.path(u"none"_s), u"x:1"_s);
        QVERIFY(none.error().code == ErrorCode::NotFound);
        QVERIFY(none.error().message.contains(u"none"_s));
        QVERIFY(fixture.store.importFrom(u"/dev/null"_s, u"x:1"_s).error().code
                == ErrorCode::InvalidArgument);
        QVERIFY(fixture.store.importFrom(fixture.path(u"."_s), u"host"_s).error().code
                == ErrorCode::InvalidArgument);
    }

    void whiteoutsInOneTar()
    {
        StoreFixture fixture;
        TarFile(fixture.path(u"w.tar"_s))
            .file("etc/keep", "k")
            .file("etc/gone", "g")
            .file("etc/.wh.gone", "")
            .file("opt/d/old", "o")
            .file("opt/d/.wh..wh..opq", "")
            .file("opt/d/new", "n")
            .file("no/.wh.thing", "");
        QVERIFY(fixture.store.importFrom(fixture.path(u"w.tar"_s), u"w:1"_s).ok());
        const QDir root(fixture.rootOf(u"w:1"_s));
        QCOMPARE(root.entryList({u"etc"_s}).size(), 1);
        QCOMPARE(QDir(root.filePath(u"etc"_s)).entryList(QDir::Files | QDir::Hidden),
                 QStringList{u"keep"_s});
        QCOMPARE(QDir(root.filePath(u"opt/d"_s)).entryList(QDir::Files | QDir::Hidden),
                 QStringList{u"new"_s});
    }

    void dockerArchive()
    {
        StoreFixture fixture;
        writeLayers(fixture);
        const QByteArray a(64, 'a');
        const QByteArray b(64, 'b');
        const QJsonArray manifest{QJsonObject{{u"Config"_s, QString(64, u'c') + u".json"_s},
                                              {u"Layers"_s, QJsonArray{layer(a), layer(b)}}}};
        TarFile(fixture.path(u"save.tar"_s))
            .file(b + "/layer.tar", readAll(fixture.path(u"two.tar"_s)))
            .file(a + "/layer.tar", readAll(fixture.path(u"one.tar"_s)))
            .file(QByteArray(64, 'c') + ".json", config())
            .file("manifest.json", QJsonDocument(manifest).toJson());
        checkLayered(fixture, fixture.path(u"save.tar"_s));
    }

    void ociLayout()
    {
        StoreFixture fixture;
        writeLayers(fixture);
        QJsonArray layers;
        for (const QString &name : {u"one.tar"_s, u"two.tar"_s})
            layers.append(QJsonObject{{u"digest"_s, blob(fixture, readAll(fixture.path(name)))}});
        const QJsonObject manifest{
            {u"config"_s, QJsonObject{{u"digest"_s, blob(fixture, config())}}},
            {u"layers"_s, layers}};
        const QJsonObject index{
            {u"manifests"_s,
             QJsonArray{
                 QJsonObject{{u"digest"_s, blob(fixture, QJsonDocument(manifest).toJson())}}}}};
        fixture.write(u"oci/index.json"_s, QJsonDocument(index).toJson());
        fixture.write(u"oci/oci-layout"_s, "{\"imageLayoutVersion\":\"1.0.0\"}");
        checkLayered(fixture, fixture.path(u"oci"_s));
    }

    void folderImport()
    {
        StoreFixture fixture;
        fixture.write(u"src/etc/hello"_s, "hello");
        fixture.write(u"src/bin/a"_s, "a");
        QVERIFY(::link(QFile::encodeName(fixture.path(u"src/bin/a"_s)).constData(),
                       QFile::encodeName(fixture.path(u"src/bin/b"_s)).constData())
                == 0);
        QVERIFY(QFile::link(u"/etc/shadow"_s, fixture.path(u"src/etc/link"_s)));
        const Result<ImageRecord> record
            = fixture.store.importFrom(fixture.path(u"src"_s), u"f:1"_s);
        QVERIFY2(record.ok(), qPrintable(record.ok() ? QString() : record.error().message));
        const QString root = fixture.rootOf(u"f:1"_s);
        QCOMPARE(readAll(root + u"/etc/hello"_s), "hello");
        QVERIFY(QFileInfo(root + u"/etc/link"_s).isSymLink());
        struct stat st;
        QCOMPARE(::stat(QFile::encodeName(root + u"/bin/b"_s).constData(), &st), 0);
        QCOMPARE(st.st_nlink, 2u);
    }

    void folderWithDevice()
    {
        QUARRY_NEEDS(quarry::test::missingRoot());
        StoreFixture fixture;
        fixture.write(u"src/usr/x"_s, "x");
        QCOMPARE(::mknod(QFile::encodeName(fixture.path(u"src/usr/mem"_s)).constData(),
                         S_IFCHR | 0600, 0x101),
                 0);
        const Result<ImageRecord> record
            = fixture.store.importFrom(fixture.path(u"src"_s), u"f:1"_s);
        QVERIFY(record.error().code == ErrorCode::InvalidArgument);
        QVERIFY(record.error().message.contains(u"usr/mem"_s));
        QCOMPARE(fixture.left(), QStringList());
    }

    void tenThousandFiles()
    {
        StoreFixture fixture;
        {
            TarFile tar(fixture.path(u"many.tar"_s));
            for (int i = 0; i < 10000; ++i)
                tar.file("d" + QByteArray::number(i % 100) + "/f" + QByteArray::number(i),
                         "content");
        }
        const Result<ImageRecord> record
            = fixture.store.importFrom(fixture.path(u"many.tar"_s), u"m:1"_s);
        QVERIFY(record.ok());
        QCOMPARE(record->files, 10000);
        QCOMPARE(readAll(fixture.rootOf(u"m:1"_s) + u"/d99/f9999"_s), "content");
        QVERIFY(fixture.store.remove(u"m:1"_s).ok());
        QCOMPARE(fixture.left(), QStringList());
    }

private:
    static QString layer(const QByteArray &name)
    {
        return QString::fromLatin1(name + "/layer.tar");
    }

    static QByteArray config()
    {
        return R"({"config":{"Env":["A=1","PATH=/x"],"Entrypoint":["/run"],"Cmd":["me"],"WorkingDir":"/w"}})";
    }

    static void writeLayers(StoreFixture &fixture)
    {
        TarFile(fixture.path(u"one.tar"_s))
            .folder("etc")
            .file("etc/keep", "1")
            .file("etc/gone", "1")
            .file("opt/d/old", "1")
            .file("opt/x/deep/f", "1");
        TarFile(fixture.path(u"two.tar"_s), true)
            .file("etc/.wh.gone", "")
            .file("opt/d/new", "2")
            .file("opt/d/.wh..wh..opq", "")
            .file("opt/.wh.x", "")
            .file("etc/keep", "2");
    }

    static QString blob(StoreFixture &fixture, const QByteArray &content)
    {
        const QString hash = QString::fromLatin1(
            QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex());
        fixture.write(u"oci/blobs/sha256/"_s + hash, content);
        return u"sha256:"_s + hash;
    }

    static void checkLayered(StoreFixture &fixture, const QString &source)
    {
        const Result<ImageRecord> record = fixture.store.importFrom(source, u"l:1"_s);
        QVERIFY2(record.ok(), qPrintable(record.ok() ? QString() : record.error().message));
        const Result<Image> image = fixture.store.resolve(u"l:1"_s);
        QCOMPARE(image->env.value(u"A"_s), u"1"_s);
        QCOMPARE(image->command, (QStringList{u"/run"_s, u"me"_s}));
        QCOMPARE(image->workdir, u"/w"_s);
        const QDir root(image->rootLowers.first());
        QCOMPARE(readAll(root.filePath(u"etc/keep"_s)), "2");
        QCOMPARE(QDir(root.filePath(u"etc"_s)).entryList(QDir::Files | QDir::Hidden),
                 QStringList{u"keep"_s});
        QCOMPARE(QDir(root.filePath(u"opt/d"_s)).entryList(QDir::Files | QDir::Hidden),
                 QStringList{u"new"_s});
        QVERIFY(!QFile::exists(root.filePath(u"opt/x"_s)));
    }
};

QTEST_GUILESS_MAIN(ImageImportTest)
#include "tst_imageimport.moc"
