// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Interactive programs in a session: fed line by line, with and without an expected answer.
#include "sessionbench.h"
#include "support/parts.h"

#include <QElapsedTimer>
#include <QTest>

using namespace quarry;
using namespace quarry::sandbox;
using quarry::test::AgentBench;
using quarry::test::SessionBench;

class TestSessionPrograms : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void python();
    void pythonWithoutExpect();
    void pythonThatEndsByItself();
    void shellInAShell();
    void readsLines();
    void noMatchTimesOut();
    void firstMatchWins();
    void echoDoesNotMatch();
    void ordinaryCallIsRefused();
    void quitWithoutAProgram();
    void quitThatDoesNotQuit();
    void programThatEndsBetweenCalls();
    void syntaxErrorOfAProgram();

private:
    static RunSpec feed(const QByteArray &command, const QStringList &expect = {},
                        double timeout = 15);
    static RunSpec quit(const QByteArray &command, double timeout = 15);
    std::unique_ptr<AgentBench> m_agent;
};

RunSpec TestSessionPrograms::feed(const QByteArray &command, const QStringList &expect,
                                  double timeout)
{
    RunSpec spec;
    spec.command = command;
    spec.interactive = true;
    spec.expect = expect;
    spec.timeoutSeconds = timeout;
    return spec;
}

RunSpec TestSessionPrograms::quit(const QByteArray &command, double timeout)
{
    RunSpec spec;
    spec.command = command;
    spec.interactiveQuit = true;
    spec.timeoutSeconds = timeout;
    return spec;
}

void TestSessionPrograms::initTestCase()
{
    QUARRY_NEEDS(quarry::test::missingProgram(QStringLiteral("python3")));
    m_agent = std::make_unique<AgentBench>();
    QVERIFY(m_agent->ready());
}

void TestSessionPrograms::python()
{
    SessionBench session(*m_agent);
    const QStringList prompt{QStringLiteral(">>> ")};
    auto result = session.run(feed("python3 -q", prompt));
    QVERIFY(result.ok());
    QCOMPARE(result->expectString, QStringLiteral(">>> "));
    QCOMPARE(result->exitCode, 0);
    result = session.run(feed("x = 6*7", prompt));
    QCOMPARE(result->output.join(), QByteArray(">>>"));
    result = session.run(feed("print(x)", prompt));
    QCOMPARE(result->output.join(), QByteArray("42\n>>>"));
    const QByteArray wide = "y = '" + QByteArray(400, 'w') + "'; print('done', len(y))";
    result = session.run(feed(wide, prompt));
    QVERIFY2(result->output.join().endsWith("done 400\n>>>"), result->output.join());
    result = session.run(feed("for i in range(2):\n  print('n', i)\n", {QStringLiteral("n 1")}));
    QCOMPARE(result->expectString, QStringLiteral("n 1"));
    result = session.run(quit("exit(3)"));
    QVERIFY(result.ok());
    QVERIFY2(result->failureReason.isEmpty(), qPrintable(result->failureReason));
    QCOMPARE(session.run("echo $?; (exit 5)")->output.join(), QByteArray("3"));
    QCOMPARE(session.usable(), QString());
}

void TestSessionPrograms::pythonWithoutExpect()
{
    SessionBench session(*m_agent);
    auto result = session.run(feed("python3 -q"));
    QVERIFY(result->output.join().contains(">>>"));
    result = session.run(feed("print(1+1)"));
    QVERIFY2(result->output.join().startsWith("2\n>>>"), result->output.join());
    QVERIFY(session.run(quit("exit()"))->failureReason.isEmpty());
    QCOMPARE(session.usable(), QString());
}

void TestSessionPrograms::pythonThatEndsByItself()
{
    SessionBench session(*m_agent);
    auto result = session.run(
        feed("python3 -c 'print(\"over\"); raise SystemExit(4)'", {QStringLiteral("never seen")}));
    QVERIFY(result.ok());
    QVERIFY(!result->timedOut);
    QCOMPARE(result->output.join(), QByteArray("over"));
    QCOMPARE(result->exitCode, 4);
    QCOMPARE(session.usable(), QString());
}

void TestSessionPrograms::shellInAShell()
{
    SessionBench session(*m_agent);
    const QStringList prompt{QStringLiteral("in> $")};
    QVERIFY(session.run(feed("PS1='in> ' bash --norc", prompt)).ok());
    auto result = session.run(feed("echo $((40+2))", prompt));
    QVERIFY2(result->output.join().startsWith("42\n"), result->output.join());
    result = session.run(quit("exit 7"));
    QCOMPARE(result->exitCode, 7);
    QCOMPARE(session.usable(), QString());
}

void TestSessionPrograms::readsLines()
{
    SessionBench session(*m_agent);
    QVERIFY(session
                .run(feed("read -p 'name? ' a; read -s -p 'secret? ' b; echo \"<$a|$b>\"",
                          {QStringLiteral("name\\? ")}))
                .ok());
    QCOMPARE(session.run(feed("bob", {QStringLiteral("secret\\? ")}))->expectString,
             QStringLiteral("secret? "));
    const auto result = session.run(feed("xyz", {QStringLiteral("<bob\\|xyz>")}));
    QCOMPARE(result->expectString, QStringLiteral("<bob|xyz>"));
    QCOMPARE(session.usable(), QString());
}

void TestSessionPrograms::noMatchTimesOut()
{
    SessionBench session(*m_agent);
    const auto result = session.run(feed("python3 -q", {QStringLiteral("no such prompt")}, 1));
    QVERIFY(result->timedOut);
    QVERIFY(result->output.join().contains(">>>"));
    QCOMPARE(session.usable(), QString());
}

void TestSessionPrograms::firstMatchWins()
{
    SessionBench session(*m_agent);
    const auto result
        = session.run(feed("echo one two; cat",
                           {QStringLiteral("two"), QStringLiteral("on."), QStringLiteral("one")}));
    QCOMPARE(result->expectString, QStringLiteral("one"));
    QVERIFY(!session.session().busy());
}

void TestSessionPrograms::echoDoesNotMatch()
{
    SessionBench session(*m_agent);
    const QStringList prompt{QStringLiteral(">>> ")};
    QVERIFY(session.run(feed("python3 -q", prompt)).ok());
    const auto result = session.run(feed("import time; time.sleep(0.3); print('MA'+'RK')",
                                         {QStringLiteral("MA"), QStringLiteral("time")}));
    QCOMPARE(result->expectString, QStringLiteral("MA"));
    QVERIFY2(!result->output.join().contains("sleep"), result->output.join());
}

void TestSessionPrograms::ordinaryCallIsRefused()
{
    SessionBench session(*m_agent);
    QVERIFY(session.run(feed("python3 -q", {QStringLiteral(">>> ")})).ok());
    const auto refused = session.run("echo hi");
    QVERIFY(!refused.ok());
    QVERIFY(refused.error().code == ErrorCode::WrongState);
    QVERIFY(session.run(quit("exit()")).ok());
    QCOMPARE(session.usable(), QString());
}

void TestSessionPrograms::quitWithoutAProgram()
{
    SessionBench session(*m_agent);
    const auto result = session.run(quit("exit"));
    QVERIFY(result.ok());
    QCOMPARE(result->exitCode, 0);
    QCOMPARE(session.usable(), QString());
}

void TestSessionPrograms::quitThatDoesNotQuit()
{
    SessionBench session(*m_agent);
    QVERIFY(session.run(feed("python3 -q", {QStringLiteral(">>> ")})).ok());
    const auto result = session.run(quit("print('still here')", 1));
    QVERIFY(result->timedOut);
    QVERIFY(result->output.join().contains("still here"));
    QCOMPARE(session.usable(), QString());
}

void TestSessionPrograms::programThatEndsBetweenCalls()
{
    SessionBench session(*m_agent);
    QVERIFY(session.run(feed("echo up; sleep 0.8; (exit 6)", {QStringLiteral("up")})).ok());
    QVERIFY(QTest::qWaitFor(
        [&] {
            const auto result = session.run("echo $?");
            return result.ok() && result->output.join() == "6";
        },
        10000));
}

void TestSessionPrograms::syntaxErrorOfAProgram()
{
    SessionBench session(*m_agent);
    QVERIFY(session.run(feed("python3 -q (", {QStringLiteral(">>> ")}))->syntaxError);
    QCOMPARE(session.usable(), QString());
}

QTEST_GUILESS_MAIN(TestSessionPrograms)
#include "tst_sessionprograms.moc"
