// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Output of real programs shows what other emulators show for it, however the bytes are cut.
#include "terminal/emulator/emulator.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

using namespace quarry::terminal;

namespace {

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), std::size_t(bytes.size())};
}

QStringList linesOf(const Emulator &emulator)
{
    QStringList lines;
    for (int i = 0; i < emulator.screen().rows(); ++i) {
        const RowView row = emulator.screen().row(i);
        std::string text;
        row.appendUtf8(0, row.usedColumns(), text);
        lines.append(QString::fromStdString(text));
    }
    return lines;
}

QJsonObject readJson(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                          : QJsonObject();
}

} // namespace

class TestCorpus : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void shows_data();
    void shows();

private:
    static void compare(const Emulator &emulator, const QJsonObject &expected);
};

void TestCorpus::shows_data()
{
    QTest::addColumn<QString>("path");
    const QDir folder(QStringLiteral(QUARRY_SOURCE_DIR "/tests/unit/terminal/corpus"));
    const QStringList names = folder.entryList({QStringLiteral("*.json")});
    QVERIFY(!names.isEmpty());
    for (const QString &name : names)
        QTest::newRow(qPrintable(name)) << folder.filePath(name).chopped(5);
}

void TestCorpus::compare(const Emulator &emulator, const QJsonObject &expected)
{
    const QStringList lines = linesOf(emulator);
    const QJsonArray wanted = expected[u"expected"].toArray();
    QCOMPARE(lines.size(), wanted.size());
    for (qsizetype i = 0; i < lines.size(); ++i)
        QCOMPARE(lines[i], wanted[i].toString());
    const Cursor &cursor = emulator.screen().cursor();
    const QJsonArray position = expected[u"cursor"].toArray();
    QCOMPARE(cursor.row, position[0].toInt());
    QCOMPARE(cursor.column, qMin(position[1].toInt(), emulator.screen().columns() - 1));
    QCOMPARE(emulator.screen().isAlternate(), expected[u"alt_screen"].toBool());
}

void TestCorpus::shows()
{
    QFETCH(QString, path);
    const QJsonObject expected = readJson(path + QStringLiteral(".json"));
    QFile file(path + QStringLiteral(".bytes"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    const int columns = expected[u"cols"].toInt();
    const int rows = expected[u"rows"].toInt();

    Emulator whole(columns, rows);
    whole.feed(viewOf(bytes));
    compare(whole, expected);
    const std::string replies = whole.takeReplies();

    Emulator single(columns, rows);
    for (const char byte : bytes)
        single.feed(std::string_view(&byte, 1));
    compare(single, expected);
    QCOMPARE(single.takeReplies(), replies);

    QRandomGenerator random(7);
    for (int round = 0; round < 5; ++round) {
        Emulator pieces(columns, rows);
        for (qsizetype at = 0; at < bytes.size();) {
            const qsizetype size = qMin(qsizetype(random.bounded(1, 200)), bytes.size() - at);
            pieces.feed(viewOf(bytes.mid(at, size)));
            at += size;
        }
        compare(pieces, expected);
    }
}

QTEST_APPLESS_MAIN(TestCorpus)
#include "tst_corpus.moc"
