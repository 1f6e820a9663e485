// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "imagefixture.h"

#include "runtime/images/host/hostaliases.h"
#include "runtime/images/imagename.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace quarry;
using namespace quarry::runtime;

class ImageNamesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void grammar_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("valid");
        for (const char *name :
             {"python:3.11", "a", "a/b/c", "docker.io/library/python:3.11", "localhost:5000/x:y",
              "my--image", "a__b", "REG.example.com/x", "x:_tag.-", " padded "})
            QTest::addRow("%s", name) << QString::fromLatin1(name) << true;
        for (const char *name :
             {"", "  ", "Python", "a//b", "/a", "a/", "a:", "a:b:c", "a b", "../x", "a/../b", "-a",
              "a-", "a:-t", "a@sha256:12", "x\n", "a.._b", "%2e"})
            QTest::addRow("not %s", name)
                << QString::fromLatin1(name) << (qstrcmp(name, "x\n") == 0);
        QTest::addRow("long tag") << u"a:"_s + QString(128, u't') << true;
        QTest::addRow("too long tag") << u"a:"_s + QString(129, u't') << false;
        QTest::addRow("long name") << QString(255, u'a') << true;
        QTest::addRow("too long name") << QString(256, u'a') << false;
    }

    void grammar()
    {
        QFETCH(QString, name);
        QFETCH(bool, valid);
        const Result<QString> checked = checkImageName(name);
        QCOMPARE(checked.ok(), valid);
        if (valid)
            QCOMPARE(*checked, name.trimmed());
        else
            QVERIFY(checked.error().code == ErrorCode::InvalidArgument);
    }

    void newNames()
    {
        QVERIFY(checkNewImageName(u"mine:1"_s).ok());
        QVERIFY(!checkNewImageName(u"host"_s).ok());
        QVERIFY(!checkNewImageName(u"host:latest"_s).ok());
        QVERIFY(!checkNewImageName(u"a@sha256:"_s + QString(64, u'a')).ok());
    }

    void sameImage()
    {
        QCOMPARE(canonicalImageName(u"python"_s), u"python:latest"_s);
        QCOMPARE(canonicalImageName(u"docker.io/library/python:3.11"_s), u"python:3.11"_s);
        QCOMPARE(canonicalImageName(u"localhost:5000/x"_s), u"localhost:5000/x:latest"_s);
    }

    void aliasesOfTheMachine()
    {
        QTemporaryDir host;
        makeHost(host.path(), "ID=debian\nVERSION_ID=\"12\"\nVERSION_CODENAME=bookworm\n",
                 "python3.11");
        QStringList names;
        for (const HostAlias &alias : hostAliases(host.path()))
            names.append(alias.name);
        for (const QString &name :
             {u"debian:12"_s, u"debian:bookworm"_s, u"debian:12-slim"_s, u"python:3.11"_s,
              u"python:3"_s, u"python:3.11-slim"_s, u"python:3.11-slim-bookworm"_s, u"python"_s})
            QVERIFY2(names.contains(name), qPrintable(name));
        QVERIFY(!names.contains(u"python:3.12"_s));
        QTemporaryDir ubuntu;
        makeHost(ubuntu.path(), "ID=ubuntu\nVERSION_ID='24.04'\nVERSION_CODENAME=noble\n", "");
        names.clear();
        for (const HostAlias &alias : hostAliases(ubuntu.path()))
            names.append(alias.name);
        QCOMPARE(names, (QStringList{u"ubuntu:24.04"_s, u"ubuntu:noble"_s, u"ubuntu"_s}));
    }

    void resolveOrder()
    {
        QTemporaryDir host;
        makeHost(host.path(), "ID=debian\nVERSION_ID=12\n", "python3.11");
        ImageStoreOptions options;
        options.hostRoot = host.path();
        options.aliases
            = {{u"mine"_s, u"python:3.11"_s}, {u"round"_s, u"about"_s}, {u"about"_s, u"round"_s}};
        StoreFixture fixture(options);
        const Result<Image> plain = fixture.store.resolve(u"host"_s);
        QVERIFY2(plain.ok(), qPrintable(plain.ok() ? QString() : plain.error().message));
        QCOMPARE(plain->servedBy, u"host"_s);
        QVERIFY(plain->python.isEmpty());
        const Result<Image> python = fixture.store.resolve(u"docker.io/library/python:3.11-slim"_s);
        QVERIFY(python.ok());
        QCOMPARE(python->python, u"3.11"_s);
        QVERIFY(python->servedBy.startsWith(u"host (alias"_s));
        const Result<Image> configured = fixture.store.resolve(u"mine:latest"_s);
        QVERIFY(configured.ok());
        QCOMPARE(configured->name, u"mine:latest"_s);
        QCOMPARE(configured->python, u"3.11"_s);
        QVERIFY(fixture.store.resolve(u"round"_s).error().code == ErrorCode::InvalidArgument);
        const Result<Image> unknown = fixture.store.resolve(u"debain:12"_s);
        QVERIFY(unknown.error().code == ErrorCode::NotFound);
        QVERIFY(unknown.error().message.contains(u"debian:12"_s));
        QVERIFY(unknown.error().message.contains(u"quarry image import"_s));
        // What was imported under the name of an alias is what was meant.
        TarFile(fixture.path(u"p.tar"_s)).file("etc/x", "1");
        QVERIFY(fixture.store.importFrom(fixture.path(u"p.tar"_s), u"python:3.11"_s).ok());
        QCOMPARE(fixture.store.resolve(u"python:3.11"_s)->servedBy, u"imported"_s);
        QCOMPARE(fixture.store.resolve(u"mine"_s)->servedBy, u"imported (alias mine)"_s);
    }

private:
    static void makeHost(const QString &path, const QByteArray &release, const char *python)
    {
        QDir dir(path);
        dir.mkpath(u"etc"_s);
        dir.mkpath(u"usr/bin"_s);
        QFile::link(u"usr/bin"_s, path + u"/bin"_s);
        QFile file(path + u"/etc/os-release"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(release);
        if (*python)
            QFile::link(QString::fromLatin1(python), path + u"/usr/bin/python3"_s);
    }
};

QTEST_GUILESS_MAIN(ImageNamesTest)
#include "tst_imagenames.moc"
