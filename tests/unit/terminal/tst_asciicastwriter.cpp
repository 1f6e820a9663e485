// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal/asciicastwriter.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

using quarry::terminal::AsciicastWriter;

namespace {

QList<QByteArray> rowsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().split('\n')
                                          : QList<QByteArray>();
}

} // namespace

class TestAsciicastWriter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writesVersionTwo();
    void everyByteIsValidJson();
    void splitCharactersAreJoined();
    void capIsMarked();
    void destroyedWriterStillWrites();
    void unwritableFileFailsNobody();

private:
    QTemporaryDir m_folder;
};

void TestAsciicastWriter::writesVersionTwo()
{
    const QString path = m_folder.filePath(QStringLiteral("a.cast"));
    AsciicastWriter writer(path, 80, 24);
    writer.output("hello\r\n");
    writer.output("");
    writer.resized(100, 30);
    writer.output("\x1b[1mbold");
    writer.flush();
    const QList<QByteArray> rows = rowsOf(path);
    QCOMPARE(rows.size(), 4);
    const QJsonObject header = QJsonDocument::fromJson(rows[0]).object();
    QCOMPARE(header.value(QStringLiteral("version")).toInt(), 2);
    QCOMPARE(header.value(QStringLiteral("width")).toInt(), 80);
    QCOMPARE(header.value(QStringLiteral("height")).toInt(), 24);
    QVERIFY(header.value(QStringLiteral("timestamp")).toDouble() > 1.7e9);
    double before = 0;
    for (const QByteArray &row : rows.mid(1)) {
        const double time = QJsonDocument::fromJson(row).array().at(0).toDouble();
        QVERIFY(time >= before);
        before = time;
    }
    QCOMPARE(QJsonDocument::fromJson(rows[1]).array().at(2).toString(),
             QStringLiteral("hello\r\n"));
    QCOMPARE(QJsonDocument::fromJson(rows[2]).array().at(1).toString(), QStringLiteral("r"));
    QCOMPARE(QJsonDocument::fromJson(rows[2]).array().at(2).toString(), QStringLiteral("100x30"));
    QCOMPARE(QJsonDocument::fromJson(rows[3]).array().at(2).toString(),
             QStringLiteral("\x1b[1mbold"));
    QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
}

void TestAsciicastWriter::everyByteIsValidJson()
{
    const QString path = m_folder.filePath(QStringLiteral("bytes.cast"));
    AsciicastWriter writer(path, 80, 24);
    QByteArray all;
    for (int byte = 0; byte < 256; ++byte)
        all.append(char(byte));
    writer.output(all);
    writer.flush();
    const QString text = QJsonDocument::fromJson(rowsOf(path).at(1)).array().at(2).toString();
    QCOMPARE(text.left(128), QString::fromLatin1(all.left(128)));
    QVERIFY(text.contains(QChar::ReplacementCharacter));
}

void TestAsciicastWriter::splitCharactersAreJoined()
{
    const QString path = m_folder.filePath(QStringLiteral("split.cast"));
    AsciicastWriter writer(path, 80, 24);
    writer.output("\xe4\xb8");
    writer.output("\x96!");
    writer.flush();
    QString text;
    for (const QByteArray &row : rowsOf(path).mid(1))
        text += QJsonDocument::fromJson(row).array().at(2).toString();
    QCOMPARE(text, QString::fromUtf8("\xe4\xb8\x96!"));
}

void TestAsciicastWriter::capIsMarked()
{
    const QString path = m_folder.filePath(QStringLiteral("cap.cast"));
    constexpr qint64 cap = 20000;
    AsciicastWriter writer(path, 80, 24, {}, cap);
    for (int i = 0; i < 100; ++i)
        writer.output(QByteArray(1000, 'x'));
    writer.flush();
    writer.output("after");
    writer.ended(QString(100'000, u'\x01'));
    writer.flush();
    QVERIFY(QFile(path).size() <= cap);
    const QList<QByteArray> rows = rowsOf(path);
    const auto marker = [&](qsizetype row) {
        const QJsonArray event = QJsonDocument::fromJson(rows.at(row)).array();
        return event.at(1).toString() == u"m" ? event.at(2).toString() : QString();
    };
    QVERIFY(marker(rows.size() - 2).startsWith(QStringLiteral("gap: ")));
    QVERIFY(marker(rows.size() - 1).startsWith(QStringLiteral("ended: ")));
    QVERIFY(!rows.at(rows.size() - 3).contains("after"));
    for (const QByteArray &row : rows.mid(1))
        QCOMPARE(QJsonDocument::fromJson(row).array().size(), 3);
}

void TestAsciicastWriter::destroyedWriterStillWrites()
{
    const QString path = m_folder.filePath(QStringLiteral("gone.cast"));
    {
        AsciicastWriter writer(path, 80, 24);
        writer.output("last words");
    }
    QVERIFY(QThreadPool::globalInstance()->waitForDone(10000));
    QVERIFY(rowsOf(path).last().contains("last words"));
}

void TestAsciicastWriter::unwritableFileFailsNobody()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("cannot record")));
    AsciicastWriter writer(m_folder.filePath(QStringLiteral("no/such/folder.cast")), 80, 24);
    writer.output("x");
    writer.flush();
    writer.output("y");
    writer.flush();
}

QTEST_GUILESS_MAIN(TestAsciicastWriter)
#include "tst_asciicastwriter.moc"
