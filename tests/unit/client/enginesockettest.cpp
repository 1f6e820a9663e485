// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Where the socket of an engine lies.
#include "client/enginesocket.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace quarry;
using namespace quarry::client;
using namespace Qt::StringLiterals;

class EngineSocketTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shortPathsLieInTheDataFolder()
    {
        const Result<EngineSocket> place = placeEngineSocket(u"/data"_s, {});
        QVERIFY(place.ok());
        QCOMPARE(place->path, u"/data/quarry.sock"_s);
        QVERIFY(place->link.isEmpty());
    }

    void theLimitIsInBytes()
    {
        // "/quarry.sock" has 12.
        const QString fits = u'/' + QString(socketPathMax - 13, u'a');
        QCOMPARE(placeEngineSocket(fits, {})->path, fits + u"/quarry.sock"_s);
        qputenv("XDG_RUNTIME_DIR", "/run/user/1");
        const Result<EngineSocket> place = placeEngineSocket(fits + u'a', {});
        QVERIFY(place.ok());
        QVERIFY(place->path.startsWith(u"/run/user/1/quarry-"_s));
        QCOMPARE(place->link, fits + u"a/quarry.sock"_s);
        const QString wide = u'/' + QString((socketPathMax - 13) / 2 + 1, QChar(0xe4));
        QVERIFY(!placeEngineSocket(wide, {})->link.isEmpty());
    }

    void longPathsWithoutARuntimeFolderAreRefused()
    {
        qunsetenv("XDG_RUNTIME_DIR");
        const Result<EngineSocket> place = placeEngineSocket(u'/' + QString(120, u'a'), {});
        QVERIFY(!place.ok());
        QVERIFY(place.error().code == ErrorCode::InvalidArgument);
        QVERIFY(place.error().message.contains(u"--socket"_s));
    }

    void aConfiguredPathIsLinkedFromTheDataFolder()
    {
        const Result<EngineSocket> place = placeEngineSocket(u"/data"_s, u"/run/q.sock"_s);
        QCOMPARE(place->path, u"/run/q.sock"_s);
        QCOMPARE(place->link, u"/data/quarry.sock"_s);
        QVERIFY(placeEngineSocket(u"/data"_s, u"/data/quarry.sock"_s)->link.isEmpty());
        QVERIFY(!placeEngineSocket(u"/data"_s, u'/' + QString(socketPathMax, u'a')).ok());
    }

    void clientsFollowTheLink()
    {
        QTemporaryDir folder;
        QCOMPARE(findEngineSocket(folder.path()), folder.path() + u"/quarry.sock"_s);
        QVERIFY(QFile::link(u"/run/elsewhere.sock"_s, folder.path() + u"/quarry.sock"_s));
        QCOMPARE(findEngineSocket(folder.path()), u"/run/elsewhere.sock"_s);
    }
};

QTEST_GUILESS_MAIN(EngineSocketTest)
#include "enginesockettest.moc"
