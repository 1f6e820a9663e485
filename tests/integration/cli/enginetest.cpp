// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The commands that talk to a running engine.
#include "programrun.h"
#include "support/parts.h"

#include <QDir>

using namespace quarry::test;
using namespace Qt::StringLiterals;

class EngineTest : public QObject
{
    Q_OBJECT

private:
    Program m_program;
    QProcess m_server;
    QTemporaryDir m_folder;

    Outcome run(const QString &line, const QByteArray &input = {}) const
    {
        return m_program.run(line.split(u' ', Qt::SkipEmptyParts), input);
    }
    QString write(const QString &name, const QByteArray &content) const
    {
        const QString path = m_folder.path() + u'/' + name;
        QDir().mkpath(path.section(u'/', 0, -2));
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write(content);
        return path;
    }
    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(not there)");
    }

private Q_SLOTS:
    void initTestCase()
    {
        QUARRY_NEEDS(missingProgram(u"bwrap"_s));
        m_program.start(m_server, {u"serve"_s, u"--json"_s, u"--listen"_s, u"127.0.0.1:0"_s});
        QVERIFY(m_server.waitForReadyRead(60'000));
        const Outcome started = run(u"sandbox start --name box --memory 512m"_s);
        QVERIFY2(started.code == 0, started.err.constData());
        QCOMPARE(started.out, QByteArray("box\n"));
    }

    void cleanupTestCase()
    {
        if (m_server.state() == QProcess::NotRunning)
            return;
        ::kill(pid_t(m_server.processId()), SIGTERM);
        QCOMPARE(Program::outcomeOf(m_server).code, 0);
    }

    void theSandboxIsListedAndShown()
    {
        QVERIFY(run(u"sandbox ls"_s).out.contains("box"));
        const QList<QJsonObject> lines = jsonLines(run(u"sandbox ls --json"_s).out);
        QCOMPARE(lines.size(), 1);
        QCOMPARE(lines[0].value("state"_L1).toString(), u"running"_s);
        QVERIFY(run(u"sandbox show box"_s).out.contains("running"));
        const Outcome gone = run(u"sandbox show nobody"_s);
        QCOMPARE(gone.code, 1);
        QVERIFY(gone.err.contains("nobody"));
        const Outcome stats = run(u"sandbox stats box --json"_s);
        QVERIFY2(jsonLines(stats.out).value(0).contains("memory_bytes"_L1), stats.out + stats.err);
    }

    void commandsRunInIt()
    {
        const Outcome cat = run(u"sandbox exec box -- cat"_s, QByteArray(3'000'000, 'c'));
        QCOMPARE(cat.code, 0);
        QCOMPARE(cat.out.size(), 3'000'000);
        QCOMPARE(
            m_program
                .run({u"sandbox"_s, u"exec"_s, u"box"_s, u"--"_s, u"sh"_s, u"-c"_s, u"exit 9"_s})
                .code,
            9);
        const Outcome missing = run(u"sandbox exec box -- no-such-program"_s);
        QCOMPARE(missing.code, 127);
        QVERIFY(missing.err.contains("no-such-program"));
        QCOMPARE(run(u"sandbox exec --timeout 0.5 box -- sleep 60"_s).code, 124);
        QCOMPARE(run(u"sandbox exec nobody -- true"_s).code, 1);
        const Outcome shell = run(u"sandbox shell box"_s, "echo $((6*7)); exit 4\n");
        QCOMPARE(shell.out.trimmed(), QByteArray("42"));
        QCOMPARE(shell.code, 4);
    }

    void anInterruptedCommandIsKilled()
    {
        QProcess process;
        m_program.start(process,
                        {u"sandbox"_s, u"exec"_s, u"box"_s, u"--"_s, u"sh"_s, u"-c"_s,
                         u"echo up; exec sleep 4321"_s});
        QVERIFY(process.waitForReadyRead(60'000));
        ::kill(pid_t(process.processId()), SIGINT);
        QCOMPARE(Program::outcomeOf(process).code, 130);
        QTRY_VERIFY_WITH_TIMEOUT(!run(u"sandbox exec box -- ps ax"_s).out.contains("sleep 4321"),
                                 15'000);
    }

    void namedSessionsKeepTheirState()
    {
        QCOMPARE(run(u"sandbox shell box work"_s, "cd /tmp\nx=5\n").code, 0);
        const Outcome second = run(u"sandbox shell box work"_s, "pwd; echo $x\nfalse\n");
        QCOMPARE(second.out, QByteArray("/tmp\n5\n"));
        QCOMPARE(second.code, 1);
    }

    void filesGoBothWays()
    {
        const QByteArray content(2'500'000, 'f');
        const QString file = write(u"big"_s, content);
        QCOMPARE(run(u"sandbox cp %1 box:/root/copied"_s.arg(file)).code, 0);
        QCOMPARE(run(u"sandbox cp box:/root/copied %1/back"_s.arg(m_folder.path())).code, 0);
        QCOMPARE(read(m_folder.path() + u"/back"_s), content);
        QCOMPARE(run(u"sandbox cp box:/root/copied %1"_s.arg(m_folder.path())).code,
                 0); // into a folder
        QCOMPARE(read(m_folder.path() + u"/copied"_s).size(), content.size());
        const Outcome missing = run(u"sandbox cp box:/root/nothing %1/x"_s.arg(m_folder.path()));
        QCOMPARE(missing.code, 1);
        QVERIFY(missing.err.contains("/root/nothing"));
        QVERIFY(!QFileInfo::exists(m_folder.path() + u"/x"_s));
    }

    void foldersGoBothWays()
    {
        write(u"tree/a"_s, "A");
        write(u"tree/deep/er/b"_s, "B");
        QVERIFY(QFile::link(u"a"_s, m_folder.path() + u"/tree/link"_s));
        const QString tree = m_folder.path() + u"/tree"_s;
        const Outcome plain = run(u"sandbox cp %1 box:/root/"_s.arg(tree));
        QCOMPARE(plain.code, 1);
        QVERIFY(plain.err.contains("-r"));
        const Outcome up = run(u"sandbox cp -r %1 box:/root/"_s.arg(tree));
        QVERIFY2(up.code == 0, up.err.constData());
        QVERIFY(up.err.contains("link")); // told, not dropped in silence
        QCOMPARE(m_program
                     .run({u"sandbox"_s, u"exec"_s, u"box"_s, u"--"_s, u"sh"_s, u"-c"_s,
                           u"ln -s /etc/passwd /root/tree/out; mkfifo /root/tree/fifo"_s})
                     .code,
                 0);
        const Outcome down = run(u"sandbox cp -r box:/root/tree %1/down"_s.arg(m_folder.path()));
        QVERIFY2(down.code == 0, down.err.constData());
        QCOMPARE(read(m_folder.path() + u"/down/deep/er/b"_s), QByteArray("B"));
        QVERIFY(QFileInfo(m_folder.path() + u"/down/out"_s).isSymLink());
        QVERIFY(down.err.contains("fifo"));
    }

    void stopRestartCommitRemove()
    {
        QCOMPARE(run(u"sandbox start --name life"_s).code, 0);
        QCOMPARE(m_program
                     .run({u"sandbox"_s, u"exec"_s, u"life"_s, u"--"_s, u"sh"_s, u"-c"_s,
                           u"echo kept > /root/f"_s})
                     .code,
                 0);
        QCOMPARE(run(u"sandbox commit life made:1"_s).code, 0);
        QVERIFY(run(u"image ls"_s).out.contains("made:1"));
        QCOMPARE(run(u"sandbox stop life"_s).code, 0);
        QVERIFY(!run(u"sandbox ls"_s).out.contains("life"));
        QVERIFY(run(u"sandbox ls --all"_s).out.contains("life"));
        QCOMPARE(run(u"sandbox restart life"_s).code, 0);
        QCOMPARE(run(u"sandbox exec life -- cat /root/f"_s).out, QByteArray("kept\n"));
        QCOMPARE(run(u"sandbox rm life"_s).code, 1); // it runs
        QCOMPARE(run(u"sandbox rm --force life"_s).code, 0);
        QCOMPARE(run(u"exec --image made:1 -- cat /root/f"_s).out, QByteArray("kept\n"));
        QCOMPARE(run(u"image show made:1 --json"_s).code, 0);
        const QString tar = m_folder.path() + u"/made.tar"_s;
        const QList<QJsonObject> events
            = jsonLines(run(u"image export made:1 %1 --json"_s.arg(tar)).out);
        QCOMPARE(events.last().value("event"_L1).toString(), u"done"_s);
        QVERIFY(QFileInfo(tar).size() > 0);
        QCOMPARE(run(u"image rm made:1"_s).code, 0);
        QCOMPARE(run(u"image import %1 again:1"_s.arg(tar)).code, 0);
        QCOMPARE(run(u"exec --image again:1 -- cat /root/f"_s).out, QByteArray("kept\n"));
        QCOMPARE(run(u"image rm again:1"_s).code, 0);
    }

    void sweepingNeedsNoEngine()
    {
        QCOMPARE(run(u"sandbox sweep --dry-run"_s).code, 0);
        Program other;
        QCOMPARE(other.run({u"sandbox"_s, u"sweep"_s, u"--dry-run"_s}).code, 0);
        QCOMPARE(other.run({u"sandbox"_s, u"sweep"_s}).code, 0);
        QVERIFY(other.run({u"image"_s, u"ls"_s}).out.contains("host"));
        QCOMPARE(QDir(other.data() + u"/run"_s).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
                 QStringList());
    }
};

QTEST_GUILESS_MAIN(EngineTest)
#include "enginetest.moc"
