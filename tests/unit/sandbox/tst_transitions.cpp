// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Every pair of state and event: the table is the only way from one state to the next.
#include "sandbox/transitions.h"

#include <QTest>

using namespace quarry;
using namespace quarry::sandbox;
using namespace Qt::StringLiterals;

class TransitionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allowsWhatALifeNeeds_data();
    void allowsWhatALifeNeeds();
    void refusesTheRest();
};

void TransitionsTest::allowsWhatALifeNeeds_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("event");
    QTest::addColumn<int>("to");
    const auto row = [](const char *name, State from, Event event, State to) {
        QTest::newRow(name) << int(from) << int(event) << int(to);
    };
    row("start", State::Pending, Event::Started, State::Running);
    row("failed start", State::Pending, Event::StartFailed, State::Stopped);
    row("cancelled start", State::Pending, Event::Stop, State::Stopped);
    row("stop", State::Running, Event::Stop, State::Stopped);
    row("lost", State::Running, Event::Ended, State::Stopped);
    row("restart", State::Stopped, Event::Restart, State::Pending);
    row("delete", State::Stopped, Event::Delete, State::Deleted);
}

void TransitionsTest::allowsWhatALifeNeeds()
{
    QFETCH(int, from);
    QFETCH(int, event);
    QFETCH(int, to);
    const auto next = transition(u"a"_s, State(from), Event(event));
    QVERIFY(next.ok());
    QCOMPARE(int(*next), to);
}

void TransitionsTest::refusesTheRest()
{
    for (const Event event : {Event::Started, Event::StartFailed, Event::Stop, Event::Ended,
                              Event::Restart, Event::Delete, Event::Archive, Event::Archived}) {
        const auto next = transition(u"box-7"_s, State::Deleted, event);
        QVERIFY(!next.ok());
        QVERIFY(next.error().code == ErrorCode::WrongState);
        QVERIFY(next.error().message.contains(u"box-7"_s));
    }
    const auto early = transition(u"box-7"_s, State::Running, Event::Delete);
    QVERIFY(!early.ok());
    QVERIFY2(early.error().message.contains(u"stop it first"_s), qPrintable(early.error().message));
    QVERIFY(!transition(u"a"_s, State::Running, Event::Restart).ok());
    QVERIFY(!transition(u"a"_s, State::Running, Event::Started).ok());
}

QTEST_GUILESS_MAIN(TransitionsTest)
#include "tst_transitions.moc"
