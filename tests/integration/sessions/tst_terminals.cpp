// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Terminals over a real agent: shells, their viewers, and agents' sessions taken over.
#include "sessionbench.h"

#include "sandbox/terminals/sessionterminal.h"
#include "sandbox/terminals/shellterminal.h"
#include "sandbox/terminals/terminaltable.h"
#include "support/parts.h"

#include <QTest>

using namespace quarry;
using namespace quarry::sandbox;
using quarry::test::AgentBench;
using quarry::test::SessionBench;

namespace {

// Reads all that comes.
struct Reader {
    explicit Reader(Terminal &terminal) : viewer(terminal.attach())
    {
        QObject::connect(viewer.get(), &TerminalViewer::readyRead, viewer.get(),
                         [this] { take(); });
        take();
    }
    void take()
    {
        while (!viewer->atEnd())
            text += viewer->read(4096);
    }
    bool sees(const QByteArray &words)
    {
        return QTest::qWaitFor([&] { return text.contains(words); }, 10000);
    }
    std::unique_ptr<TerminalViewer> viewer;
    QByteArray text;
};

bool endsSoon(Terminal &terminal)
{
    return QTest::qWaitFor([&] { return terminal.state().ended; }, 10000);
}

} // namespace

class TestTerminals : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_agent = std::make_unique<AgentBench>();
        QUARRY_NEEDS(m_agent->ready() ? QString() : QStringLiteral("the agent does not start"));
    }
    void cleanupTestCase() { m_agent.reset(); }

    void outputIsKeptByPosition();
    void oldOutputIsForgotten();
    void shellTypesAndShows();
    void marksPromptsAndCodes();
    void lateViewerSeesWhatWasMissed();
    void floodWaitsForItsViewer();
    void stalledViewerHoldsNobodyUp();
    void endIsTold_data();
    void endIsTold();
    void closeHangsUp();
    void resizes();
    void namesOfShells();
    void watchedSessionIsReadOnly();
    void takenOverSessionKeepsItsShell();
    void promptReadsOnUntilComplete();
    void callsWaitWhileTaken();
    void interruptStaysAtThePrompt();
    void leavingGivesBack();
    void givingBackEndsWhatRuns();
    void takenWhileACallRuns();
    void sessionThatEndsWhileTaken();

private:
    std::shared_ptr<ShellTerminal> shell(ShellSpec spec = {})
    {
        return std::make_shared<ShellTerminal>(m_agent->client(), spec);
    }
    std::unique_ptr<AgentBench> m_agent;
};

void TestTerminals::outputIsKeptByPosition()
{
    TerminalOutput output(1 << 20);
    QByteArray all;
    for (int i = 0; i < 20000; ++i) {
        const QByteArray piece = QByteArray::number(i) + '\n';
        all += piece;
        output.append(piece);
    }
    output.append(QByteArray(50000, 'x'));
    all += QByteArray(50000, 'x');
    QCOMPARE(output.end(), all.size());
    for (const qsizetype step : {1000, 7777, 100000}) {
        QByteArray seen;
        qint64 at = output.begin();
        while (at < output.end()) {
            const QByteArray piece = output.read(at, step);
            QVERIFY(!piece.isEmpty() && piece.size() <= step);
            seen += piece;
            at += piece.size();
        }
        QCOMPARE(seen, all);
    }
    QVERIFY(output.read(output.end(), 10).isEmpty());
}

void TestTerminals::oldOutputIsForgotten()
{
    TerminalOutput output(100'000);
    for (int i = 0; i < 1000; ++i)
        output.append(QByteArray(997, char('a' + i % 26)));
    QCOMPARE(output.end(), 997'000);
    QVERIFY(output.end() - output.begin() <= 100'000);
    QVERIFY(output.end() - output.begin() > 80'000);
    QCOMPARE(output.read(output.begin(), 1).size(), 1);
}

void TestTerminals::shellTypesAndShows()
{
    const auto terminal = shell();
    Reader reader(*terminal);
    QVERIFY(terminal->write("echo $((6*7))$TERM\n"));
    QVERIFY2(reader.sees("42xterm-256color"), reader.text);
}

void TestTerminals::marksPromptsAndCodes()
{
    const auto terminal = shell();
    Reader reader(*terminal);
    QVERIFY(terminal->write("(exit 7)\n"));
    QVERIFY2(reader.sees("\x1b]133;C\x1b\\"), reader.text);
    QVERIFY2(reader.sees("\x1b]133;D;7\x1b\\"), reader.text);
}

void TestTerminals::lateViewerSeesWhatWasMissed()
{
    const auto terminal = shell();
    {
        Reader first(*terminal);
        QVERIFY(terminal->write("echo see''n\n"));
        QVERIFY(first.sees("seen"));
    }
    QVERIFY(terminal->write("echo aft''er\n"));
    Reader second(*terminal);
    QVERIFY(second.sees("after"));
    QVERIFY(second.text.contains("seen"));
    QCOMPARE(second.viewer->takeSkipped(), 0);
}

void TestTerminals::floodWaitsForItsViewer()
{
    const auto terminal = shell();
    const auto viewer = terminal->attach();
    QVERIFY(terminal->write("head -c 8000000 /dev/zero | tr '\\0' x; echo; echo do''ne\n"));
    qint64 count = 0;
    QByteArray last;
    QVERIFY(QTest::qWaitFor(
        [&] {
            const QByteArray piece = viewer->read(200'000); // in its own time
            count += piece.count('x');
            last = (last + piece).right(200);
            return last.contains("done");
        },
        30000));
    QVERIFY(count >= 8'000'000);
    QCOMPARE(viewer->takeSkipped(), 0);
}

void TestTerminals::stalledViewerHoldsNobodyUp()
{
    const auto terminal = shell();
    const auto asleep = terminal->attach();
    QVERIFY(terminal->write("head -c 3000000 /dev/zero | tr '\\0' x; exit 3\n"));
    QVERIFY(QTest::qWaitFor([&] { return terminal->state().ended; }, 30000));
    QVERIFY(!asleep->read(100).isEmpty());
    QVERIFY(asleep->takeSkipped() > 1'000'000);
}

void TestTerminals::endIsTold_data()
{
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("word");
    QTest::addRow("exit") << QByteArray("exit 5\n") << 5 << QStringLiteral("code 5");
    QTest::addRow("kill") << QByteArray("kill -9 $$\n") << 137 << QStringLiteral("signal 9");
}

void TestTerminals::endIsTold()
{
    QFETCH(QByteArray, typed);
    QFETCH(int, code);
    QFETCH(QString, word);
    const auto terminal = shell();
    QVERIFY(terminal->write(typed));
    QVERIFY(endsSoon(*terminal));
    QCOMPARE(terminal->state().exitCode, std::optional<int>(code));
    QVERIFY(terminal->state().endReason.contains(word));
    const Result<void> late = terminal->write("x");
    QVERIFY(late.error().code == ErrorCode::WrongState);
    QVERIFY(late.error().message.contains(word));
}

void TestTerminals::closeHangsUp()
{
    const auto terminal = shell();
    Reader reader(*terminal);
    QVERIFY(terminal->write("trap '' HUP; echo rea''dy; sleep 900\n"));
    QVERIFY(reader.sees("ready"));
    QVERIFY(terminal->close());
    QVERIFY(endsSoon(*terminal));
}

void TestTerminals::resizes()
{
    const auto terminal = shell({.rows = 24, .columns = 80});
    Reader reader(*terminal);
    terminal->resize(33, 111);
    QVERIFY(terminal->write("stty size\n"));
    QVERIFY2(reader.sees("33 111"), reader.text);
    terminal->resize(0, 100000);
    QCOMPARE(terminal->state().rows, 1);
    QCOMPARE(terminal->state().columns, 1000);
}

void TestTerminals::namesOfShells()
{
    TerminalTable table;
    QCOMPARE((*table.open(m_agent->client(), {}))->name(), QStringLiteral("shell"));
    QCOMPARE((*table.open(m_agent->client(), {}))->name(), QStringLiteral("shell 2"));
    ShellSpec named;
    named.name = QStringLiteral("build");
    const auto first = table.open(m_agent->client(), named);
    QVERIFY(first);
    QVERIFY(table.open(m_agent->client(), named).error().code == ErrorCode::AlreadyExists);
    QVERIFY((*first)->write("exit\n"));
    QVERIFY(endsSoon(**first));
    QCOMPARE(*table.find(QStringLiteral("build")), *first);
    const auto second = table.open(m_agent->client(), named);
    QVERIFY(second && *table.find(QStringLiteral("build")) == *second);
    QCOMPARE(table.all().size(), 3);
    QVERIFY(table.find(QStringLiteral("no")).error().code == ErrorCode::NotFound);

    SessionBench session(*m_agent, {.name = QStringLiteral("shell")});
    table.watch(session.session());
    QVERIFY((*table.find(QStringLiteral("shell")))->kind() == Terminal::Kind::Session);

    Reader reader(**second);
    table.abandon(QStringLiteral("The sandbox was stopped."));
    QVERIFY(table.all().isEmpty());
    QCOMPARE((*second)->state().endReason, QStringLiteral("The sandbox was stopped."));
}

// A session as an agent has it, and a person who looks at it.
struct Watched {
    explicit Watched(AgentBench &agent)
        : bench(agent, {.name = QStringLiteral("agent")}),
          terminal(std::make_shared<SessionTerminal>(bench.session())), reader(*terminal)
    {
    }
    // So often, and the line is being read.
    bool prompts(int count = 1)
    {
        return QTest::qWaitFor(
            [&] {
                const qsizetype mark = reader.text.lastIndexOf("\x1b]133;A\x1b\\");
                return reader.text.count("\x1b]133;A\x1b\\") >= count
                    && reader.text.indexOf("\x1b[?2004h", mark) > mark;
            },
            10000);
    }
    bool takeOver() { return terminal->takeOver().ok() && prompts(); }
    SessionBench bench;
    std::shared_ptr<SessionTerminal> terminal;
    Reader reader;
};

void TestTerminals::watchedSessionIsReadOnly()
{
    Watched it(*m_agent);
    QVERIFY(it.terminal->state().readOnly);
    QVERIFY(it.terminal->write("x").error().code == ErrorCode::WrongState);
    it.terminal->resize(10, 10);
    QCOMPARE(it.terminal->state().columns, 160);
    QCOMPARE(it.bench.run("echo from the agent")->output.join(), QByteArray("from the agent"));
    QVERIFY(it.reader.sees("from the agent"));
    QVERIFY(it.terminal->close().error().code == ErrorCode::WrongState);
}

void TestTerminals::takenOverSessionKeepsItsShell()
{
    Watched it(*m_agent);
    it.bench.prepare("cd /tmp; mine=agent; f() { echo \"f of $mine\"; }");
    QVERIFY2(it.takeOver(), it.reader.text);
    QVERIFY(it.terminal->state().takenOver && !it.terminal->state().readOnly);
    QVERIFY(it.reader.sees("/tmp"));
    QVERIFY(it.terminal->write("f; mine=person; declare -A map=([k]=v); (exit 9)\r"));
    QVERIFY2(it.reader.sees("f of agent"), it.reader.text);
    QVERIFY2(it.reader.sees("\x1b]133;D;9\x1b\\"), it.reader.text);
    QVERIFY(it.terminal->giveBack());
    QCOMPARE(it.bench.run("echo $mine ${map[k]} $PWD; compgen -v __quarry")->output.join(),
             QByteArray("person v /tmp"));
    QCOMPARE(it.bench.usable(), QString());
    QVERIFY(it.terminal->state().readOnly);
    QCOMPARE(it.terminal->takeOver().ok(), true); // and once more
}

void TestTerminals::promptReadsOnUntilComplete()
{
    Watched it(*m_agent);
    QVERIFY(it.takeOver());
    QVERIFY(it.terminal->write("for i in 1 2; do\recho \"line $i\"\rdone\r"));
    QVERIFY2(it.reader.sees("line 2"), it.reader.text);
    QVERIFY(it.terminal->write("cat <<end\rhere $((40+2))\rend\r"));
    QVERIFY2(it.reader.sees("here 42"), it.reader.text);
    QVERIFY(it.terminal->write("echo one\\\rtwo\r"));
    QVERIFY2(it.reader.sees("onetwo"), it.reader.text);
    QVERIFY(it.terminal->write("echo )\r"));
    QVERIFY2(it.reader.sees("syntax error"), it.reader.text);
    QVERIFY(it.terminal->write("echo still h''ere\r"));
    QVERIFY2(it.reader.sees("still here"), it.reader.text);
}

void TestTerminals::callsWaitWhileTaken()
{
    Watched it(*m_agent);
    QVERIFY(it.takeOver());
    QVERIFY(it.terminal->takeOver().error().code == ErrorCode::WrongState);
    const auto timedOut = it.bench.run("touch never", 0.3);
    QVERIFY(timedOut && timedOut->timedOut);
    QVERIFY2(timedOut->failureReason.contains(QStringLiteral("a person has the session")),
             qPrintable(timedOut->failureReason));
    std::optional<QByteArray> answer;
    RunSpec spec;
    spec.command = "echo $x";
    it.bench.session().run(spec, [&](const Result<RunResult> &result) {
        answer = result ? result->output.join() : result.error().message.toUtf8();
    });
    QVERIFY(it.terminal->write("x=yours; echo an''swer\r"));
    QVERIFY(it.reader.sees("answer"));
    QVERIFY(!answer);
    QVERIFY(it.terminal->giveBack());
    QVERIFY(QTest::qWaitFor([&] { return answer.has_value(); }, 10000));
    QCOMPARE(*answer, QByteArray("yours"));
    QVERIFY(m_agent->file(QStringLiteral("never")).isNull());
}

void TestTerminals::interruptStaysAtThePrompt()
{
    Watched it(*m_agent);
    QVERIFY(it.takeOver());
    // Between two commands of a line bash itself loses an interrupt now and then.
    QVERIFY(it.terminal->write("sh -c \"echo be''gun; exec sleep 900\"\r"));
    QVERIFY(it.reader.sees("begun"));
    QVERIFY(it.terminal->write("\x03"));
    QVERIFY2(it.prompts(2), it.reader.text);
    QVERIFY2(it.reader.sees("\x1b]133;D;130\x1b\\"), it.reader.text);
    QVERIFY(it.terminal->write("half a line\x03"));
    QVERIFY2(it.prompts(3), it.reader.text);
    QVERIFY(it.terminal->write("echo st''ill\r"));
    QVERIFY2(it.reader.sees("still"), it.reader.text);
    QVERIFY(it.terminal->state().takenOver);
}

void TestTerminals::leavingGivesBack()
{
    Watched it(*m_agent);
    QVERIFY(it.takeOver());
    QVERIFY(it.terminal->write("v=1\r\x04"));
    QVERIFY(QTest::qWaitFor([&] { return it.terminal->state().readOnly; }, 10000));
    QCOMPARE(it.bench.run("echo $v")->output.join(), QByteArray("1"));
}

void TestTerminals::givingBackEndsWhatRuns()
{
    Watched it(*m_agent);
    QVERIFY(it.takeOver());
    it.terminal->resize(50, 100);
    QVERIFY(it.terminal->write("echo be''gun; sleep 900\r"));
    QVERIFY(it.reader.sees("begun"));
    QVERIFY(it.terminal->giveBack());
    QCOMPARE(it.bench.run("echo mine; stty size </dev/tty")->output.join(),
             QByteArray("mine\n24 160"));
}

void TestTerminals::takenWhileACallRuns()
{
    Watched it(*m_agent);
    std::optional<Result<RunResult>> answer;
    RunSpec spec;
    spec.command = "echo asks; read -r line; echo \"got $line\"";
    it.bench.session().run(spec, [&](const Result<RunResult> &result) { answer = result; });
    QVERIFY(it.reader.sees("asks"));
    QVERIFY(it.terminal->takeOver());
    QVERIFY(it.terminal->write("help\n")); // to the agent's own program
    QVERIFY(QTest::qWaitFor([&] { return answer.has_value(); }, 10000));
    QVERIFY((*answer)->output.join().contains("got help"));
    QVERIFY2(it.prompts(), it.reader.text);
}

void TestTerminals::sessionThatEndsWhileTaken()
{
    Watched it(*m_agent);
    QVERIFY(it.takeOver());
    QVERIFY(it.terminal->write("exit 4\r"));
    QVERIFY(endsSoon(*it.terminal));
    QVERIFY(!it.terminal->state().takenOver);
    QVERIFY(!it.terminal->state().endReason.isEmpty());
    QVERIFY(!it.bench.run("true"));
}

QTEST_GUILESS_MAIN(TestTerminals)
#include "tst_terminals.moc"
