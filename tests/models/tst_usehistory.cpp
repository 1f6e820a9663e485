// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What sandboxes used over time: bounded, with gaps where nobody measured, and as plots of a real
// one.
#include "gui/pagecheck.h"
#include "hostbench.h"
#include "support/parts.h"
#include "widgets/common/actionregistry.h"
#include "widgets/common/segments.h"
#include "widgets/pages/sandboxes/statistics/statisticstab.h"
#include "widgets/pages/sandboxes/statistics/useseries.h"
#include "widgets/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

#include <cmath>

using namespace quarry;
using namespace quarry::test;
using namespace quarry::widgets;
using namespace quarry::widgets::test;
using namespace Qt::StringLiterals;

namespace {

const QDateTime noon(QDate(2026, 11, 22), QTime(12, 0), Qt::UTC);

sandbox::SandboxStatistics used(qint64 network = 0, double cpuPercent = 50)
{
    sandbox::SandboxStatistics use;
    use.cpuPercent = cpuPercent;
    use.memoryBytes = 100 << 20;
    use.diskBytes = 10 << 20;
    use.networkBytes = network;
    use.processes = 5;
    return use;
}

// The role and the words of the picture called NAME.
QAccessibleInterface *plot(QWidget *page, const QString &name)
{
    for (auto *each : page->findChildren<QWidget *>()) {
        QAccessibleInterface *reader = QAccessible::queryAccessibleInterface(each);
        if (each->isVisible() && reader && reader->role() == QAccessible::Chart
            && reader->text(QAccessible::Name) == name)
            return reader;
    }
    return nullptr;
}

} // namespace

class UseHistoryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_bench.reset(); }

    void bounded();
    void ratesAndGaps();
    void rangesAndCsv();
    void scales_data();
    void scales();
    void plotsOfARealOne();

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<HostBench> m_bench;
};

void UseHistoryTest::initTestCase()
{
    m_theme = std::make_unique<Theme>(SchemeChoice::Light);
    m_bench = std::make_unique<HostBench>();
    QUARRY_NEEDS(m_bench->problem());
}

void UseHistoryTest::bounded()
{
    UseHistory history(m_bench->model());
    for (int i = 0; i < 5000; ++i)
        history.add(u"a"_s, 2, used(), noon.addSecs(2 * i));
    QCOMPARE(history.samples(u"a"_s).size(), UseHistory::Kept);
    QCOMPARE(history.samples(u"a"_s).last().time, noon.addSecs(2 * 4999));
    // The one that was measured longest ago makes room.
    for (int i = 0; i < UseHistory::SandboxesKept; ++i)
        history.add(u"sb-%1"_s.arg(i), 2, used(), noon.addSecs(20'000 + i));
    QVERIFY(history.samples(u"a"_s).isEmpty());
    QCOMPARE(history.samples(u"sb-0"_s).size(), 1);
    history.forget(u"sb-0"_s);
    QVERIFY(history.samples(u"sb-0"_s).isEmpty());
}

void UseHistoryTest::ratesAndGaps()
{
    UseHistory history(m_bench->model());
    history.add(u"a"_s, 2, used(1000), noon);
    history.add(u"a"_s, 2, used(3000), noon.addSecs(2));
    history.add(u"a"_s, 2, used(100), noon.addSecs(4)); // restarted
    history.add(u"a"_s, 2, used(100), noon.addSecs(600));
    history.add(u"a"_s, 2, used(200), noon.addSecs(600)); // a clock that stands
    const QList<UseSample> all = history.samples(u"a"_s);
    QCOMPARE(all[0].cores, 1.0);
    QCOMPARE(all[0].network, 0.0);
    QCOMPARE(all[1].network, 1000.0);
    QCOMPARE(all[2].network, 0.0);
    QVERIFY(!all[2].afterGap && all[3].afterGap);
    QVERIFY(std::isfinite(all[4].network));
    const QList<QPointF> points = pointsOf(all, useSeries().first(), noon.addSecs(600));
    QCOMPARE(points.size(), 6);
    QVERIFY(std::isnan(points[3].y()));
    QVERIFY(points[3].x() > points[2].x() && points[3].x() < points[4].x());
    QCOMPARE(points.last().x(), 0.0);
}

void UseHistoryTest::rangesAndCsv()
{
    UseHistory history(m_bench->model());
    for (int i = 0; i < 100; ++i)
        history.add(u"a"_s, 2, used(i), noon.addSecs(2 * i));
    const QList<UseSample> all = history.samples(u"a"_s);
    QCOMPARE(lastOf(all, noon.addSecs(198), 60).size(), 31);
    QCOMPARE(lastOf(all, noon.addSecs(198), 3600).size(), 100);
    QVERIFY(lastOf(all, noon.addSecs(10'000), 60).isEmpty());
    const QStringList lines = csvOf(all).split(u'\n');
    QCOMPARE(lines.size(), 102);
    QCOMPARE(lines[1], u"2026-11-22T12:00:00.000Z,1.000,104857600,10485760,0,5"_s);
    QCOMPARE(lines[0].count(u','), lines[1].count(u','));
}

void UseHistoryTest::scales_data()
{
    QTest::addColumn<PlotUnit>("unit");
    QTest::addColumn<double>("largest");
    QTest::addColumn<double>("top");
    QTest::newRow("nothing") << PlotUnit::Count << 0.0 << 2.0;
    QTest::newRow("count") << PlotUnit::Count << 73.0 << 80.0;
    QTest::newRow("cores") << PlotUnit::Cores << 0.3 << 0.4;
    QTest::newRow("idle cores") << PlotUnit::Cores << 0.0 << 0.1;
    QTest::newRow("bytes") << PlotUnit::Bytes << 0.0 << 1024.0;
    QTest::newRow("mebibytes") << PlotUnit::Bytes << 300.0 * 1048576 << 400.0 * 1048576;
    QTest::newRow("nearly a gibibyte") << PlotUnit::Bytes << 1010.0 * 1048576 << 1024.0 * 1048576;
    QTest::newRow("rate") << PlotUnit::ByteRate << 1500.0 << 2048.0;
}

void UseHistoryTest::scales()
{
    QFETCH(PlotUnit, unit);
    QFETCH(double, largest);
    QFETCH(double, top);
    QVERIFY2(std::abs(plotTop(unit, largest) - top) < top / 1e6,
             qPrintable(QString::number(plotTop(unit, largest))));
    QVERIFY(plotTick(unit, top).size() <= 10);
}

void UseHistoryTest::plotsOfARealOne()
{
    QVERIFY(m_bench->start(u"mine"_s));
    UseHistory history(m_bench->model());
    ActionRegistry actions;
    actions.add({.id = u"sandbox.restart"_s, .text = u"Restart sandbox"_s}, this, [] { });
    StatisticsTab tab(history, actions);
    tab.resize(600, 700);
    tab.show(m_bench->info(u"mine"_s));
    tab.show();
    for (const char *name : {"CPU", "Memory", "Disk", "Network", "Processes"})
        QVERIFY2(plot(&tab, QString::fromLatin1(name)), name);
    QCOMPARE(nameless(&tab), QStringList());
    m_bench->model().measure({u"mine"_s});
    QVERIFY(HostBench::wait([&] { return history.samples(u"mine"_s).size() >= 2; }));
    QVERIFY(plot(&tab, u"Memory"_s)->text(QAccessible::Description).endsWith(u"iB"_s));
    QVERIFY(plot(&tab, u"Processes"_s)->text(QAccessible::Description).toInt() >= 1);
    actions.action(u"statistics.copyCsv"_s)->trigger();
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"time,cpu_cores,"_s));
    actions.action(u"statistics.copyImage"_s)->trigger();
    QVERIFY(QGuiApplication::clipboard()->mimeData()->hasImage());
    // Where the pointer is, all plots show their value of that time.
    const QString before = plot(&tab, u"Memory"_s)->text(QAccessible::Description);
    auto *surface = qobject_cast<QWidget *>(plot(&tab, u"CPU"_s)->object());
    QTest::mouseMove(surface, surface->rect().center());
    QVERIFY(says(&tab, u" ago"_s) || says(&tab, u"not measured"_s));
    QCOMPARE(plot(&tab, u"Memory"_s)->text(QAccessible::Description), before);
    tab.findChild<Segments *>()->setCurrent(2);
    // A stopped one keeps what was measured.
    QVERIFY(m_bench->stop(u"mine"_s));
    tab.show(m_bench->info(u"mine"_s));
    QVERIFY(plot(&tab, u"CPU"_s));
    QVERIFY(says(&tab, u"stopped at"_s));
    history.forget(u"mine"_s);
    sandbox::SandboxInfo other = m_bench->info(u"mine"_s);
    other.id = u"other"_s;
    tab.show(other);
    QVERIFY(says(&tab, u"Nothing measured yet"_s));
    QVERIFY(button(&tab, u"Restart sandbox"_s));
}

QTEST_MAIN(UseHistoryTest)
#include "tst_usehistory.moc"
