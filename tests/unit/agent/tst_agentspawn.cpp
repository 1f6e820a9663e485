// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Programs in the real agent: their output, ends, trees and failures.
#include "realagent.h"

#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <unistd.h>

using namespace quarry;
using namespace quarry::agent;

class AgentSpawnTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(m_agent.start()); }
    void outputAndExitCode();
    void signalledProgram();
    void environmentAndFolder();
    void missingProgram();
    void notExecutable();
    void missingFolder();
    void missingInterpreter();
    void inputAndItsEnd();
    void inputNobodyReads();
    void largeArgument();
    void terminal();
    void terminalEnd();
    void backgroundChildHoldsThePipe();
    void backgroundChildMayWriteOn();
    void outputOfASlowSibling();
    void outputOfAStarvedSibling();
    void treeWithSetsidAndDoubleFork();
    void destroyingKillsTheTree();
    void forkFlood();
    void manyAtOnce();
    void noDescriptorOfOurs();
    void signalsAreDefault();
    void resourceLimits();
    void floodLetsOthersThrough();
    void killedKeeper();
    void orphansAreReaped();

private:
    qint64 processes();
    RealAgent m_agent;
};

qint64 AgentSpawnTest::processes()
{
    qint64 count = -1;
    m_agent.client().processes(this, [&count](Result<ProcessList> list) {
        count = 0;
        for (const ProcessInfo &process : list->processes)
            count += process.command.find("quarry-agent") == std::string::npos;
    });
    waitUntil([&count] { return count >= 0; });
    return count;
}

void AgentSpawnTest::outputAndExitCode()
{
    const Run result = shell(m_agent.client(), "echo out; echo err >&2; exit 7");
    QVERIFY(result.status);
    QCOMPARE(result.output, QByteArray("out\n"));
    QCOMPARE(result.errors, QByteArray("err\n"));
    QCOMPARE(result.status->code, 7);
    QVERIFY(result.pid > 1);
    SpawnSpec merged;
    merged.errorsToOutput = true;
    QCOMPARE(shell(m_agent.client(), "echo 1; echo 2 >&2; echo 3", merged).output,
             QByteArray("1\n2\n3\n"));
}

void AgentSpawnTest::signalledProgram()
{
    const Run result = shell(m_agent.client(), "kill -SEGV $$");
    QVERIFY(result.status);
    QCOMPARE(result.status->signal, SIGSEGV);
    QCOMPARE(result.status->shellCode(), 128 + SIGSEGV);
}

void AgentSpawnTest::environmentAndFolder()
{
    SpawnSpec spec;
    spec.environment = {"A=x=y", "HOME"};
    spec.cwd = "/usr";
    QCOMPARE(shell(m_agent.client(), "echo \"$A,${HOME-none},$SHELL\"; pwd", spec).output,
             QByteArray("x=y,none,/bin/bash\n/usr\n"));
    QCOMPARE(shell(m_agent.client(), "pwd").output, QByteArray("/tmp\n"));
}

void AgentSpawnTest::missingProgram()
{
    for (const QByteArray name : {"no-such-program", "/no/such/program"}) {
        const Run result = run(m_agent.client(), {name});
        QVERIFY(result.error);
        QVERIFY(result.error->code == ErrorCode::CommandFailed);
        QCOMPARE(result.error->details.value(QLatin1String("exit_code")).toInt(), 127);
        QVERIFY(result.error->message.contains(QString::fromUtf8(name)));
    }
}

void AgentSpawnTest::notExecutable()
{
    const Run result = run(m_agent.client(), {"/etc/passwd"});
    QVERIFY(result.error);
    QCOMPARE(result.error->details.value(QLatin1String("exit_code")).toInt(), 126);
}

void AgentSpawnTest::missingFolder()
{
    SpawnSpec spec;
    spec.cwd = "/no/such/folder";
    const Run result = shell(m_agent.client(), "true", spec);
    QVERIFY(result.error);
    QCOMPARE(result.error->details.value(QLatin1String("exit_code")).toInt(), 126);
    QVERIFY(result.error->message.contains(QLatin1String("/no/such/folder")));
}

void AgentSpawnTest::missingInterpreter()
{
    shell(m_agent.client(),
          "printf '#!/no/such/sh\\n' >/tmp/agent-script; chmod +x /tmp/agent-script");
    const Run result = run(m_agent.client(), {"/tmp/agent-script"});
    shell(m_agent.client(), "rm /tmp/agent-script");
    QVERIFY(result.error);
    QCOMPARE(result.error->details.value(QLatin1String("exit_code")).toInt(), 126);
    QVERIFY(result.error->message.contains(QLatin1String("interpreter")));
}

void AgentSpawnTest::inputAndItsEnd()
{
    SpawnSpec spec;
    spec.arguments = {"/usr/bin/sha1sum"};
    spec.input = true;
    AgentProcess *process = m_agent.client().spawn(spec);
    const auto result = follow(process);
    for (int i = 0; i < 300; ++i) // more than all windows and pipes hold
        process->write(QByteArray(10'000, 'x'));
    process->closeInput();
    QVERIFY(waitUntil([&result] { return result->over(); }));
    QCOMPARE(result->output, QByteArray("f252737c4c71dd6abe2f3c1e267ef94b76a5db7f  -\n"));
    delete process;
}

void AgentSpawnTest::inputNobodyReads()
{
    SpawnSpec spec;
    spec.arguments = {"/bin/sh", "-c", "exec <&-; read -r x </dev/null; echo done"};
    spec.input = true;
    AgentProcess *process = m_agent.client().spawn(spec);
    const auto result = follow(process);
    for (int i = 0; i < 100; ++i)
        process->write(QByteArray(10'000, 'x'));
    QVERIFY(waitUntil([&result] { return result->over(); }));
    QCOMPARE(result->output, QByteArray("done\n"));
    delete process;
}

void AgentSpawnTest::largeArgument()
{
    const QByteArray script = "printf %s " + QByteArray(120'000, 'y') + " | wc -c";
    QCOMPARE(shell(m_agent.client(), script).output.trimmed(), QByteArray("120000"));
    const Run tooLong = shell(m_agent.client(), QByteArray(200'000, ' '));
    QVERIFY(tooLong.error); // the kernel's own limit of one argument
    QVERIFY(run(m_agent.client(), {QByteArray(5 << 20, 'z')}).error->code
            == ErrorCode::LimitExceeded);
}

void AgentSpawnTest::terminal()
{
    SpawnSpec spec;
    spec.terminal = true;
    spec.columns = 99;
    spec.rows = 33;
    const Run result = shell(m_agent.client(), "tty; stty size; echo last", spec);
    QVERIFY(result.status);
    QVERIFY2(result.output.contains("33 99\r\n"), result.output.constData());
    QVERIFY(result.output.endsWith("last\r\n"));
    spec.arguments = {"/bin/sh", "-c", "read x; stty size; echo got $x"};
    AgentProcess *process = m_agent.client().spawn(spec);
    const auto read = follow(process);
    process->resize(120, 40);
    process->write("word\n");
    QVERIFY(waitUntil([&read] { return read->over(); }));
    QVERIFY2(read->output.contains("40 120\r\ngot word\r\n"), read->output.constData());
    delete process;
}

void AgentSpawnTest::terminalEnd()
{
    SpawnSpec spec;
    spec.terminal = true;
    spec.arguments = {"/bin/cat"};
    AgentProcess *process = m_agent.client().spawn(spec);
    const auto result = follow(process);
    process->write("text\n");
    process->closeInput();
    QVERIFY(waitUntil([&result] { return result->over(); }));
    QCOMPARE(result->status->code, 0);
    delete process;
}

void AgentSpawnTest::backgroundChildHoldsThePipe()
{
    const Run result = shell(m_agent.client(), "sleep 1000 & echo hi");
    QVERIFY(result.status);
    QCOMPARE(result.output, QByteArray("hi\n"));
    QVERIFY(shell(m_agent.client(), "pgrep -x sleep").status->code == 0); // it lives on
    shell(m_agent.client(), "pkill -x sleep");
}

void AgentSpawnTest::backgroundChildMayWriteOn()
{
    const QByteArray line = "rm -f /tmp/agent-go /tmp/agent-done; "
                            "(while [ ! -e /tmp/agent-go ]; do sleep 0.01; done; yes | head -c "
                            "300000; echo $? >/tmp/agent-done) & echo hi";
    QCOMPARE(shell(m_agent.client(), line).output, QByteArray("hi\n"));
    shell(m_agent.client(),
          "touch /tmp/agent-go; while [ ! -e /tmp/agent-done ]; do sleep 0.01; done");
    QCOMPARE(
        shell(m_agent.client(), "cat /tmp/agent-done; rm -f /tmp/agent-go /tmp/agent-done").output,
        QByteArray("0\n"));
}

void AgentSpawnTest::outputOfASlowSibling()
{
    for (int i = 0; i < 20; ++i) {
        const Run result = run(m_agent.client(), {"/bin/bash", "-c", "echo through > >(cat)"});
        QCOMPARE(result.output, QByteArray("through\n"));
    }
}

void AgentSpawnTest::outputOfAStarvedSibling()
{
    // One processor shared by many sessions, each of which has it for some milliseconds in turn.
    shell(m_agent.client(),
          "for i in $(seq 120); do setsid taskset -c 0 sh -c 'while :; do :; done' burner "
          ">/dev/null 2>&1 & done");
    for (int i = 0; i < 3; ++i) {
        const Run result
            = run(m_agent.client(),
                  {"/bin/bash", "-c", "echo through > >(exec setsid taskset -c 0 cat)"});
        QCOMPARE(result.output, QByteArray("through\n"));
    }
    shell(m_agent.client(), "pkill -9 -f burner");
}

void AgentSpawnTest::treeWithSetsidAndDoubleFork()
{
    SpawnSpec spec;
    spec.arguments = {"/bin/sh", "-c",
                      "setsid sleep 1001 & (setsid env -i sh -c 'sleep 1002 & sleep 1003' &) ; "
                      "trap '' TERM; echo up; sleep 1004; sleep 1005"};
    AgentProcess *process = m_agent.client().spawn(spec);
    const auto result = follow(process);
    QVERIFY(waitUntil([&result] { return result->output == "up\n"; }));
    QVERIFY(
        waitUntil([this] { return shell(m_agent.client(), "pgrep -c -x sleep").output == "4\n"; }));
    process->kill();
    QVERIFY(waitUntil([&result] { return result->over(); }));
    QCOMPARE(result->status->signal, SIGKILL);
    QVERIFY(
        waitUntil([this] { return shell(m_agent.client(), "pgrep -c -x sleep").output == "0\n"; }));
    delete process;
}

void AgentSpawnTest::destroyingKillsTheTree()
{
    SpawnSpec spec;
    spec.arguments = {"/bin/sh", "-c", "setsid sleep 1000 & echo up; sleep 1000"};
    AgentProcess *process = m_agent.client().spawn(spec);
    const auto result = follow(process);
    QVERIFY(waitUntil([&result] { return result->output == "up\n"; }));
    delete process;
    QVERIFY(
        waitUntil([this] { return shell(m_agent.client(), "pgrep -c -x sleep").output == "0\n"; }));
}

void AgentSpawnTest::forkFlood()
{
    SpawnSpec spec;
    // Bounded, so that the machine of the test lives on: every fork past it fails.
    spec.limits = {{RLIMIT_NPROC, 400, 400}};
    spec.uid = 65533;
    spec.gid = 65533;
    spec.arguments = {"/bin/bash", "-c", "f() { f | f & }; f; f; echo up; while :; do (:) & done"};
    if (geteuid() != 0)
        QSKIP("another uid is needed, so root");
    AgentProcess *process = m_agent.client().spawn(spec);
    const auto result = follow(process);
    QVERIFY(waitUntil([&result] { return !result->errors.isEmpty() || result->over(); }));
    QCOMPARE(shell(m_agent.client(), "echo alive").output, QByteArray("alive\n"));
    process->kill();
    QVERIFY(waitUntil([&result] { return result->over(); }));
    delete process;
    QVERIFY(
        waitUntil([this] { return shell(m_agent.client(), "pgrep -c -u 65533").output == "0\n"; }));
}

void AgentSpawnTest::manyAtOnce()
{
    std::vector<std::unique_ptr<Run>> runs;
    for (int i = 0; i < 64; ++i) {
        SpawnSpec spec;
        spec.arguments = {"/bin/sh", "-c",
                          "echo " + QByteArray::number(i) + "; exit " + QByteArray::number(i)};
        runs.push_back(follow(m_agent.client().spawn(spec)));
    }
    QVERIFY(waitUntil([&runs] {
        return std::all_of(runs.begin(), runs.end(), [](const auto &run) { return run->over(); });
    }));
    for (int i = 0; i < 64; ++i) {
        QCOMPARE(runs[std::size_t(i)]->output, QByteArray::number(i) + '\n');
        QCOMPARE(runs[std::size_t(i)]->status->code, i);
    }
}

void AgentSpawnTest::noDescriptorOfOurs()
{
    QCOMPARE(shell(m_agent.client(), "ls /proc/self/fd | tr '\\n' ' '").output,
             QByteArray("0 1 2 3 ")); // 3 is ls's own
    QVERIFY(shell(m_agent.client(), "cat /proc/self/oom_score_adj").output.toInt() >= 500);
}

void AgentSpawnTest::signalsAreDefault()
{
    const Run result
        = run(m_agent.client(), {"/bin/grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status"});
    QCOMPARE(result.output, QByteArray("SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n"));
}

void AgentSpawnTest::resourceLimits()
{
    SpawnSpec spec;
    spec.limits = {{RLIMIT_NOFILE, 50, 60}};
    QCOMPARE(shell(m_agent.client(), "ulimit -Sn; ulimit -Hn", spec).output,
             QByteArray("50\n60\n"));
}

void AgentSpawnTest::floodLetsOthersThrough()
{
    SpawnSpec spec;
    spec.arguments = {"/usr/bin/yes"};
    AgentProcess *flood = m_agent.client().spawn(spec);
    qint64 bytes = 0;
    connect(flood, &AgentProcess::output, this,
            [flood, &bytes](AgentProcess::Channel, const QByteArray &data) {
                bytes += data.size();
                flood->consume(data.size());
            });
    QVERIFY(waitUntil([&bytes] { return bytes > 10'000'000; }));
    const qint64 before = bytes;
    QCOMPARE(shell(m_agent.client(), "echo small").output, QByteArray("small\n"));
    QVERIFY(bytes > before); // it went on meanwhile
    delete flood;
    // Who does not consume gets a window and no more.
    AgentProcess *stuck = m_agent.client().spawn(spec);
    qint64 arrived = 0;
    connect(stuck, &AgentProcess::output, this,
            [&arrived](AgentProcess::Channel, const QByteArray &data) { arrived += data.size(); });
    QVERIFY(waitUntil([&arrived] { return arrived == streamWindow; }));
    QCOMPARE(shell(m_agent.client(), "echo small").output, QByteArray("small\n"));
    QCOMPARE(arrived, qint64(streamWindow));
    delete stuck;
}

void AgentSpawnTest::killedKeeper()
{
    // At once, perhaps before the keeper has told of the start, and after a moment; sometimes its
    // own end comes together with the keeper's.
    for (const QByteArray pause : {"", "sleep 0.02; "}) {
        for (int i = 0; i < 30; ++i) {
            const Run result
                = shell(m_agent.client(), "kill -KILL $PPID; " + pause + "echo on; exit 3");
            QVERIFY(result.status);
            QVERIFY(result.pid > 1);
            QCOMPARE(result.output, QByteArray("on\n"));
            QCOMPARE(result.status->code, 3);
        }
    }
}

void AgentSpawnTest::orphansAreReaped()
{
    shell(m_agent.client(), "for i in 1 2 3 4 5; do (setsid sh -c true &) ; done");
    QVERIFY(waitUntil([this] { return processes() == 0; }));
}

QTEST_GUILESS_MAIN(AgentSpawnTest)
#include "tst_agentspawn.moc"
