// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal/controlcleaner.h"

#include <QTest>

using quarry::terminal::ControlCleaner;

class TestControlCleaner : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleans_data();
    void cleans();
    void finishForgets();
};

void TestControlCleaner::cleans_data()
{
    QTest::addColumn<QByteArray>("raw");
    QTest::addColumn<QByteArray>("clean");
    const auto row = [](const char *name, const char *raw, const char *clean) {
        QTest::newRow(name) << QByteArray(raw) << QByteArray(clean);
    };
    row("plain", "hello", "hello");
    row("newline", "a\r\nb\r\n", "a\nb\n");
    row("crlf file", "a\r\r\nb", "a\r\nb");
    row("lone return", "10%\r20%\r\n", "10%\r20%\n");
    row("return at the end", "a\r", "a\r");
    row("returns", "a\r\r\r\nb\r\rc", "a\r\r\nb\r\rc");
    row("bare newline", "a\nb", "a\nb");
    row("colours", "\x1b[1;31mred\x1b[0m", "red");
    row("private mode", "\x1b[?25lx\x1b[?25h", "x");
    row("intermediate", "a\x1b[1 qb", "ab");
    row("osc bell", "\x1b]0;title\x07x", "x");
    row("osc st", "\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link");
    row("osc cut by a newline", "\x1b]0;never\r\nmore", "\nmore");
    row("osc cancelled", "\x1b]0;a\x18z", "z");
    row("dcs", "a\x1bP1$r0m\x1b\\b", "ab");
    row("apc, pm, sos", "\x1b_x\x1b\\1\x1b^y\x1b\\2\x1bXz\x1b\\3", "123");
    row("string with another sequence", "\x1bPabc\x1b[1mx", "x");
    row("charsets", "a\x1b(Bb\x1b)0c", "abc");
    row("short ones",
        "\x1b=\x1b>\x1b"
        "7\x1b"
        "8\x1b"
        "Mx",
        "x");
    row("escape escape", "\x1b\x1b[1mx", "x");
    row("csi cut by a newline", "a\x1b[12\r\nb", "a\nb");
    row("csi cut by utf-8", "\x1b[1\xc3\xa9", "\xc3\xa9");
    row("escape and utf-8", "\x1b\xc3\xa9", "\xc3\xa9");
    row("sequence between return and newline", "a\r\x1b[K\nb", "a\nb");
    row("bracketed paste of readline", "x\r\n\x1b[?2004l\r42\r\n\x1b[?2004h", "x\n42\n");
    row("paste end without return", "\x1b[?2004lx", "x");
    row("paste end before a newline", "\x1b[?2004l\r\r\nx", "\nx");
    row("open escape", "a\x1b", "a");
    row("open csi", "a\x1b[1;", "a");
    row("open osc", "a\x1b]0;x", "a");
    row("bytes", "\xff\xfe\x01\x08\x07", "\xff\xfe\x01\x08\x07");
    row("c1 as utf-8 stays",
        "\xc2\x9b"
        "1m",
        "\xc2\x9b"
        "1m");
}

void TestControlCleaner::cleans()
{
    QFETCH(QByteArray, raw);
    QFETCH(QByteArray, clean);
    for (qsizetype first = 0; first <= raw.size(); ++first) {
        for (qsizetype second = first; second <= raw.size(); ++second) {
            ControlCleaner cleaner;
            QByteArray text;
            cleaner.feed(QByteArrayView(raw).first(first), text);
            cleaner.feed(QByteArrayView(raw).sliced(first, second - first), text);
            cleaner.feed(QByteArrayView(raw).sliced(second), text);
            cleaner.finish(text);
            QCOMPARE(text, clean);
        }
    }
}

void TestControlCleaner::finishForgets()
{
    ControlCleaner cleaner;
    QByteArray text;
    cleaner.feed("\x1b]0;open", text);
    cleaner.finish(text);
    cleaner.feed("plain", text);
    QCOMPARE(text, QByteArray("plain"));
}

QTEST_APPLESS_MAIN(TestControlCleaner)
#include "tst_controlcleaner.moc"
