// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/notices.h"

#include <QSignalSpy>
#include <QTest>

using namespace quarry::widgets;

class TestNotices : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void doesTheActionOnce();
    void tellsTheSameOnce();
    void oldestGivesWay();
};

void TestNotices::doesTheActionOnce()
{
    Notices notices;
    QSignalSpy closed(&notices, &Notices::closed);
    int actions = 0;
    const NoticeId id = notices.post({NoticeKind::Failure, QStringLiteral("in use"),
                                      QStringLiteral("Choose port"), [&] { ++actions; }});
    notices.act(id);
    notices.act(id);
    notices.close(id);
    QCOMPARE(actions, 1);
    QCOMPARE(closed.size(), 1);
    QCOMPARE(notices.count(), 0);
    notices.act(notices.post({NoticeKind::Info, QStringLiteral("no action"), {}, {}}));
    QCOMPARE(notices.count(), 0);
}

void TestNotices::tellsTheSameOnce()
{
    Notices notices;
    QSignalSpy posted(&notices, &Notices::posted);
    const NoticeId id = notices.post({NoticeKind::Info, QStringLiteral("same"), {}, {}});
    QCOMPARE(notices.post({NoticeKind::Info, QStringLiteral("same"), {}, {}}), id);
    QVERIFY(notices.post({NoticeKind::Warning, QStringLiteral("same"), {}, {}}) != id);
    QCOMPARE(posted.size(), 2);
}

void TestNotices::oldestGivesWay()
{
    Notices notices;
    const NoticeId first = notices.post({NoticeKind::Info, QStringLiteral("first"), {}, {}});
    for (int i = 0; i < Notices::MaxOpen; ++i)
        notices.post({NoticeKind::Info, QString::number(i), {}, {}});
    QCOMPARE(notices.count(), Notices::MaxOpen);
    QCOMPARE(notices.notice(first).text, QString());
}

QTEST_GUILESS_MAIN(TestNotices)
#include "tst_notices.moc"
