// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a request may say, at its edges.
#include "sandbox/validation.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace quarry;
using namespace quarry::sandbox;
using namespace Qt::StringLiterals;

class ValidationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsIds_data();
    void knowsIds();
    void boundsLimits();
    void boundsEnvironmentAndBinds();
};

void ValidationTest::knowsIds_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("good");
    QTest::newRow("plain") << u"abc-1.2_3"_s << true;
    QTest::newRow("longest") << QString(64, u'a') << true;
    QTest::newRow("too long") << QString(65, u'a') << false;
    QTest::newRow("dot first") << u".a"_s << false;
    QTest::newRow("parent") << u".."_s << false;
    QTest::newRow("slash") << u"a/b"_s << false;
    QTest::newRow("space") << u"a b"_s << false;
    QTest::newRow("newline") << u"a\n"_s << false;
    QTest::newRow("other letters") << u"é"_s << false;
    QTest::newRow("empty") << QString() << false;
}

void ValidationTest::knowsIds()
{
    QFETCH(QString, id);
    QFETCH(bool, good);
    QCOMPARE(isSandboxId(id), good);
}

void ValidationTest::boundsLimits()
{
    SandboxRequest request;
    request.image = u"host"_s;
    QVERIFY(checkRequest(request).ok());
    for (const double cpus :
         {0.0, -1.0, 1024.5, std::nan(""), std::numeric_limits<double>::infinity()}) {
        SandboxRequest wrong = request;
        wrong.cpus = cpus;
        const auto checked = checkRequest(wrong);
        QVERIFY(!checked.ok());
        QVERIFY(checked.error().message.contains(u"cpus"_s));
    }
    request.cpus = 1024;
    request.memory = qint64(64) << 40;
    request.disk = qint64(1) << 50;
    QVERIFY(checkRequest(request).ok());
    request.memory = (qint64(64) << 40) + 1;
    QVERIFY(checkRequest(request).error().message.contains(u"memory"_s));
}

void ValidationTest::boundsEnvironmentAndBinds()
{
    SandboxRequest request;
    request.image = u"host"_s;
    request.env = {{u"A=B"_s, u"c"_s}};
    QVERIFY(!checkRequest(request).ok());
    request.env = {{u"A"_s, u"b=c"_s}};
    QVERIFY(checkRequest(request).ok());
    request.binds = {{u"relative"_s, u"/data"_s, false}};
    QVERIFY(!checkRequest(request).ok());
    request.binds = {{u"/srv"_s, u"/data"_s, true}};
    QVERIFY(checkRequest(request).ok());
}

QTEST_GUILESS_MAIN(ValidationTest)
#include "tst_validation.moc"
