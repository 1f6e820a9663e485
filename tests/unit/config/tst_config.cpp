// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The configuration: whose word wins, what is wrong told all at once, and files that mean harm.
#include "config/config.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace quarry;
using namespace quarry::config;
using namespace Qt::StringLiterals;

class ConfigTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasTheDefaultsOfTheContract();
    void theLastWordWins();
    void tellsAllFaultsTogether();
    void readsAnAgentFlowFile();
    void takesAgentFlowsServerAlone();
    void checksAddresses_data();
    void checksAddresses();
    void expandsVariables();
    void readsYamlAsPeopleWriteIt();
    void warnsOfUnknownVariables();
    void refusesHarmfulFiles_data();
    void refusesHarmfulFiles();
    void readsSizesAndTimes();

private:
    QString write(const QString &name, const QByteArray &text)
    {
        QFile file(m_folder.filePath(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(text);
        return file.fileName();
    }

    QTemporaryDir m_folder;
};

void ConfigTest::hasTheDefaultsOfTheContract()
{
    const auto config = Config::load({});
    QVERIFY(config.ok());
    QCOMPARE(config->list(u"server.listen"_s),
             QStringList({u"127.0.0.1:8080"_s, u"127.0.0.1:18890"_s}));
    QCOMPARE(config->number(u"sandbox.pids"_s), 4096);
    QCOMPARE(config->number(u"sandbox.idle_timeout"_s), 6 * 3600);
    QCOMPARE(config->text(u"sandbox.on_exit"_s), u"stop"_s);
    QCOMPARE(config->number(u"server.max_upload"_s), qint64(10) << 30);
    QCOMPARE(config->origin(u"server.listen"_s), u"default"_s);
}

void ConfigTest::theLastWordWins()
{
    Sources sources;
    sources.userFile
        = write(u"user.yaml"_s, "sandbox:\n  memory: 1g\n  cpus: 1\n  pids: 10\n  network: user\n");
    sources.configFile
        = write(u"given.json"_s, R"({"sandbox":{"memory":"2g","cpus":1.5,"pids":20}})");
    sources.environment
        = {{u"QUARRY_SANDBOX_MEMORY"_s, u"3g"_s}, {u"QUARRY_SANDBOX_CPUS"_s, u"2.5"_s}};
    sources.flags = {{u"sandbox.memory"_s, u"4g"_s}};
    sources.flagNames = {{u"sandbox.memory"_s, u"--memory"_s}};
    const auto config = Config::load(sources);
    QVERIFY2(config.ok(), qPrintable(config.ok() ? QString() : config.error().message));
    QCOMPARE(config->number(u"sandbox.memory"_s), qint64(4) << 30);
    QCOMPARE(config->origin(u"sandbox.memory"_s), u"--memory"_s);
    QCOMPARE(config->real(u"sandbox.cpus"_s), 2.5);
    QCOMPARE(config->origin(u"sandbox.cpus"_s), u"QUARRY_SANDBOX_CPUS"_s);
    QCOMPARE(config->number(u"sandbox.pids"_s), 20);
    QCOMPARE(config->origin(u"sandbox.pids"_s), sources.configFile);
    QCOMPARE(config->text(u"sandbox.network"_s), u"user"_s);
}

void ConfigTest::tellsAllFaultsTogether()
{
    Sources sources;
    sources.userFile
        = write(u"bad.yaml"_s, "sandbox:\n  memroy: 1g\n  cpus: none\nsrever:\n  auth: no\n");
    sources.environment = {{u"QUARRY_SERVER_AUTH"_s, u"tokn"_s}};
    const auto config = Config::load(sources);
    QVERIFY(!config.ok());
    const QString text = config.error().message;
    for (const QString &word :
         {sources.userFile, u"sandbox.memroy"_s, u"did you mean sandbox.memory?"_s,
          u"sandbox.cpus"_s, u"srever"_s, u"did you mean server?"_s, u"QUARRY_SERVER_AUTH"_s,
          u"did you mean token?"_s})
        QVERIFY2(text.contains(word), qPrintable(word + u" in: "_s + text));
}

void ConfigTest::readsAnAgentFlowFile()
{
    Sources sources;
    sources.configFile
        = write(u"agentflow.yaml"_s,
                "_comment: a server\nserver: {port: 18890}\nresources:\n  vm: {enabled: true}\n"
                "quarry:\n  server: {auth: token}\n");
    const auto config = Config::load(sources);
    QVERIFY2(config.ok(), qPrintable(config.ok() ? QString() : config.error().message));
    QCOMPARE(config->text(u"server.auth"_s), u"token"_s);
    QVERIFY(config->agentFlow()[u"resources"_s].isObject());
    QVERIFY(!config->agentFlow().contains(u"quarry"_s));
}

void ConfigTest::takesAgentFlowsServerAlone()
{
    Sources sources;
    sources.configFile
        = write(u"server.json"_s, R"({"server":{"host":"0.0.0.0","port":18890,"session_ttl":9}})");
    const auto config = Config::load(sources);
    QVERIFY2(config.ok(), qPrintable(config.ok() ? QString() : config.error().message));
    QCOMPARE(config->agentFlow()[u"server"_s][u"port"_s].toInt(), 18890);
    QCOMPARE(config->origin(u"server.listen"_s), u"default"_s);
}

void ConfigTest::checksAddresses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    QTest::newRow("IPv4") << u"127.0.0.1:8080"_s << true;
    QTest::newRow("IPv6") << u"[::1]:0"_s << true;
    QTest::newRow("name") << u"localhost:65535"_s << true;
    QTest::newRow("no port") << u"127.0.0.1"_s << false;
    QTest::newRow("large port") << u"127.0.0.1:65536"_s << false;
    QTest::newRow("bare IPv6") << u"::1:80"_s << false;
    QTest::newRow("no host") << u":80"_s << false;
    QTest::newRow("nothing") << u","_s << false;
    QTest::newRow("one of two") << u"127.0.0.1:1,x"_s << false;
}

void ConfigTest::checksAddresses()
{
    QFETCH(QString, text);
    QFETCH(bool, good);
    Sources sources;
    sources.environment = {{u"QUARRY_SERVER_LISTEN"_s, text}};
    const auto config = Config::load(sources);
    QCOMPARE(config.ok(), good);
    if (!good)
        QVERIFY(config.error().message.contains(u"QUARRY_SERVER_LISTEN: server.listen"_s));
}

void ConfigTest::expandsVariables()
{
    Sources sources;
    sources.environment = {{u"PLACE"_s, u"/srv/q"_s}};
    sources.userFile = write(u"vars.yaml"_s,
                             "data: {path: '${PLACE}/data'}\nsandbox: {image: '${IMG:-host}'}\n");
    const auto config = Config::load(sources);
    QVERIFY(config.ok());
    QCOMPARE(config->text(u"data.path"_s), u"/srv/q/data"_s);
    QCOMPARE(config->text(u"sandbox.image"_s), u"host"_s);
    sources.userFile = write(u"unset.yaml"_s, "data: {path: '${NOWHERE}/data'}\n");
    const auto refused = Config::load(sources);
    QVERIFY(!refused.ok());
    QVERIFY(refused.error().message.contains(u"NOWHERE"_s));
}

void ConfigTest::readsYamlAsPeopleWriteIt()
{
    Sources sources;
    sources.userFile = write(
        u"form.yaml"_s,
        "{server: {hosts: [a, 'b']}, gem: null, sandbox: {require_limits: True, cpus: 1.5,\n"
        "  idle_timeout: 90, image: '3.11'}}\n");
    const auto config = Config::load(sources);
    QVERIFY2(config.ok(), qPrintable(config.ok() ? QString() : config.error().message));
    QCOMPARE(config->list(u"server.hosts"_s), QStringList({u"a"_s, u"b"_s}));
    QVERIFY(config->flag(u"sandbox.require_limits"_s));
    QCOMPARE(config->number(u"sandbox.idle_timeout"_s), 90);
    QCOMPARE(config->text(u"sandbox.image"_s), u"3.11"_s);
}

void ConfigTest::warnsOfUnknownVariables()
{
    Sources sources;
    sources.environment = {{u"QUARRY_SANDBOX_POOLS"_s, u"1"_s}};
    const auto config = Config::load(sources);
    QVERIFY(config.ok());
    QCOMPARE(config->warnings().size(), 1);
    QVERIFY(config->warnings()[0].contains(u"QUARRY_SANDBOX_POOL?"_s));
}

void ConfigTest::refusesHarmfulFiles_data()
{
    QTest::addColumn<QByteArray>("text");
    QByteArray bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
    for (int i = 1; i < 9; ++i) {
        const QByteArray before = "*a" + QByteArray::number(i - 1);
        bomb += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " ["
            + (before + ",").repeated(9) + before + "]\n";
    }
    QTest::newRow("alias bomb") << bomb;
    QTest::newRow("deep YAML") << QByteArray("a: " + QByteArray(5000, '[') + QByteArray(5000, ']'));
    QTest::newRow("deep flow") << QByteArray("{\"a\":" + QByteArray(5000, '[')
                                             + QByteArray(5000, ']') + "}");
    QTest::newRow("large") << QByteArray(3 << 20, '#');
    QTest::newRow("not a group") << QByteArray("- a\n- b\n");
    QTest::newRow("cut off") << QByteArray("{\"server\":");
    QTest::newRow("bytes") << QByteArray("\x00\xff\xfe\x01: [", 7);
}

void ConfigTest::refusesHarmfulFiles()
{
    QFETCH(QByteArray, text);
    Sources sources;
    for (const QString &name : {u"harm.yaml"_s, u"harm.json"_s, u"harm"_s}) {
        sources.configFile = write(name, text);
        const auto config = Config::load(sources);
        QVERIFY(!config.ok());
        QVERIFY(config.error().message.contains(sources.configFile));
    }
}

void ConfigTest::readsSizesAndTimes()
{
    Sources sources;
    sources.flags = {{u"sandbox.idle_timeout"_s, u"30m"_s},
                     {u"server.max_body"_s, u"1m"_s},
                     {u"server.listen"_s, u"127.0.0.1:0, [::1]:9"_s},
                     {u"sandbox.require_limits"_s, u"yes"_s}};
    const auto config = Config::load(sources);
    QVERIFY(config.ok());
    QCOMPARE(config->number(u"sandbox.idle_timeout"_s), 1800);
    QCOMPARE(config->number(u"server.max_body"_s), 1 << 20);
    QCOMPARE(config->list(u"server.listen"_s), QStringList({u"127.0.0.1:0"_s, u"[::1]:9"_s}));
    QVERIFY(config->flag(u"sandbox.require_limits"_s));
    sources.flags = {{u"sandbox.uid_range"_s, u"100-200"_s}};
    QVERIFY(!Config::load(sources).ok());
}

QTEST_GUILESS_MAIN(ConfigTest)
#include "tst_config.moc"
