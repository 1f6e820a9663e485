// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Files as text and as rows, without any sandbox.
#include "widgets/models/filetext.h"
#include "widgets/models/folderentry.h"

#include <QPlainTextEdit>
#include <QTest>

using namespace quarry;
using namespace quarry::widgets;
using namespace Qt::StringLiterals;

class FileTextTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comesBack_data();
    void comesBack();
    void staysReadOnly_data();
    void staysReadOnly();
    void isNoText();
    void tellsTurns();
    void modes();
    void order();
    void filters();
};

void FileTextTest::comesBack_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QByteArray() << QString();
    QTest::newRow("lines") << QByteArray("a\nb\n") << u"a\nb\n"_s;
    QTest::newRow("no last end") << QByteArray("a\nb") << u"a\nb"_s;
    QTest::newRow("CRLF") << QByteArray("a\r\nb\r\n") << u"a\nb\n"_s;
    QTest::newRow("mark") << QByteArray("\xef\xbb\xbf"
                                        "a\n")
                          << u"a\n"_s;
    QTest::newRow("letters") << QByteArray("grün\t走\n") << u"grün\t走\n"_s;
    QTest::newRow("no-break space") << QByteArray("a\u00a0b\n") << u"a\u00a0b\n"_s;
    QTest::newRow("control") << QByteArray("\x1b[31mred\x07\n") << u"\x1b[31mred\x07\n"_s;
    QTest::newRow("end alone") << QByteArray("\n") << u"\n"_s;
}

// Through the document of an editor too, which has its own idea of lines.
void FileTextTest::comesBack()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    const FileText file = decodeText(bytes);
    QVERIFY2(file.kind == FileText::Kind::Editable, qPrintable(file.reason));
    QCOMPARE(file.text, text);
    QCOMPARE(file.encode(file.text), bytes);
    QPlainTextEdit edit;
    edit.setPlainText(file.text);
    QCOMPARE(edit.document()->toRawText().replace(QChar::ParagraphSeparator, u'\n'), text);
}

void FileTextTest::staysReadOnly_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("Latin-1") << QByteArray("gr\xfcn\n");
    QTest::newRow("cut") << QByteArray("gr\xc3");
    QTest::newRow("mixed ends") << QByteArray("a\r\nb\n");
    QTest::newRow("old ends") << QByteArray("a\rb\r");
    QTest::newRow("CRLF and CR") << QByteArray("a\r\r\nb\r\n");
    QTest::newRow("paragraphs") << QByteArray("a\u2029b\n");
    QTest::newRow("lines") << QByteArray("a\u2028b\n");
    QTest::newRow("frames") << QByteArray("a\ufdd0b\n");
    QTest::newRow("surrogate") << QByteArray("a\xed\xa0\x80\n");
}

void FileTextTest::staysReadOnly()
{
    QFETCH(QByteArray, bytes);
    const FileText file = decodeText(bytes);
    QVERIFY(file.kind == FileText::Kind::ReadOnly);
    QVERIFY(!file.reason.isEmpty());
    QVERIFY(file.text.contains(u'a') || file.text.contains(u'g'));
}

void FileTextTest::isNoText()
{
    QVERIFY(decodeText(QByteArray("a\0b", 3)).kind == FileText::Kind::Binary);
    QVERIFY(decodeText(QByteArray(LongestLine, 'x')).kind == FileText::Kind::Editable);
    const FileText file = decodeText("a\n" + QByteArray(LongestLine + 1, 'x') + "\nb");
    QVERIFY(file.kind == FileText::Kind::LongLines);
    QVERIFY(file.text.isEmpty());
}

void FileTextTest::tellsTurns()
{
    QVERIFY(decodeText("if \u202e x\n").turnsDirection);
    QVERIFY(!decodeText("עברית\n").turnsDirection);
}

void FileTextTest::modes()
{
    QCOMPARE(modeText(0644), u"rw-r--r--"_s);
    QCOMPARE(modeText(0), u"---------"_s);
    QCOMPARE(modeText(04755), u"rwsr-xr-x"_s);
    QCOMPARE(modeText(02640), u"rw-r-S---"_s);
    QCOMPARE(modeText(01777), u"rwxrwxrwt"_s);
}

void FileTextTest::order()
{
    QVERIFY(compareNames(u"step2", u"step10") < 0);
    QVERIFY(compareNames(u"step002", u"step10") < 0);
    QVERIFY(compareNames(u"a2b", u"A2B") == 0);
    QVERIFY(compareNames(u"a", u"ab") < 0);
    QVERIFY(compareNames(u"", u"a") < 0);
    QVERIFY(compareNames(u"99999999999999999999999", u"100000000000000000000000") < 0);
    // Any two differ one way only, whatever is in them.
    const QStringList names{u"0"_s, u"00"_s, u"a0"_s, u"a"_s, u"a00b"_s, u"a0b"_s, u"."_s, u""_s};
    for (const QString &a : names) {
        for (const QString &b : names)
            QCOMPARE(compareNames(a, b), -compareNames(b, a));
    }
}

void FileTextTest::filters()
{
    const auto named = [](const char *name, FolderEntry::Type type, quint64 size) {
        agent::FileInfo info;
        info.name = name;
        info.type = type;
        info.size = size;
        return folderEntry(info);
    };
    const std::vector<FolderEntry> entries{
        named("b", FolderEntry::Type::File, 5), named("z", FolderEntry::Type::Folder, 4096),
        named("a.txt", FolderEntry::Type::File, 9), named("A.log", FolderEntry::Type::Link, 1)};
    QCOMPARE(arranged(entries, {}), (QList<int>{1, 3, 2, 0}));
    QCOMPARE(arranged(entries, {.by = EntryOrder::Size, .descending = true}),
             (QList<int>{1, 2, 0, 3})); // folders first all the same
    QCOMPARE(arranged(entries, {.filter = u"A t"_s}), QList<int>{2});
    QVERIFY(arranged({}, {}).isEmpty());
}

QTEST_MAIN(FileTextTest)
#include "tst_filetext.moc"
