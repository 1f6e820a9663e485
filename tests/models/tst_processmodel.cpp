// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/tableroles.h"
#include "widgets/pages/sandboxes/processes/processfilter.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace quarry;
using namespace quarry::widgets;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 second = 1'000'000;

sandbox::Process made(quint32 pid, qint64 cpu = 0, quint32 parent = 1, quint32 session = 1)
{
    sandbox::Process process;
    process.pid = pid;
    process.parent = parent;
    process.session = session;
    process.state = 'S';
    process.cpuMicroseconds = cpu;
    process.startedMicroseconds = second;
    process.user = u"root"_s;
    process.name = u"sleep"_s;
    process.arguments = {u"sleep"_s, QString::number(pid)};
    return process;
}

sandbox::ProcessSnapshot shot(const QList<sandbox::Process> &processes, qint64 now = 11 * second)
{
    return {processes, int(processes.size()), false, now};
}

} // namespace

class ProcessModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<ProcessModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void rowsKeepTheirProcess()
    {
        m_model->apply(shot({made(2), made(3), made(4), made(5)}));
        const QPersistentModelIndex four = m_model->index(2, 0);
        QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
        m_model->apply(shot({made(4), made(5), made(9)}, 13 * second));
        QCOMPARE(m_model->rowCount(), 3);
        QCOMPARE(four.row(), 0);
        QCOMPARE(four.data().toString(), u"4"_s);
        QCOMPARE(changed.size(), 1); // neighbours are one span
        QCOMPARE(shown(2, ProcessModel::PidColumn), u"9"_s);
    }

    void aPidUsedAgainIsAnotherProcess()
    {
        m_model->apply(shot({made(2)}));
        const QPersistentModelIndex before = m_model->index(0, 0);
        sandbox::Process next = made(2);
        next.startedMicroseconds = 12 * second;
        m_model->apply(shot({next}, 13 * second));
        QVERIFY(!before.isValid());
        QCOMPARE(m_model->rowCount(), 1);
    }

    void cpuIsOfTheTimeBetween()
    {
        m_model->apply(shot({made(2, second)}));
        QCOMPARE(m_model->index(0, ProcessModel::CpuColumn).data(SortRole).toDouble(), 10.0);
        m_model->apply(shot({made(2, 2 * second)}, 13 * second));
        QCOMPARE(m_model->index(0, ProcessModel::CpuColumn).data(SortRole).toDouble(), 50.0);
        QCOMPARE(shown(0, ProcessModel::ElapsedColumn), u"12 s"_s);
        // A clock that stands, or time that is taken back, is no division by zero and no minus.
        m_model->apply(shot({made(2, second)}, 13 * second));
        QCOMPARE(m_model->index(0, ProcessModel::CpuColumn).data(SortRole).toDouble(), 0.0);
    }

    void hostileTextsAreOneLine()
    {
        sandbox::Process evil = made(2);
        evil.arguments = {u"a\nb\x1b[31m"_s, QString(100'000, u'x')};
        evil.cut = true;
        sandbox::Process zombie = made(3);
        zombie.arguments.clear();
        zombie.name = u"z\n"_s;
        zombie.state = 'Z';
        m_model->apply(shot({evil, zombie}));
        const QString text = shown(0, ProcessModel::CommandColumn);
        QVERIFY(!text.contains(u'\n') && !text.contains(QChar(0x1b)));
        QVERIFY(text.size() <= 2000);
        QCOMPARE(shown(1, ProcessModel::CommandColumn), u"[z\u240a]"_s);
        QCOMPARE(shown(1, ProcessModel::StateColumn), u"zombie"_s);
    }

    void familyAndSession()
    {
        // 10 leads a session; 5, its grandchild, has a lower pid than its parent.
        m_model->apply(shot({made(5, 0, 11, 10), made(10, 0, 1, 10), made(11, 0, 10, 10),
                             made(12, 0, 10, 12), made(13, 0, 1, 10)}));
        QCOMPARE(m_model->descendants(1).size(), 3);
        QCOMPARE(m_model->sessionOf(1).size(), 3);
        QVERIFY(m_model->sessionOf(2).isEmpty());
        QVERIFY(m_model->descendants(0).isEmpty());
        // A circle, as only a broken agent tells it, ends too.
        m_model->apply(shot({made(20, 0, 21), made(21, 0, 20)}));
        QCOMPARE(m_model->descendants(0).size(), 1);
    }

    void filterAndSort()
    {
        ProcessFilter filter(m_model.get());
        QAbstractItemModelTester tester(&filter,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        filter.sort(ProcessModel::PidColumn, Qt::DescendingOrder);
        QList<sandbox::Process> all;
        for (quint32 pid = 1; pid <= 4096; ++pid)
            all.append(made(pid));
        m_model->apply(shot(all));
        QCOMPARE(filter.index(0, 0).data().toString(), u"4096"_s);
        filter.setText(u"sleep 17"_s);
        QVERIFY(filter.rowCount() > 1);
        filter.setText(u"ROOT 4096"_s);
        QCOMPARE(filter.rowCount(), 1);
        filter.setText(u"nothing"_s);
        QCOMPARE(filter.rowCount(), 0);
        m_model->clear();
        QCOMPARE(m_model->rowCount(), 0);
    }

private:
    QString shown(int row, int column) const
    {
        return m_model->index(row, column).data().toString();
    }

    std::unique_ptr<ProcessModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_MAIN(ProcessModelTest)
#include "tst_processmodel.moc"
