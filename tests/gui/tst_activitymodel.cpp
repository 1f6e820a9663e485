// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/activitymodel.h"
#include "widgets/common/tableroles.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>

using namespace quarry::widgets;

class TestActivityModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void tellsProgress();
    void putsChangesTogether();
    void tellsTheReason();
    void cancelsOnce();
    void endingWhileCancelling();
    void keepsOnlyTheLast();
    void ignoresUnknownIds();

private:
    static Activity named(const char *text) { return {QString::fromLatin1(text), {}, {}, {}, {}}; }
    static QString cell(const ActivityModel &model, int row, int column)
    {
        return model.index(row, column).data().toString();
    }
};

void TestActivityModel::tellsProgress()
{
    qint64 now = 0;
    ActivityModel model([&] { return now; });
    const QAbstractItemModelTester tester(&model);
    const ActivityId id = model.begin(
        {QStringLiteral("Upload"), QStringLiteral("Files"), ActivityUnit::Bytes, {}, {}});
    QCOMPARE(cell(model, 0, ActivityModel::StateColumn), QStringLiteral("running"));
    QCOMPARE(cell(model, 0, ActivityModel::ProgressColumn), QString());
    now = 1000;
    model.progress(id, 100 * 1024, 1000 * 1024);
    QCOMPARE(cell(model, 0, ActivityModel::ProgressColumn), QStringLiteral("10 %"));
    QCOMPARE(cell(model, 0, ActivityModel::RateColumn), QStringLiteral("100 KiB/s"));
    QCOMPARE(cell(model, 0, ActivityModel::LeftColumn), QStringLiteral("9 s"));
    QCOMPARE(model.index(0, ActivityModel::ProgressColumn).data(MeterRole).toDouble(), 0.1);
    model.progress(id, 5000, 0);
    QCOMPARE(cell(model, 0, ActivityModel::ProgressColumn), QStringLiteral("4.9 KiB"));
    QVERIFY(!model.index(0, ActivityModel::ProgressColumn).data(MeterRole).isValid());
    model.setPhase(id, State::Waiting, QStringLiteral("waiting for the disk"));
    QCOMPARE(cell(model, 0, ActivityModel::StateColumn), QStringLiteral("waiting for the disk"));

    const ActivityId items = model.begin(named("Tasks"));
    model.progress(items, 128, 200);
    QCOMPARE(cell(model, 0, ActivityModel::ProgressColumn), QStringLiteral("128 / 200"));
    QCOMPARE(cell(model, 0, ActivityModel::LeftColumn), QString());
}

void TestActivityModel::putsChangesTogether()
{
    ActivityModel model;
    QList<ActivityId> ids;
    for (int i = 0; i < 5; ++i)
        ids.append(model.begin(named("x"))); // rows 4, 3, 2, 1, 0
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    for (int i = 0; i < 1000; ++i) {
        for (const int which : {0, 1, 4})
            model.progress(ids[which], i, 1000);
    }
    QCOMPARE(changed.size(), 0);
    QTRY_COMPARE(changed.size(), 2);
    QCOMPARE(changed[0][0].toModelIndex().row(), 0);
    QCOMPARE(changed[0][1].toModelIndex().row(), 0);
    QCOMPARE(changed[1][0].toModelIndex().row(), 3);
    QCOMPARE(changed[1][1].toModelIndex().row(), 4);
}

void TestActivityModel::tellsTheReason()
{
    ActivityModel model;
    const QAbstractItemModelTester tester(&model);
    QSignalSpy ended(&model, &ActivityModel::ended);
    const ActivityId id = model.begin(named("Import"));
    QCOMPARE(model.underWay(), 1);
    QCOMPARE(model.current(), id);
    model.end(id, State::Failed, QStringLiteral("no space left"));
    QCOMPARE(ended.size(), 1);
    QCOMPARE(model.underWay(), 0);
    QCOMPARE(model.current(), ActivityId(0));
    QCOMPARE(cell(model, 0, ActivityModel::StateColumn), QStringLiteral("failed · no space left"));
    model.progress(id, 1, 2); // too late
    model.end(id, State::Success);
    QCOMPARE(ended.size(), 1);
    QCOMPARE(cell(model, 0, ActivityModel::StateColumn), QStringLiteral("failed · no space left"));
}

void TestActivityModel::cancelsOnce()
{
    ActivityModel model;
    int cancels = 0;
    Activity activity = named("Upload");
    activity.cancel = [&] { ++cancels; };
    const ActivityId id = model.begin(activity);
    const ActivityId other = model.begin(named("Fixed"));
    QVERIFY(model.canCancel(id));
    QVERIFY(!model.canCancel(other));
    model.cancel(id);
    model.cancel(id);
    model.cancel(other);
    QCOMPARE(cancels, 1);
    QVERIFY(!model.canCancel(id));
    QCOMPARE(cell(model, 1, ActivityModel::StateColumn), QStringLiteral("cancelling"));
    model.end(id, State::Stopped, QStringLiteral("cancelled"));
    QCOMPARE(cell(model, 1, ActivityModel::StateColumn), QStringLiteral("stopped · cancelled"));
}

void TestActivityModel::endingWhileCancelling()
{
    ActivityModel model;
    ActivityId id = 0;
    Activity activity = named("Upload");
    activity.cancel = [&] { model.end(id, State::Stopped); };
    id = model.begin(activity);
    model.cancel(id);
    QCOMPARE(model.underWay(), 0);
}

void TestActivityModel::keepsOnlyTheLast()
{
    ActivityModel model;
    const QAbstractItemModelTester tester(&model);
    const ActivityId running = model.begin(named("long"));
    for (int i = 0; i < ActivityModel::EndedKept + 20; ++i)
        model.end(model.begin(named("short")), State::Success);
    QCOMPARE(model.rowCount(), int(ActivityModel::EndedKept) + 1);
    QCOMPARE(model.current(), running);
    QCOMPARE(model.rowOf(running), int(ActivityModel::EndedKept));
}

void TestActivityModel::ignoresUnknownIds()
{
    ActivityModel model;
    model.progress(7, 1, 2);
    model.setPhase(7, State::Waiting, {});
    model.end(7, State::Failed);
    model.cancel(7);
    model.open(7);
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.idAt(0), ActivityId(0));
    QCOMPARE(model.rowOf(0), -1);
}

QTEST_GUILESS_MAIN(TestActivityModel)
#include "tst_activitymodel.moc"
