// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/diskuse.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace quarry::widgets;
using namespace Qt::StringLiterals;

class TestDiskUse : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void countsByKind();
    void followsNoLink();
    void anyDepthEnds();
    void nothingThere();

private:
    static void write(const QString &path, qsizetype bytes)
    {
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(QByteArray(bytes, 'x')), bytes);
        file.flush();
    }

    static constexpr qint64 mebibyte = 1 << 20;
};

void TestDiskUse::countsByKind()
{
    const QTemporaryDir folder(u"/var/tmp/quarry-disk-XXXXXX"_s);
    const QString data = folder.path();
    write(data + u"/sandboxes/one/layer/file"_s, 3 * mebibyte);
    write(data + u"/sandboxes/one/layer/mine.cast"_s, mebibyte); // a file of the sandbox's own
    write(data + u"/sandboxes/one/session-1.cast"_s, 2 * mebibyte);
    write(data + u"/images/mine/file"_s, 5 * mebibyte);
    const DiskUse use = diskUse(data, data + u"/images"_s);
    QVERIFY(use.complete);
    QVERIFY(use.total > use.free);
    QCOMPARE(use.layers / mebibyte, 4);
    QCOMPARE(use.recordings / mebibyte, 2);
    QCOMPARE(use.images / mebibyte, 5);
}

void TestDiskUse::followsNoLink()
{
    const QTemporaryDir folder(u"/var/tmp/quarry-disk-XXXXXX"_s);
    const QString data = folder.path();
    write(data + u"/elsewhere/file"_s, 8 * mebibyte);
    QVERIFY(QDir().mkpath(data + u"/sandboxes/one/layer"_s));
    QVERIFY(QFile::link(data + u"/elsewhere"_s, data + u"/sandboxes/one/layer/link"_s));
    QCOMPARE(diskUse(data, data + u"/images"_s).layers / mebibyte, 0);
}

void TestDiskUse::anyDepthEnds()
{
    const QTemporaryDir folder(u"/var/tmp/quarry-disk-XXXXXX"_s);
    const QString data = folder.path();
    write(data + u"/sandboxes/one"_s + QStringLiteral("/d").repeated(200) + u"/file"_s, mebibyte);
    const DiskUse use = diskUse(data, data + u"/images"_s);
    QVERIFY(!use.complete);
    QVERIFY(use.layers < mebibyte);
}

void TestDiskUse::nothingThere()
{
    const DiskUse use = diskUse(u"/no/such/folder"_s, u"/no/such/folder/images"_s);
    QVERIFY(use.complete);
    QCOMPARE(use.total, 0);
    QCOMPARE(use.images + use.layers + use.recordings, 0);
}

QTEST_GUILESS_MAIN(TestDiskUse)
#include "tst_diskuse.moc"
