// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Help, wrong usage, and what needs no sandbox.
#include "programrun.h"

using namespace quarry::test;
using namespace Qt::StringLiterals;

class UsageTest : public QObject
{
    Q_OBJECT

private:
    Program m_program;

    QList<QStringList> commands() const
    {
        const QString help = QString::fromUtf8(m_program.run({u"--help"_s}).out);
        const QString listed = help.section(u"Commands:\n"_s, 1).section(u"\n\n"_s, 0, 0);
        QList<QStringList> all;
        for (const QString &line : listed.split(u'\n'))
            all << line.trimmed().section(u"  "_s, 0, 0).split(u' ');
        return all;
    }

private Q_SLOTS:
    void rendersWhatATerminalWouldShow()
    {
        const QTemporaryDir folder;
        const auto written = [&](const QString &name, const QByteArray &bytes) {
            QFile file(folder.filePath(name));
            return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size()
                ? file.fileName()
                : QString();
        };
        const QString raw = written(u"raw"_s, "one\r\n\033[1;31mtwo\033[0m\033[1;1Hw");
        QCOMPARE(m_program.run({u"term"_s, u"render"_s, raw}).out, QByteArray("wne\ntwo\n"));
        const Outcome json
            = m_program.run({u"term"_s, u"render"_s, u"--size"_s, u"4x3"_s, u"--json"_s, raw});
        QCOMPARE(json.out.trimmed(), QByteArray(R"({"cursor":[0,1],"lines":["wne","two",""]})"));
        const QString cast = written(u"a.cast"_s,
                                     "{\"version\":2,\"width\":80,\"height\":24}\n"
                                     "[0.5,\"o\",\"hi \"]\n[1.5,\"o\",\"there\\r\\n\"]\n");
        QCOMPARE(m_program.run({u"term"_s, u"render"_s, cast}).out, QByteArray("hi there\n"));
        QCOMPARE(m_program.run({u"term"_s, u"play"_s, cast}).out, QByteArray("hi there\r\n"));
        QCOMPARE(m_program.run({u"term"_s, u"render"_s, u"--size"_s, u"0x9"_s, raw}).code, 2);
        QCOMPARE(m_program.run({u"term"_s, u"render"_s, folder.filePath(u"no"_s)}).code, 1);
        QCOMPARE(m_program.run({u"term"_s, u"play"_s, raw}).code, 1);
    }

    void everyCommandExplainsItself()
    {
        const QList<QStringList> all = commands();
        QVERIFY(all.size() > 15);
        for (const QStringList &command : all) {
            const Outcome help = m_program.run(command + QStringList{u"--help"_s});
            const QString text = QString::fromUtf8(help.out);
            QCOMPARE(help.code, 0);
            QVERIFY(help.err.isEmpty());
            QVERIFY2(text.startsWith(u"Usage: quarry "_s + command.join(u' ')), qPrintable(text));
            const QString examples = text.section(u"Example"_s, 1);
            QVERIFY2(examples.contains(u"quarry "_s + command.join(u' ')), qPrintable(text));
            for (const QString &line : text.split(u'\n'))
                QVERIFY2(line.size() <= 120, qPrintable(line));
        }
    }

    void groupsExplainThemselves()
    {
        for (const QString &group : {u"sandbox"_s, u"image"_s}) {
            const Outcome help = m_program.run({group, u"--help"_s});
            QCOMPARE(help.code, 0);
            QVERIFY(help.out.contains("quarry " + group.toUtf8()));
            QVERIFY(help.out.contains("Example"));
        }
    }

    void wrongWordsNameTheNearest_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("offered");
        QTest::newRow("command") << QStringList{u"serv"_s} << u"serve"_s;
        QTest::newRow("group") << QStringList{u"sandbx"_s, u"ls"_s} << u"sandbox"_s;
        QTest::newRow("subcommand") << QStringList{u"sandbox"_s, u"lst"_s} << u"\"ls\""_s;
        QTest::newRow("flag") << QStringList{u"serve"_s, u"--lisen"_s, u"127.0.0.1:0"_s}
                              << u"--listen"_s;
        QTest::newRow("flag with =")
            << QStringList{u"exec"_s, u"--memroy=1g"_s, u"--"_s, u"true"_s} << u"--memory"_s;
        QTest::newRow("choice") << QStringList{u"serve"_s, u"--auth"_s, u"tokn"_s}
                                << u"\"token\""_s;
        QTest::newRow("transposed")
            << QStringList{u"exec"_s, u"--network"_s, u"hots"_s, u"--"_s, u"true"_s}
            << u"\"host\""_s;
        QTest::newRow("nothing near") << QStringList{u"xyzzyx"_s} << u"doctor"_s;
    }

    void wrongWordsNameTheNearest()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, offered);
        const Outcome outcome = m_program.run(arguments);
        QCOMPARE(outcome.code, 2);
        QVERIFY(outcome.out.isEmpty());
        QVERIFY2(outcome.err.contains(offered.toUtf8()), outcome.err.constData());
        QVERIFY(!outcome.err.contains('\x1b'));
    }

    void wrongUsageIsTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        const auto row = [](const char *line) {
            QTest::newRow(line) << QString::fromLatin1(line).split(u' ', Qt::SkipEmptyParts);
        };
        for (const char *line : {"",
                                 "exec",
                                 "exec --",
                                 "sandbox",
                                 "sandbox show",
                                 "sandbox show a b",
                                 "serve --listen",
                                 "serve --listen --json",
                                 "serve extra",
                                 "exec --timeout soon -- true",
                                 "exec --timeout 0 -- true",
                                 "exec --memory lots -- true",
                                 "exec --cpus -1 -- true",
                                 "exec --cpus nan -- true",
                                 "exec --env =x -- true",
                                 "exec --bind a:b -- true",
                                 "exec --pids -3 -- true",
                                 "exec --json=yes -- true",
                                 "exec --image a --image b -- true",
                                 "exec --image= -- true",
                                 "sandbox cp a b",
                                 "sandbox cp a:/x b:/y",
                                 "version --nonsense"})
            row(line);
    }

    void wrongUsageIsTwo()
    {
        QFETCH(QStringList, arguments);
        const Outcome outcome = m_program.run(arguments);
        QCOMPARE(outcome.code, 2);
        QVERIFY(!outcome.err.isEmpty());
        QVERIFY(outcome.out.isEmpty());
    }

    void versionIsForPeopleAndMachines()
    {
        QVERIFY(m_program.run({u"version"_s}).out.startsWith("quarry 0."));
        QVERIFY(m_program.run({u"--version"_s}).out.startsWith("quarry 0."));
        const QList<QJsonObject> lines = jsonLines(m_program.run({u"version"_s, u"--json"_s}).out);
        QCOMPARE(lines.size(), 1);
        QVERIFY(!lines[0].value("version"_L1).toString().isEmpty());
    }

    void withoutAnEngineItSaysWhatToDo()
    {
        for (const QStringList &arguments :
             {QStringList{u"sandbox"_s, u"ls"_s}, QStringList{u"sandbox"_s, u"stop"_s, u"x"_s}}) {
            const Outcome outcome = m_program.run(arguments);
            QCOMPARE(outcome.code, 1);
            QVERIFY(outcome.err.contains("quarry serve"));
            QVERIFY(outcome.out.isEmpty());
            const QList<QJsonObject> lines
                = jsonLines(m_program.run(arguments + QStringList{u"--json"_s}).out);
            QCOMPARE(lines.last().value("event"_L1).toString(), u"error"_s);
            QCOMPARE(lines.last().value("code"_L1).toString(), u"wrong_state"_s);
        }
    }

    void doctorTellsPartsAndOrigins()
    {
        QFile config(m_program.config() + u"/quarry/config.json"_s);
        QVERIFY(QDir().mkpath(m_program.config() + u"/quarry"_s)
                && config.open(QIODevice::WriteOnly));
        config.write(R"({"server":{"listen":["127.0.0.1:45678"]}})");
        config.close();
        const Outcome outcome = m_program.run({u"doctor"_s});
        QVERIFY(outcome.code == 0 || outcome.code == 1);
        for (const char *word :
             {"bubblewrap", "overlay", "cgroup", "45678", "config.json", "QUARRY_DATA"})
            QVERIFY2(outcome.out.contains(word), word);
        QVERIFY(!outcome.out.contains('\x1b'));
        const QList<QJsonObject> lines = jsonLines(m_program.run({u"doctor"_s, u"--json"_s}).out);
        QVERIFY(lines.size() > 20);
        QCOMPARE(lines.last().value("event"_L1).toString(), u"done"_s);
        config.remove();
    }
};

QTEST_GUILESS_MAIN(UsageTest)
#include "usagetest.moc"
