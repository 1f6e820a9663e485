// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes on their way leave no name behind.
#include "api/common/spoolfile.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace quarry;
using namespace quarry::api;

class SpoolFileTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsWhatCame()
    {
        const QTemporaryDir folder;
        for (const qint64 inMemory : {0, 100, 1 << 20}) {
            SpoolFile spool(folder.path(), inMemory);
            QByteArray all;
            for (int i = 0; i < 50; ++i) {
                const QByteArray piece(i * 7, char('a' + i % 26));
                all += piece;
                QVERIFY(spool.append(piece).ok());
            }
            QCOMPARE(spool.size(), qint64(all.size()));
            QByteArray back;
            while (true) {
                const Result<QByteArray> piece = spool.read(back.size(), 333);
                QVERIFY(piece.ok());
                if (piece->isEmpty())
                    break;
                back += *piece;
            }
            QCOMPARE(back, all);
            spool.clear();
            QCOMPARE(spool.size(), 0);
            QVERIFY(spool.append("again").ok());
            QCOMPARE(*spool.read(0, 100), QByteArray("again"));
            QVERIFY(QDir(folder.path()).isEmpty());
        }
    }

    void aFolderThatIsNotThereIsTold()
    {
        SpoolFile spool(QStringLiteral("/nonexistent/folder"), 0);
        const Result<void> done = spool.append("x");
        QVERIFY(!done.ok());
        QVERIFY(done.error().message.contains(QStringLiteral("/nonexistent/folder")));
    }
};

QTEST_APPLESS_MAIN(SpoolFileTest)
#include "spoolfiletest.moc"
