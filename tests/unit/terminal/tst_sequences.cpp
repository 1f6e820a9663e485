// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The table sequences.txt: what each sequence does to the screen, the cursor, and what it answers.
#include "terminal/emulator/emulator.h"

#include <QFile>
#include <QTest>

using namespace quarry::terminal;

namespace {

QByteArray unescaped(const QByteArray &text)
{
    static const QByteArray names = "eabtnvfr\\";
    static const QByteArray values = "\x1b\a\b\t\n\v\f\r\\";
    QByteArray out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            out += text[i];
            continue;
        }
        const char kind = text[++i];
        if (kind == 'x') {
            out += QByteArray::fromHex(text.mid(i + 1, 2));
            i += 2;
        } else if (kind == 'u') {
            out += QString(QChar(char16_t(text.mid(i + 1, 4).toUShort(nullptr, 16)))).toUtf8();
            i += 4;
        } else {
            out += values[names.indexOf(kind)];
        }
    }
    return out;
}

QByteArray screenOf(const Emulator &emulator)
{
    std::string text;
    for (int i = 0; i < emulator.screen().rows(); ++i) {
        const RowView row = emulator.screen().row(i);
        row.appendUtf8(0, row.usedColumns(), text);
        text += '/';
    }
    while (!text.empty() && text.back() == '/')
        text.pop_back();
    return QByteArray::fromStdString(text);
}

} // namespace

class TestSequences : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void does_data();
    void does();
};

void TestSequences::does_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("screen");
    QTest::addColumn<QByteArray>("cursor");
    QTest::addColumn<QByteArray>("answer");
    QFile file(QStringLiteral(QUARRY_SOURCE_DIR "/tests/unit/terminal/sequences.txt"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    int count = 0;
    for (QByteArray line : file.readAll().split('\n')) {
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        if (line.endsWith(" |"))
            line += ' ';
        line.replace(" | | ", " |  | ");
        QList<QByteArray> fields;
        for (const QString &field : QString::fromUtf8(line).split(QStringLiteral(" | ")))
            fields.append(field.toUtf8());
        QVERIFY2(fields.size() == 5, line.constData());
        QTest::newRow(fields[0].constData()) << unescaped(fields[1]) << unescaped(fields[2])
                                             << fields[3] << unescaped(fields[4].trimmed());
        ++count;
    }
    QVERIFY(count >= 200);
}

void TestSequences::does()
{
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, screen);
    QFETCH(QByteArray, cursor);
    QFETCH(QByteArray, answer);
    for (const bool whole : {true, false}) {
        Emulator emulator(10, 4);
        if (whole)
            emulator.feed(input.toStdString());
        for (qsizetype i = 0; !whole && i < input.size(); ++i)
            emulator.feed(std::string_view(input.constData() + i, 1));
        QCOMPARE(QString::fromUtf8(screenOf(emulator)), QString::fromUtf8(screen));
        const Cursor &at = emulator.screen().cursor();
        QCOMPARE(QByteArray::number(at.row) + ',' + QByteArray::number(at.column), cursor);
        QCOMPARE(QByteArray::fromStdString(emulator.takeReplies()), answer);
    }
}

QTEST_APPLESS_MAIN(TestSequences)
#include "tst_sequences.moc"
