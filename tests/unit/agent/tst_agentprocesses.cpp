// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The processes that the real agent lists, hostile ones too, and what signals do to them.
#include "agent/inside/processes/usernames.h"
#include "realagent.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <unistd.h>

using namespace quarry;
using namespace quarry::agent;

namespace {

// What has CALL been answered with, its error too?
template <typename T, typename Ask>
Result<T> answerOf(Ask ask)
{
    std::optional<Result<T>> answer;
    ask([&answer](Result<T> result) { answer = std::move(result); });
    if (!waitUntil([&answer] { return answer.has_value(); }))
        return Error{ErrorCode::Timeout, QStringLiteral("no answer"), {}};
    return *answer;
}

} // namespace

class AgentProcessesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(m_agent.start()); }
    void cleanup();
    void saysWhatTheyAre();
    void hostileNames();
    void zombie();
    void longerThanAFrame();
    void userNamesOfAHostileFile();
    void signalOne();
    void signalTree();
    void pidUsedAgain();
    void endedProcess();
    void carriersOfTheSandbox();

private:
    // Runs LINE in a shell until it is killed.
    std::unique_ptr<Run> background(const QByteArray &line);
    ProcessList list();
    // The process whose command line has TEXT in it, once there is one.
    std::optional<ProcessInfo> find(const std::string &text, char state = 0);
    Result<void> send(const ProcessInfo &process, int signal, bool tree = false);

    QTemporaryDir m_folder;
    RealAgent m_agent;
    std::vector<AgentProcess *> m_started;
};

std::unique_ptr<Run> AgentProcessesTest::background(const QByteArray &line)
{
    AgentProcess *process = m_agent.client().spawn({{"/bin/bash", "-c", line}});
    m_started.push_back(process);
    return follow(process);
}

void AgentProcessesTest::cleanup()
{
    for (AgentProcess *process : std::exchange(m_started, {}))
        delete process;
}

ProcessList AgentProcessesTest::list()
{
    const Result<ProcessList> all = answerOf<ProcessList>(
        [this](const auto &done) { m_agent.client().processes(this, done); });
    return all ? *all : ProcessList();
}

// Once it has come to STATE, when that is given: a program that has just begun still runs.
std::optional<ProcessInfo> AgentProcessesTest::find(const std::string &text, char state)
{
    std::optional<ProcessInfo> found;
    const bool came = waitUntil([&] {
        for (const ProcessInfo &process : list().processes) {
            if (process.command.find(text) != std::string::npos && process.name != "bash"
                && (state == 0 || process.state == state))
                found = process;
        }
        return found.has_value();
    });
    return came ? found : std::nullopt;
}

Result<void> AgentProcessesTest::send(const ProcessInfo &process, int signal, bool tree)
{
    const SignalRequest request{process.pid, process.startedMicroseconds, std::uint8_t(signal),
                                tree};
    return answerOf<void>(
        [&](const auto &done) { m_agent.client().signalProcess(request, this, done); });
}

void AgentProcessesTest::saysWhatTheyAre()
{
    const auto run = background("sleep 1001");
    const auto sleep = find("1001", 'S');
    QVERIFY(sleep);
    QCOMPARE(sleep->name, std::string("sleep"));
    QCOMPARE(sleep->command, std::string("sleep\0001001\0", 11));
    QCOMPARE(sleep->uid, getuid());
    QCOMPARE(sleep->user, userNames()[getuid()]);
    QVERIFY(sleep->parent > 1);
    const ProcessList all = list();
    QVERIFY(all.total >= 3);
    QVERIFY(sleep->startedMicroseconds > 0);
    QVERIFY(sleep->startedMicroseconds <= all.nowMicroseconds);
    QVERIFY(std::is_sorted(all.processes.begin(), all.processes.end(),
                           [](const auto &a, const auto &b) { return a.pid < b.pid; }));
    QCOMPARE(all.processes.front().name, std::string("quarry-agent"));
    QVERIFY(m_agent.client().capabilities() & CapabilityProcesses);
}

void AgentProcessesTest::hostileNames()
{
    // A name may hold what separates the fields of /proc/PID/stat, line breaks and broken UTF-8.
    const auto run = background("cd " + m_folder.path().toUtf8()
                                + " && cp $(command -v sleep) $'a) R 1\\n\\xff)(' && exec -a"
                                  " $'\\e[31m\\xc3\\x28' ./$'a) R 1\\n\\xff)(' 1002");
    const auto found = find("1002", 'S');
    QVERIFY(found);
    QCOMPARE(found->name, std::string("a) R 1\n\xff)("));
    QVERIFY(found->parent > 1);
    QVERIFY(found->command.find("\x1b[31m\xc3\x28") != std::string::npos);
    shell(m_agent.client(), "rm " + m_folder.path().toUtf8() + "/*");
}

void AgentProcessesTest::zombie()
{
    const auto run = background("sleep 0 & exec sleep 1003");
    QVERIFY(find("1003"));
    std::optional<ProcessInfo> dead;
    QVERIFY(waitUntil([&] {
        for (const ProcessInfo &process : list().processes) {
            if (process.state == 'Z' && process.name == "sleep")
                dead = process;
        }
        return dead.has_value();
    }));
    QVERIFY(dead->command.empty());
    const Result<void> sent = send(*dead, SIGKILL);
    QVERIFY(!sent);
    QVERIFY(sent.error().message.contains(QString::number(dead->pid)));
}

void AgentProcessesTest::longerThanAFrame()
{
    const auto run = background("long=$(printf 'x%.0s' {1..2000});"
                                " for i in {1..200}; do exec -a \"$i $long\" sleep 1004 & done;"
                                " exec sleep 1005");
    QVERIFY(find("1005"));
    ProcessList all;
    QVERIFY(waitUntil([&] {
        all = list();
        return std::count_if(all.processes.begin(), all.processes.end(),
                             [](const auto &process) {
                                 return process.command.size() == processCommandMax
                                     && process.command.ends_with('x');
                             })
            == 200;
    }));
    QCOMPARE(all.total, std::uint32_t(all.processes.size()));
}

void AgentProcessesTest::userNamesOfAHostileFile()
{
    const auto names = userNames("root:x:0:0::/root:/bin/sh\n\n:x:1:\nnobody\na:b:-1:\n"
                                 "other:x:0:\nbig:x:99999999999:\n"
                                 "end:x:7");
    QCOMPARE(names.size(), std::size_t(2));
    QCOMPARE(names.at(0), std::string("root"));
    QCOMPARE(names.at(7), std::string("end"));
    QCOMPARE(userNames(std::string(1000, 'n') + ":x:5:").at(5).size(), processUserMax);
    QVERIFY(userNames(std::string_view()).empty());
}

void AgentProcessesTest::signalOne()
{
    const auto run = background("trap 'echo got; exit 3' TERM; sleep 1006 & wait");
    const auto sleep = find("1006");
    QVERIFY(sleep);
    for (const ProcessInfo &process : list().processes) {
        if (process.pid == sleep->parent)
            QVERIFY(send(process, SIGTERM));
    }
    QVERIFY(waitUntil([&] { return run->over(); }));
    QCOMPARE(run->output, QByteArray("got\n"));
    QCOMPARE(run->status->code, 3);
}

void AgentProcessesTest::signalTree()
{
    const auto run
        = background("bash -c 'sleep 1007 & sleep 1008 & setsid sleep 1009 & wait'; true");
    const auto sleep = find("1009");
    QVERIFY(find("1007") && find("1008") && sleep);
    for (const ProcessInfo &process : list().processes) {
        if (process.pid == sleep->parent)
            QVERIFY(send(process, SIGKILL, true));
    }
    QVERIFY(waitUntil([&] { return run->over(); }));
    QCOMPARE(run->status->code, 0); // the shell above it went on
    QVERIFY(waitUntil([&] {
        for (const ProcessInfo &process : list().processes) {
            for (const char *each : {"1007", "1008", "1009"}) {
                if (process.command.find(each) != std::string::npos)
                    return false;
            }
        }
        return true;
    }));
}

void AgentProcessesTest::pidUsedAgain()
{
    const auto run = background("sleep 1010");
    auto sleep = find("1010");
    QVERIFY(sleep);
    ProcessInfo earlier = *sleep;
    earlier.startedMicroseconds -= 10'000;
    const Result<void> sent = send(earlier, SIGKILL);
    QVERIFY(!sent);
    QVERIFY(sent.error().code == ErrorCode::ConnectionLost);
    QVERIFY(find("1010"));
    QVERIFY(send(*sleep, SIGKILL));
    QVERIFY(waitUntil([&] { return run->over(); }));
}

void AgentProcessesTest::endedProcess()
{
    ProcessInfo never;
    never.pid = 4'000'000;
    never.startedMicroseconds = 1;
    const Result<void> sent = send(never, SIGTERM);
    QVERIFY(!sent);
    QVERIFY(sent.error().message.contains(QLatin1String("4000000")));
    ProcessInfo broken;
    QVERIFY(!send(broken, SIGTERM)); // no pid
    broken.pid = 5;
    QVERIFY(!send(broken, 0));
    QVERIFY(!send(broken, 200));
    QVERIFY(m_agent.client().isReady());
}

void AgentProcessesTest::carriersOfTheSandbox()
{
    const ProcessInfo agent = list().processes.front();
    for (const bool tree : {false, true}) {
        const Result<void> sent = send(agent, SIGKILL, tree);
        QVERIFY(!sent);
        QVERIFY(sent.error().code == ErrorCode::InvalidArgument);
    }
    QVERIFY(!list().processes.empty());
}

QTEST_GUILESS_MAIN(AgentProcessesTest)
#include "tst_agentprocesses.moc"
