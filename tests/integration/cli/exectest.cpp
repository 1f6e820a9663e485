// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry exec: codes, streams, interruption, with real sandboxes.
#include "programrun.h"
#include "support/parts.h"

#include <QDir>
#include <QSocketNotifier>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace quarry::test;
using namespace Qt::StringLiterals;

class ExecTest : public QObject
{
    Q_OBJECT

private:
    Program m_program;

    Outcome exec(const QStringList &flags, const QStringList &command,
                 const QByteArray &input = {}) const
    {
        return m_program.run(QStringList{u"exec"_s} + flags + QStringList{u"--"_s} + command,
                             input);
    }
    Outcome shell(const QString &script, const QByteArray &input = {}) const
    {
        return exec({}, {u"sh"_s, u"-c"_s, script}, input);
    }
    // What is left of the sandboxes in the data folder.
    QStringList leftovers() const
    {
        return QDir(m_program.data() + u"/run"_s)
            .entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
    }

private Q_SLOTS:
    void initTestCase() { QUARRY_NEEDS(missingProgram(u"bwrap"_s)); }

    void cleanup() { QCOMPARE(leftovers(), QStringList()); }

    void theCodeIsTheCommands()
    {
        for (const int code : {0, 1, 2, 126, 130, 255})
            QCOMPARE(shell(u"exit %1"_s.arg(code)).code, code);
        QCOMPARE(shell(u"kill -9 $$"_s).code, 137);
        const Outcome missing = exec({}, {u"no-such-program"_s});
        QCOMPARE(missing.code, 127);
        QVERIFY(missing.err.contains("no-such-program"));
        QCOMPARE(exec({}, {u"/etc/passwd"_s}).code, 126);
    }

    void aSandboxThatCannotStartIs125()
    {
        const Outcome outcome = exec({u"--image"_s, u"no/such:image"_s}, {u"true"_s});
        QCOMPARE(outcome.code, 125);
        QVERIFY(outcome.err.contains("no/such:image"));
        QCOMPARE(exec({u"--bind"_s, u"/no/such/folder:/x"_s}, {u"true"_s}).code, 125);
    }

    void theStreamsStayApart()
    {
        const Outcome outcome = shell(u"cat; echo err >&2"_s, "in\n");
        QCOMPARE(outcome.out, QByteArray("in\n"));
        QCOMPARE(outcome.err, QByteArray("err\n"));
        QCOMPARE(outcome.code, 0);
    }

    void muchGoesThrough()
    {
        const Outcome outcome
            = shell(u"head -c 20000000 /dev/zero; cat | wc -c >&2"_s, QByteArray(5'000'000, 'i'));
        QCOMPARE(outcome.out.size(), 20'000'000);
        QCOMPARE(outcome.err.trimmed(), QByteArray("5000000"));
    }

    void flagsReachTheSandbox()
    {
        QTemporaryDir folder;
        QFile file(folder.path() + u"/f"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("bound");
        file.close();
        folder.setAutoRemove(true);
        QVERIFY(QFile::setPermissions(folder.path(), QFile::Permissions(0x7755)));
        const Outcome outcome = exec(
            {u"--env"_s, u"A=b c"_s, u"--cwd"_s, u"/tmp"_s, u"--bind"_s,
             folder.path() + u":/seen:ro"_s},
            {u"sh"_s, u"-c"_s, u"echo \"$A\"; pwd; cat /seen/f; ! touch /seen/g 2>/dev/null"_s});
        QCOMPARE(outcome.out, QByteArray("b c\n/tmp\nbound"));
        QCOMPARE(outcome.code, 0);
    }

    void timeoutIs124()
    {
        const Outcome outcome
            = exec({u"--timeout"_s, u"0.5"_s}, {u"sh"_s, u"-c"_s, u"echo before; sleep 60"_s});
        QCOMPARE(outcome.code, 124);
        QCOMPARE(outcome.out, QByteArray("before\n"));
        QCOMPARE(shell(u"exit 124"_s).code, 124);
    }

    // Both ask the kernel for its audit, which a sandbox does not have.
    void usersCanBeAddedAndTaken()
    {
        const Outcome outcome = shell(
            u"useradd -m joe && su joe -c 'id -un' && chown joe /root && stat -c %U /root"_s);
        QCOMPARE(outcome.out, QByteArray("joe\njoe\n"));
        QCOMPARE(outcome.code, 0);
    }

    void outputComesAsEvents()
    {
        const Outcome outcome
            = exec({u"--json"_s},
                   {u"sh"_s, u"-c"_s, u"printf 'h\\303\\244'; printf '\\377' >&2; exit 3"_s});
        QCOMPARE(outcome.code, 3);
        QString text;
        QByteArray error;
        const QList<QJsonObject> lines = jsonLines(outcome.out);
        for (const QJsonObject &line : lines) {
            if (line.value("stream"_L1).toString() == u"stdout"_s)
                text += line.value("text"_L1).toString();
            else if (line.value("stream"_L1).toString() == u"stderr"_s)
                error += QByteArray::fromBase64(line.value("base64"_L1).toString().toLatin1());
        }
        QCOMPARE(text, u"hä"_s);
        QCOMPARE(error, QByteArray("\xff"));
        QCOMPARE(lines.last().value("event"_L1).toString(), u"done"_s);
        QCOMPARE(lines.last().value("ok"_L1).toBool(true), false);
        QCOMPARE(lines.last().value("exit_code"_L1).toInt(), 3);
    }

    void interruptionEndsAllOfIt_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGINT") << SIGINT;
        QTest::newRow("SIGTERM") << SIGTERM;
    }

    void interruptionEndsAllOfIt()
    {
        QFETCH(int, signal);
        QProcess process;
        m_program.start(
            process,
            {u"exec"_s, u"--"_s, u"bash"_s, u"-c"_s,
             u"(setsid bash -c 'trap \"\" INT TERM HUP; exec sleep 300' &); echo up; wait; sleep 300"_s});
        QVERIFY(process.waitForReadyRead(60'000));
        ::kill(pid_t(process.processId()), signal);
        QCOMPARE(Program::outcomeOf(process).code, 128 + signal);
    }

    void aReaderWhoLeavesEndsIt()
    {
        QProcess process;
        QProcess reader;
        process.setStandardOutputProcess(&reader);
        m_program.start(process, {u"exec"_s, u"--"_s, u"yes"_s});
        reader.start(u"head"_s, {u"-n"_s, u"1"_s});
        QVERIFY(reader.waitForFinished(60'000));
        QCOMPARE(Program::outcomeOf(process).code, 141);
    }

    void deadFoldersAreSwept()
    {
        QProcess process;
        m_program.start(process, {u"exec"_s, u"--"_s, u"sh"_s, u"-c"_s, u"echo up; sleep 300"_s});
        QVERIFY(process.waitForReadyRead(60'000));
        const QString folder = m_program.data() + u"/run/"_s + QString::number(process.processId());
        QVERIFY(QDir(folder).exists());
        process.kill();
        QVERIFY(process.waitForFinished());
        QVERIFY(QDir(folder).exists());
        QCOMPARE(shell(u"true"_s).code, 0);
        QVERIFY(!QDir(folder).exists());
    }

    void manyRunAtOnce()
    {
        std::vector<std::unique_ptr<QProcess>> running;
        for (int i = 0; i < 6; ++i) {
            running.push_back(std::make_unique<QProcess>());
            m_program.start(*running.back(), {u"exec"_s, u"--"_s, u"echo"_s, QString::number(i)});
        }
        for (int i = 0; i < 6; ++i) {
            const Outcome outcome = Program::outcomeOf(*running[size_t(i)]);
            QCOMPARE(outcome.out, QByteArray::number(i) + '\n');
            QCOMPARE(outcome.code, 0);
        }
    }

    void theTerminalIsReal()
    {
        // A terminal of our own for the program: what it sees inside has its size.
        const int master = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
        QVERIFY(master >= 0 && ::grantpt(master) == 0 && ::unlockpt(master) == 0);
        const QString script
            = u"stty rows 33 cols 99; exec %1 exec -t -- sh -c 'test -t 0 && stty size'"_s.arg(
                QStringLiteral(QUARRY_BIN_DIR "/quarry"));
        QProcess process;
        const QString name = QString::fromLocal8Bit(::ptsname(master));
        process.setStandardInputFile(name);
        process.setStandardOutputFile(name, QIODevice::Append);
        process.start(
            u"sh"_s,
            {u"-c"_s, u"QUARRY_DATA='%1'; export QUARRY_DATA; %2"_s.arg(m_program.data(), script)});
        QVERIFY(process.waitForFinished(60'000));
        QByteArray seen(4096, Qt::Uninitialized);
        seen.resize(std::max<ssize_t>(0, ::read(master, seen.data(), size_t(seen.size()))));
        ::close(master);
        QVERIFY2(seen.contains("33 99"), seen.constData());
        QCOMPARE(process.exitCode(), 0);
    }
};

QTEST_GUILESS_MAIN(ExecTest)
#include "exectest.moc"
