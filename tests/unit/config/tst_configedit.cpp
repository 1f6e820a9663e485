// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One value changes, the rest of the file stays as a person wrote it.
#include "config/config.h"
#include "config/edit.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace quarry;
using namespace quarry::config;
using namespace Qt::StringLiterals;

class TestConfigEdit : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void json_data();
    void json();
    void yaml_data();
    void yaml();
    void strangeFormsAreRefused();
    void brokenFileIsRefused();
    void fileIsMadeAndChanged();
    void linkStays();
    void originsByKind();
};

void TestConfigEdit::json_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QJsonValue>("value"); // undefined: taken out
    QTest::addColumn<QString>("after");
    const QString ordered
        = u"{\n  \"server\": {\"auth\": \"auto\",  \"cors\": []},\n  \"data\": {}\n}\n"_s;
    QTest::newRow("replaced") << ordered << u"server.auth"_s << QJsonValue(u"none"_s)
                              << QString(ordered).replace(u"\"auto\""_s, u"\"none\""_s);
    QTest::newRow("a list") << ordered << u"server.cors"_s << QJsonValue(QJsonArray{u"a\"b"_s})
                            << QString(ordered).replace(u"[]"_s, u"[\"a\\\"b\"]"_s);
    QTest::newRow("taken out first")
        << ordered << u"server.auth"_s << QJsonValue(QJsonValue::Undefined)
        << QString(ordered).remove(u"\"auth\": \"auto\",  "_s);
    QTest::newRow("taken out last")
        << ordered << u"server.cors"_s << QJsonValue(QJsonValue::Undefined)
        << QString(ordered).remove(u",  \"cors\": []"_s);
    QTest::newRow("not there") << ordered << u"sandbox.pool"_s << QJsonValue(QJsonValue::Undefined)
                               << ordered;
    QTest::newRow("of an empty file")
        << QString() << u"sandbox.pool"_s << QJsonValue(3)
        << u"{\n    \"sandbox\": {\n        \"pool\": 3\n    }\n}\n"_s;
    QTest::newRow("a brace in a text")
        << u"{\"data\": {\"path\": \"/a}b\"}, \"server\": {\"auth\": \"auto\"}}"_s
        << u"server.auth"_s << QJsonValue(u"token"_s)
        << u"{\"data\": {\"path\": \"/a}b\"}, \"server\": {\"auth\": \"token\"}}"_s;
    QTest::newRow("three levels")
        << u"{\"data\": {\"path\": \"/x\"}}"_s << u"data.keep.days"_s << QJsonValue(7)
        << u"{\"data\": {\"path\": \"/x\",\n        \"keep\": {\n            \"days\": 7\n        }}}"_s;
}

void TestConfigEdit::json()
{
    QFETCH(QString, before);
    QFETCH(QString, key);
    QFETCH(QJsonValue, value);
    QFETCH(QString, after);
    const auto given = value.isUndefined() ? std::nullopt : std::optional<QJsonValue>(value);
    const Result<QString> edited = editedText(u"/c.json"_s, before, key, given);
    QVERIFY2(edited.ok(), edited ? "" : qPrintable(edited.error().message));
    QCOMPARE(*edited, after);
}

void TestConfigEdit::yaml_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("after");
    const QString text
        = u"# mine\nserver:\n  auth: auto # who\n  listen:\n  - 127.0.0.1:1\n  - 127.0.0.1:2\n"
          "  cors: []\n\nsandbox:\n    pool: 2\n"_s;
    QTest::newRow("a remark stays") << text << u"server.auth"_s << QJsonValue(u"none"_s)
                                    << QString(text).replace(u"auto #"_s, u"\"none\" #"_s);
    QTest::newRow("a list of lines")
        << text << u"server.listen"_s << QJsonValue(QJsonArray{u"127.0.0.1:3"_s})
        << QString(text).replace(u"listen:\n  - 127.0.0.1:1\n  - 127.0.0.1:2\n"_s,
                                 u"listen: [\"127.0.0.1:3\"]\n"_s);
    QTest::newRow("into a section")
        << text << u"sandbox.cpus"_s << QJsonValue(1.5) << text + u"    cpus: 1.5\n"_s;
    QTest::newRow("a new section")
        << text << u"gem.record"_s << QJsonValue(false) << text + u"gem:\n  record: false\n"_s;
    QTest::newRow("taken out") << text << u"server.cors"_s << QJsonValue(QJsonValue::Undefined)
                               << QString(text).remove(u"  cors: []\n"_s);
    QTest::newRow("the last of a section")
        << text << u"sandbox.pool"_s << QJsonValue(QJsonValue::Undefined)
        << QString(text).remove(u"    pool: 2\n"_s);
}

void TestConfigEdit::yaml()
{
    QFETCH(QString, before);
    QFETCH(QString, key);
    QFETCH(QJsonValue, value);
    QFETCH(QString, after);
    const auto given = value.isUndefined() ? std::nullopt : std::optional<QJsonValue>(value);
    const Result<QString> edited = editedText(u"/c.yaml"_s, before, key, given);
    QVERIFY2(edited.ok(), edited ? "" : qPrintable(edited.error().message));
    QCOMPARE(*edited, after);
}

void TestConfigEdit::strangeFormsAreRefused()
{
    const Result<QString> flow
        = editedText(u"/c.yaml"_s, u"server: {auth: auto}\n"_s, u"server.auth"_s, u"none"_s);
    QVERIFY(!flow);
    QVERIFY(flow.error().message.contains(u"by hand"_s));
    QVERIFY(!editedText(u"/c.json"_s, u"{\"server\": 3}"_s, u"server.auth"_s, u"none"_s));
}

void TestConfigEdit::brokenFileIsRefused()
{
    QVERIFY(!editedText(u"/c.json"_s, u"{\"server\": "_s, u"server.auth"_s, u"none"_s));
}

void TestConfigEdit::fileIsMadeAndChanged()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"quarry/config.json"_s);
    QVERIFY(editFile(path, u"sandbox.pool"_s, 5).ok());
    QVERIFY(editFile(path, u"sandbox.on_exit"_s, u"delete"_s).ok());
    Sources sources;
    sources.userFile = path;
    const Result<Config> config = Config::load(sources);
    QVERIFY(config.ok());
    QCOMPARE(config->number(u"sandbox.pool"_s), 5);
    QCOMPARE(config->text(u"sandbox.on_exit"_s), u"delete"_s);
    QVERIFY(editFile(path, u"sandbox.pool"_s, {}).ok());
    QCOMPARE(Config::load(sources)->originKind(u"sandbox.pool"_s), OriginKind::Default);
}

void TestConfigEdit::linkStays()
{
    QTemporaryDir folder;
    const QString link = folder.filePath(u"config.json"_s);
    QVERIFY(editFile(folder.filePath(u"real.json"_s), u"sandbox.pool"_s, 5).ok());
    QVERIFY(QFile::link(folder.filePath(u"real.json"_s), link));
    QVERIFY(editFile(link, u"sandbox.pool"_s, 6).ok());
    QVERIFY(QFileInfo(link).isSymLink());
}

void TestConfigEdit::originsByKind()
{
    Sources sources;
    sources.environment.insert(u"QUARRY_SANDBOX_POOL"_s, u"4"_s);
    sources.flags.insert(u"data.path"_s, u"/x"_s);
    sources.flagNames.insert(u"data.path"_s, u"--data"_s);
    const Result<Config> config = Config::load(sources);
    QCOMPARE(config->originKind(u"sandbox.pool"_s), OriginKind::Environment);
    QCOMPARE(config->originKind(u"data.path"_s), OriginKind::Flag);
    QCOMPARE(config->originKind(u"server.auth"_s), OriginKind::Default);
}

QTEST_GUILESS_MAIN(TestConfigEdit)
#include "tst_configedit.moc"
