// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"
#include "widgets/common/tableroles.h"
#include "widgets/models/sandboxmodel.h"
#include "widgets/models/sandboxstate.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace quarry;
using namespace quarry::widgets;
using namespace Qt::StringLiterals;

namespace {

sandbox::SandboxInfo made(const QString &id, sandbox::State state = sandbox::State::Running)
{
    sandbox::SandboxInfo info;
    info.id = id;
    info.image = u"python:3.11"_s;
    info.state = state;
    info.createTime = utcNow().addSecs(-750);
    info.startTime = info.createTime;
    return info;
}

QList<sandbox::SandboxInfo> many(int count)
{
    QList<sandbox::SandboxInfo> all;
    for (int i = 0; i < count; ++i)
        all.append(made(u"sb-%1"_s.arg(i)));
    return all;
}

} // namespace

class SandboxModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_host = std::make_unique<engine::EngineHost>(engine::EngineSettings());
        m_model = std::make_unique<SandboxModel>(*m_host);
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
        m_host.reset();
    }

    void comeChangeAndGo()
    {
        tell(many(5));
        QCOMPARE(m_model->rowCount(), 5);
        tell({made(u"sb-2"_s, sandbox::State::Stopped)});
        QCOMPARE(shown(2, SandboxModel::StateColumn), u"stopped"_s);
        tell({made(u"sb-1"_s, sandbox::State::Deleted), made(u"never"_s, sandbox::State::Deleted)});
        QCOMPARE(m_model->rowCount(), 4);
        QCOMPARE(m_model->rowOf(u"sb-4"_s), 3);
        QCOMPARE(m_model->rowOf(u"sb-1"_s), -1);
        QVERIFY(!m_model->find(u"sb-1"_s));
        QCOMPARE(m_model->counts().running, 3);
    }

    void neighboursAreOneSpan()
    {
        tell(many(1000));
        QSignalSpy spans(m_model.get(), &QAbstractItemModel::dataChanged);
        tell(many(1000));
        QCOMPARE(spans.size(), 1);
        spans.clear();
        tell({made(u"sb-7"_s), made(u"sb-3"_s), made(u"sb-8"_s)});
        QCOMPARE(spans.size(), 2);
    }

    void saysWhatItIs()
    {
        sandbox::SandboxInfo info = made(u"sb-18b9c2d4-7e50"_s);
        info.limits[u"cpus"_s].effective = 2;
        tell({info});
        QCOMPARE(shown(0, SandboxModel::IdColumn), info.id);
        QCOMPARE(shown(0, SandboxModel::AgeColumn), u"12 m"_s);
        QCOMPARE(shown(0, SandboxModel::CpuColumn), QString());
        QVERIFY(!m_model->index(0, SandboxModel::CpuColumn).data(MeterRole).isValid());
    }

    void stateInWords_data()
    {
        QTest::addColumn<sandbox::SandboxInfo>("info");
        QTest::addColumn<QString>("text");
        QTest::addColumn<State>("mark");
        sandbox::SandboxInfo info = made(u"a"_s, sandbox::State::Pending);
        QTest::newRow("pending") << info << u"pending"_s << State::Waiting;
        info.phases = {{u"image"_s, u"success"_s, {}}, {u"layer"_s, u"running"_s, {}}};
        QTest::newRow("starting") << info << u"starting · layer, 2 of 2"_s << State::Waiting;
        info = made(u"a"_s);
        info.autoStopTime = utcNow().addSecs(3600);
        QTest::newRow("running") << info << u"running"_s << State::Running;
        info.autoStopTime = utcNow().addSecs(-5);
        QTest::newRow("deadline") << info << u"running · stops in 0 s"_s << State::Warning;
        info = made(u"a"_s, sandbox::State::Stopped);
        info.reason = u"killed by signal 9"_s;
        info.history = {{{}, u"stopped"_s, u"ended"_s, utcNow()}};
        QTest::newRow("failed") << info << u"failed · killed by signal 9"_s << State::Failed;
        info.history = {{{}, u"stopped"_s, u"stop"_s, utcNow()}};
        info.reason = u"nobody used it for 60 s"_s;
        QTest::newRow("stopped") << info << u"stopped · nobody used it for 60 s"_s
                                 << State::Stopped;
        info.reason.clear();
        QTest::newRow("bare") << info << u"stopped"_s << State::Stopped;
    }

    void stateInWords()
    {
        QFETCH(sandbox::SandboxInfo, info);
        QFETCH(QString, text);
        QFETCH(State, mark);
        const SandboxState state = sandboxState(info, utcNow());
        QCOMPARE(state.text, text);
        QCOMPARE(state.mark, mark);
    }

private:
    void tell(const QList<sandbox::SandboxInfo> &infos) { Q_EMIT m_host->sandboxesChanged(infos); }
    QString shown(int row, int column) const
    {
        return m_model->index(row, column).data().toString();
    }

    std::unique_ptr<engine::EngineHost> m_host;
    std::unique_ptr<SandboxModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_MAIN(SandboxModelTest)
#include "tst_sandboxmodel.moc"
