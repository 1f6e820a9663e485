// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Time, silence, size, order, and the end of sessions.
#include "sessionbench.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace quarry;
using namespace quarry::sandbox;
using quarry::test::AgentBench;
using quarry::test::SessionBench;

class TestSessionLimits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void timeoutsLeaveItUsable_data();
    void timeoutsLeaveItUsable();
    void timeoutKeepsWhatWasPrinted();
    void timeoutEndsTheList();
    void timeoutTakesTheWholeJob();
    void timeoutSparesBackgroundJobs();
    void timeoutWhileReadingTheCommand();
    void shellThatCannotBeInterrupted();
    void silenceLimit();
    void callsQueueInOrder();
    void queuedCallTimesOut();
    void cancelledCalls();
    void shellEnds_data();
    void shellEnds();
    void closeWhileRunning();
    void closeHangsUp();
    void closeTwice();
    void refusesBadCalls();
    void startupFiles();
    void startupFails();
    void unknownUser();
    void otherUser();
    void largeOutputIsWhole();
    void hugeOutputIsCut();
    void recordingIsAsciicast();
    void rawOutputIsTold();
    void agentGone();

private:
    QByteArray folder() const { return m_agent->path(QStringLiteral(".")).toUtf8(); }
    bool waitForFile(const QString &name) const;
    std::unique_ptr<AgentBench> m_agent;
};

void TestSessionLimits::initTestCase()
{
    m_agent = std::make_unique<AgentBench>();
    QVERIFY(m_agent->ready());
}

bool TestSessionLimits::waitForFile(const QString &name) const
{
    return QTest::qWaitFor([&] { return !m_agent->file(name).isEmpty(); }, 10000);
}

void TestSessionLimits::timeoutsLeaveItUsable_data()
{
    QTest::addColumn<QByteArray>("command");
    for (const char *command : {"sleep 100",
                                "cat",
                                "read x",
                                "read -r -s -p 'Password: ' x",
                                "while :; do :; done",
                                "wait $$ || sleep 100",
                                "yes endless",
                                "bash",
                                "sh",
                                "bash -c 'trap \"\" INT TERM; sleep 100'",
                                "sleep 100 | sleep 100",
                                "x=$(sleep 100)",
                                "(trap '' INT; sleep 100)",
                                "f() { sleep 100; }; f",
                                "suspend",
                                "exec 3< <(sleep 1); sleep 100",
                                "python3 -c 'import tty,time; tty.setraw(0); time.sleep(100)'",
                                "python3 -c 'input()'",
                                "for i in 1 2 3; do sleep 100; done",
                                "trap 'echo caught' INT; sleep 100",
                                "trap '' INT; sleep 100"})
        QTest::addRow("%s", command) << QByteArray(command);
}

void TestSessionLimits::timeoutsLeaveItUsable()
{
    QFETCH(QByteArray, command);
    SessionBench session(*m_agent);
    const QByteArray shell = session.run("echo $$")->output.join();
    const auto result = session.run(command, 0.4);
    QVERIFY(result.ok());
    QVERIFY(result->timedOut);
    QVERIFY2(result->failureReason.contains(QStringLiteral("timed out")),
             qPrintable(result->failureReason));
    QCOMPARE(session.usable(), QString());
    QCOMPARE(session.run("echo $$")->output.join(), shell);
}

void TestSessionLimits::timeoutKeepsWhatWasPrinted()
{
    SessionBench session(*m_agent);
    const auto result = session.run("echo BEFORE; sleep 100; echo AFTER", 0.5);
    QVERIFY(result->output.join().startsWith("BEFORE"));
    QVERIFY(!result->output.join().contains("AFTER"));
    QCOMPARE(session.run("echo $?")->output.join(), QByteArray("130"));
}

void TestSessionLimits::timeoutEndsTheList()
{
    SessionBench session(*m_agent);
    session.prepare("sleep 100; touch rest1", 0.3);
    session.prepare("for i in 1 2 3; do sleep 100; touch rest2; done", 0.3);
    session.prepare("python3 -c 'import signal,time; signal.signal(2, signal.SIG_IGN); "
                    "time.sleep(100)'; touch rest3",
                    0.5);
    QCOMPARE(session.usable(), QString());
    QCOMPARE(session.run("ls rest* 2>/dev/null")->output.join(), QByteArray());
}

void TestSessionLimits::timeoutTakesTheWholeJob()
{
    SessionBench session(*m_agent);
    const QByteArray tag = "3117" + QByteArray::number(QCoreApplication::applicationPid());
    session.prepare("bash -c '(trap \"\" INT HUP; sleep " + tag + ") & timeout 90 sleep " + tag
                        + "; sleep " + tag + "'",
                    0.5);
    const auto left = session.run("pgrep -f 'sleep " + tag + "' -a | grep -v pgrep");
    QCOMPARE(left->output.join(), QByteArray());
}

void TestSessionLimits::timeoutSparesBackgroundJobs()
{
    SessionBench session(*m_agent);
    session.prepare("sleep 50 & job=$!");
    session.prepare("sleep 100", 0.3);
    session.prepare("while :; do :; done", 0.3);
    QCOMPARE(session.run("kill -0 $job && echo alive; kill $job")->output.join().left(5),
             QByteArray("alive"));
}

void TestSessionLimits::timeoutWhileReadingTheCommand()
{
    SessionBench session(*m_agent);
    QByteArray command = "touch began\n";
    for (int i = 0; i < 150'000; ++i)
        command += "echo 'line " + QByteArray::number(i) + "'\n";
    command += "touch rest4\n";
    const auto result = session.run(command, 0.05);
    QVERIFY(result.ok());
    QVERIFY(result->timedOut);
    QCOMPARE(session.usable(), QString());
    QCOMPARE(session.run("ls rest4 2>/dev/null")->output.join(), QByteArray());
}

void TestSessionLimits::shellThatCannotBeInterrupted()
{
    SessionBench session(*m_agent);
    const auto result = session.run("trap '' INT; while :; do :; done", 0.3);
    QVERIFY(result.ok());
    QVERIFY(result->timedOut);
    QVERIFY(result->sessionEnded);
    QVERIFY(session.session().ended());
}

void TestSessionLimits::silenceLimit()
{
    SessionBench session(*m_agent);
    RunSpec spec;
    spec.command = "for i in 1 2 3 4 5 6; do echo $i; sleep 0.2; done; sleep 100";
    spec.noOutputSeconds = 0.8;
    const auto result = session.run(spec);
    QVERIFY(result->timedOut);
    QCOMPARE(result->output.join(), QByteArray("1\n2\n3\n4\n5\n6"));
    QVERIFY(result->failureReason.contains(QStringLiteral("printed nothing")));
    QCOMPARE(session.usable(), QString());
}

void TestSessionLimits::callsQueueInOrder()
{
    SessionBench session(*m_agent);
    QList<int> order;
    QList<QByteArray> outputs;
    for (int i = 0; i < 8; ++i) {
        RunSpec spec;
        spec.command
            = "sleep 0.0" + QByteArray::number(8 - i) + "; echo call" + QByteArray::number(i);
        session.session().run(spec, [&, i](Result<RunResult> result) {
            order.append(i);
            outputs.append(result ? result->output.join() : QByteArray());
        });
    }
    QVERIFY(order.isEmpty());
    QVERIFY(session.session().busy());
    QVERIFY(QTest::qWaitFor([&] { return order.size() == 8; }, 20000));
    QCOMPARE(order, (QList<int>{0, 1, 2, 3, 4, 5, 6, 7}));
    for (int i = 0; i < 8; ++i)
        QCOMPARE(outputs[i], "call" + QByteArray::number(i));
    QVERIFY(!session.session().busy());
}

void TestSessionLimits::queuedCallTimesOut()
{
    SessionBench session(*m_agent);
    RunSpec slow;
    slow.command = "sleep 1; echo slow";
    QByteArray first;
    session.session().run(slow, [&](Result<RunResult> result) { first = result->output.join(); });
    const auto second = session.run("touch queued-ran", 0.2);
    QVERIFY(second->timedOut);
    QVERIFY(first.isEmpty());
    QVERIFY(QTest::qWaitFor([&] { return !first.isEmpty(); }, 10000));
    QCOMPARE(session.run("ls queued-ran 2>/dev/null")->output.join(), QByteArray());
}

void TestSessionLimits::cancelledCalls()
{
    SessionBench session(*m_agent);
    QList<ErrorCode> errors;
    const auto note = [&errors](Result<RunResult> result) {
        errors.append(result ? ErrorCode::Internal : result.error().code);
    };
    RunSpec spec;
    spec.command = "sleep 0.5; echo x > cancelled-one";
    const quint64 running = session.session().run(spec, note);
    spec.command = "echo x > cancelled-two";
    const quint64 waiting = session.session().run(spec, note);
    session.session().cancel(waiting, false);
    session.session().cancel(running, false);
    QVERIFY(errors.isEmpty());
    QCOMPARE(session.usable(), QString());
    QCOMPARE(errors.size(), 2);
    QVERIFY(errors[0] == ErrorCode::Cancelled && errors[1] == ErrorCode::Cancelled);
    QCOMPARE(m_agent->file(QStringLiteral("cancelled-one")), QByteArray("x\n"));
    QVERIFY(!QFile::exists(m_agent->path(QStringLiteral("cancelled-two"))));

    spec.command = "sleep 100";
    const quint64 interrupted = session.session().run(spec, note);
    session.session().cancel(interrupted, true);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(session.usable(), QString());
    QVERIFY(timer.elapsed() < 30000);
}

void TestSessionLimits::shellEnds_data()
{
    QTest::addColumn<QByteArray>("command");
    QTest::addColumn<int>("code");
    QTest::newRow("exit") << QByteArray("echo out; exit") << 0;
    QTest::newRow("exit 5") << QByteArray("echo out; exit 5") << 5;
    QTest::newRow("killed") << QByteArray("echo out; kill -9 $$") << 137;
    QTest::newRow("set -e") << QByteArray("echo out; set -e; false; echo no") << 1;
    QTest::newRow("exec") << QByteArray("echo out; exec bash -c 'exit 3'") << 3;
    QTest::newRow("sourced") << QByteArray("echo 'exit 9' > ends.sh; echo out; . ./ends.sh") << 9;
    QTest::newRow("exit trap") << QByteArray("trap 'echo bye' EXIT; echo out; exit 4") << 4;
    QTest::newRow("much output") << QByteArray("echo out; seq 300000; exit 6") << 6;
}

void TestSessionLimits::shellEnds()
{
    QFETCH(QByteArray, command);
    QFETCH(int, code);
    SessionBench session(*m_agent);
    QSignalSpy ended(&session.session(), &BashSession::sessionEnded);
    const auto result = session.run(command);
    QVERIFY(result.ok());
    QVERIFY(result->sessionEnded);
    QCOMPARE(result->exitCode, code);
    QVERIFY(!result->failureReason.isEmpty());
    QVERIFY2(result->output.join().startsWith("out"), result->output.join().left(200));
    QVERIFY(!command.contains("seq") || result->output.join().contains("\n300000"));
    QVERIFY(!command.contains("trap") || result->output.join().contains("bye"));
    QTRY_COMPARE(ended.count(), 1);
    QVERIFY(session.session().ended());
    const auto again = session.run("echo x");
    QVERIFY(!again.ok());
    QVERIFY(again.error().code == ErrorCode::WrongState);
    QVERIFY(session.close());
}

void TestSessionLimits::closeWhileRunning()
{
    SessionBench session(*m_agent);
    QStringList errors;
    const auto note = [&errors](Result<RunResult> result) {
        errors.append(result ? QStringLiteral("none")
                             : toString(result.error().code) + u' ' + result.error().message);
    };
    RunSpec spec;
    spec.command = "echo began; sleep 40";
    session.session().run(spec, note);
    session.session().run(spec, note);
    QSignalSpy shown(&session.session(), &BashSession::rawOutputArrived);
    QTRY_VERIFY(!shown.isEmpty());
    QVERIFY(session.close());
    QTRY_COMPARE(errors.size(), 2);
    QVERIFY2(errors[0].startsWith(QStringLiteral("wrong_state")), qPrintable(errors[0]));
    QVERIFY2(errors[1].startsWith(QStringLiteral("wrong_state")), qPrintable(errors[1]));
    QVERIFY(session.session().ended());
}

void TestSessionLimits::closeHangsUp()
{
    SessionBench session(*m_agent);
    session.prepare(
        "sleep 71 & echo $! > pid-plain; nohup sleep 72 >/dev/null 2>&1 & echo $! > pid-nohup\n"
        "setsid sleep 73 & bash -c 'trap \"echo x > hung-up\" HUP; sleep 0.2; sleep 74' & echo $! "
        "> pid-trap; sleep 0.3; pgrep -f '^sleep 73$' | tail -1 > pid-setsid");
    QVERIFY(session.close());
    const auto alive = [this](const char *name) {
        const QByteArray pid = m_agent->file(QLatin1String(name)).trimmed();
        QFile arguments(QStringLiteral("/proc/%1/cmdline").arg(QLatin1String(pid)));
        return arguments.open(QIODevice::ReadOnly)
            && !arguments.readAll().isEmpty(); // a zombie has none
    };
    QVERIFY(!alive("pid-plain"));
    QVERIFY(!alive("pid-trap"));
    QVERIFY(alive("pid-nohup"));
    QVERIFY(alive("pid-setsid"));
    QCOMPARE(m_agent->file(QStringLiteral("hung-up")), QByteArray("x\n"));
    for (const char *name : {"pid-nohup", "pid-setsid"})
        ::kill(m_agent->file(QLatin1String(name)).trimmed().toInt(), SIGKILL);
}

void TestSessionLimits::closeTwice()
{
    SessionBench session(*m_agent);
    int closed = 0;
    session.session().close([&](Result<void>) { ++closed; });
    session.session().close([&](Result<void>) { ++closed; });
    QCOMPARE(closed, 0);
    QTRY_COMPARE(closed, 2);
    QVERIFY(session.close());
}

void TestSessionLimits::refusesBadCalls()
{
    SessionBench session(*m_agent);
    const auto nul = session.run(QByteArray("echo a\0b", 8));
    QVERIFY(!nul.ok());
    QVERIFY(nul.error().code == ErrorCode::InvalidArgument);
    RunSpec spec;
    spec.command = "true";
    spec.expect = {QStringLiteral("("), QStringLiteral("b")};
    const auto expression = session.run(spec);
    QVERIFY(!expression.ok());
    QVERIFY(expression.error().code == ErrorCode::InvalidArgument);
    QVERIFY(expression.error().message.contains(u'('));
    QCOMPARE(session.usable(), QString());
}

void TestSessionLimits::startupFiles()
{
    m_agent->write(QStringLiteral("a.sh"),
                   "export SRC=one\nsrcfn() { echo fn-$SRC; }\necho sourced\n");
    m_agent->write(QStringLiteral("b 'c.sh"), "sleep 0.5\nTWO=2\n");
    SessionSpec spec;
    spec.startupSource = {m_agent->path(QStringLiteral("a.sh")), QStringLiteral("b 'c.sh"),
                          QStringLiteral("/nonexistent/file.sh")};
    spec.env = {{QStringLiteral("ZED"), QStringLiteral("z=1")}};
    spec.startupSeconds = 0.1;
    SessionBench session(*m_agent, spec);
    QVERIFY(session.started().ok());
    QVERIFY(session.started()->startsWith("sourced"));
    QVERIFY2(session.started()->contains("/nonexistent/file.sh"), *session.started());
    QCOMPARE(session.run("srcfn; echo $TWO; bash -c 'echo $ZED'")->output.join(),
             QByteArray("fn-one\n2\nz=1"));
}

void TestSessionLimits::startupFails()
{
    m_agent->write(QStringLiteral("exits.sh"), "echo last words\nexit 5\n");
    SessionSpec spec;
    spec.startupSource = {m_agent->path(QStringLiteral("exits.sh"))};
    SessionBench session(*m_agent, spec);
    QVERIFY(!session.started().ok());
    QVERIFY(session.session().ended());
    QVERIFY(session.started().error().message.contains(u'5'));
}

void TestSessionLimits::unknownUser()
{
    SessionSpec spec;
    spec.user = QStringLiteral("nobody-of-that-name");
    SessionBench session(*m_agent, spec);
    QVERIFY(!session.started().ok());
    QVERIFY2(session.started().error().message.contains(spec.user),
             qPrintable(session.started().error().message));
}

void TestSessionLimits::otherUser()
{
    if (::getuid() != 0)
        QSKIP("only root can run a session as another user");
    SessionSpec spec;
    spec.user = QStringLiteral("nobody");
    spec.cwd = QStringLiteral("/");
    SessionBench session(*m_agent, spec);
    QVERIFY2(session.started().ok(),
             session.started().ok() ? "" : qPrintable(session.started().error().message));
    QCOMPARE(session.run("id -un; echo $USER; (exit 3)")->output.join(),
             QByteArray("nobody\nnobody"));
    session.prepare("sleep 100", 0.2);
    QCOMPARE(session.usable(), QString());
    session.prepare("exec bash");
    QCOMPARE(session.usable(), QString());
    QVERIFY(session.run("echo x )")->syntaxError);
}

void TestSessionLimits::largeOutputIsWhole()
{
    SessionBench session(*m_agent);
    const auto result = session.run("seq 1000000 | head -c 5000000");
    QCOMPARE(result->output.join().size(), 5'000'000);
    QVERIFY(result->output.join().startsWith("1\n2\n3\n"));
}

void TestSessionLimits::hugeOutputIsCut()
{
    SessionSpec spec;
    spec.outputMax = 1 << 20;
    SessionBench session(*m_agent, spec);
    const auto result = session.run(
        "echo HEAD; head -c 40000000 /dev/zero | tr '\\0' h; echo; echo TAIL; (exit 3)", 60);
    QVERIFY(result->output.join().size() <= (1 << 20) + 64);
    QVERIFY(result->output.join().startsWith("HEAD\nhhh"));
    QVERIFY(result->output.join().endsWith("hhh\nTAIL"));
    QVERIFY(result->output.join().contains(" bytes cut \xe2\x80\xa6]\n"));
    QCOMPARE(result->exitCode, 3);
    QCOMPARE(session.usable(), QString());
}

void TestSessionLimits::recordingIsAsciicast()
{
    SessionSpec spec;
    spec.recordingFile = m_agent->path(QStringLiteral("session.cast"));
    {
        SessionBench session(*m_agent, spec);
        session.prepare("echo recorded; printf '\\033[1mx\\377\\n'");
        session.session().resize(50, 100);
    }
    QVERIFY(QTest::qWaitFor(
        [&] { return m_agent->file(QStringLiteral("session.cast")).contains("100x50"); }, 10000));
    const QList<QByteArray> rows
        = m_agent->file(QStringLiteral("session.cast")).trimmed().split('\n');
    QCOMPARE(QJsonDocument::fromJson(rows[0]).object().value(QStringLiteral("version")).toInt(), 2);
    QString all;
    for (const QByteArray &row : rows.mid(1)) {
        const QJsonArray event = QJsonDocument::fromJson(row).array();
        QCOMPARE(event.size(), 3);
        all += event[2].toString();
    }
    QVERIFY2(all.contains(QStringLiteral("recorded\r\n\x1b[1mx\uFFFD")), qPrintable(all));
    QVERIFY(!all.contains(QStringLiteral("\x1b_")));
}

void TestSessionLimits::rawOutputIsTold()
{
    SessionBench session(*m_agent);
    QByteArray raw;
    QObject::connect(&session.session(), &BashSession::rawOutputArrived, this,
                     [&](const QByteArray &bytes) { raw += bytes; });
    session.prepare("printf '\\033[1mbold\\n'");
    QVERIFY2(raw.contains("\x1b[1mbold\r\n"), raw);
    QVERIFY(!raw.contains("\x1b_"));
    session.session().write("typed\r");
    QCOMPARE(session.run("read -t 1 x; echo got-$x")->output.join(), QByteArray("got-"));
}

void TestSessionLimits::agentGone()
{
    auto agent = std::make_unique<AgentBench>();
    SessionBench session(*agent);
    const QByteArray pipe
        = session.run("readlink /proc/$$/fd/* | grep -m1 /.session-")->output.join();
    QVERIFY(pipe.contains("/.session-"));
    QStringList errors;
    RunSpec spec;
    spec.command = "kill -9 $PPID; sleep 100";
    session.session().run(spec, [&](Result<RunResult> result) {
        errors.append(result ? QStringLiteral("none") : toString(result.error().code));
    });
    QTRY_COMPARE_WITH_TIMEOUT(errors.size(), 1, 10000);
    QCOMPARE(errors[0], QStringLiteral("connection_lost"));
    QVERIFY(session.session().ended());
    // In a sandbox this goes with the sandbox.
    QVERIFY(QDir(QFileInfo(QString::fromUtf8(pipe)).path()).removeRecursively());
}

QTEST_GUILESS_MAIN(TestSessionLimits)
#include "tst_sessionlimits.moc"
