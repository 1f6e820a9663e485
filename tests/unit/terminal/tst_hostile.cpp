// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Streams made to hurt: work and memory stay in proportion, nothing a program wrote comes back as
// input, and after a reset the terminal works as before.
#include "terminal/emulator/emulator.h"

#include <QRandomGenerator>
#include <QTest>

#include <ctime>

using namespace quarry::terminal;

namespace {

std::string repeated(std::string_view part, int count)
{
    std::string out;
    out.reserve(part.size() * std::size_t(count));
    for (int i = 0; i < count; ++i)
        out += part;
    return out;
}

// Every final byte with every prefix, intermediate and extreme argument.
std::string extremeSequences()
{
    std::string out;
    for (const char *argument :
         {"", "0", "65535", "2147483648", "99999999999999999999", "-1", "9;9", "1:2:3"}) {
        for (const char *prefix : {"", "?", ">", "=", "<"}) {
            for (const char *intermediate : {"", " ", "!", "$", "\"", "*", "'", " !"}) {
                for (char final = 0x40; final < 0x7f; ++final)
                    out += std::string("\x1b[") + prefix + argument + intermediate + final;
            }
        }
    }
    return out;
}

std::string noise(std::string_view letters, int count)
{
    QRandomGenerator random(11);
    std::string out;
    for (int i = 0; i < count; ++i)
        out += letters.empty() ? char(random.bounded(256))
                               : letters[std::size_t(random.bounded(int(letters.size())))];
    return out;
}

std::string manyLinks()
{
    std::string out;
    for (int i = 0; i < 40'000; ++i)
        out += "\x1b]8;id=" + std::to_string(i % 5) + ";http://host/" + std::to_string(i) + "\ax";
    return out + "\x1b]8;;http://" + std::string(1 << 20, 'a') + "\ay";
}

std::string manyStyles()
{
    std::string out;
    for (int i = 0; i < 60'000; ++i) {
        const std::string number = std::to_string(i % 256);
        out += "\x1b[38;2;" + number + ";1;2;48;5;" + number + ";58:2::" + number + ":"
            + std::to_string(i / 256 % 256) + ":0mx";
    }
    return out;
}

std::string manyClusters()
{
    std::string out;
    for (char32_t base = 0x4e00; base < 0x4e00 + 20'000; ++base) {
        char bytes[4];
        out.append(bytes, std::size_t(encodeUtf8(base, bytes)));
        for (char32_t mark = 0x300; mark < 0x306; ++mark)
            out.append(bytes, std::size_t(encodeUtf8(mark + base % 16, bytes)));
    }
    return out;
}

std::string nothingBack()
{
    const std::string evil = "\r\nevil\r\n";
    std::string out;
    for (const char *kind :
         {"0;", "2;", "l", "L", "7;file://evil/", "9;", "52;c;", "133;A;", "777;", "8;;"})
        out += "\x1b]" + std::string(kind) + evil + "\x1b\\";
    out += "\x1bP$q" + evil
        + "\x1b\\\x1bP+q6576696c\x1b\\\x1b[20t\x1b[21t\x05\x1b[x\x1b[1;1;1;1;9;9*y";
    return out;
}

} // namespace

class TestHostile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void survives_data();
    void survives();
    void resizesInTheMidst();
    void answersAreBounded();
};

void TestHostile::survives_data()
{
    QTest::addColumn<QByteArray>("stream");
    const auto row = [](const char *name, const std::string &stream) {
        QTest::newRow(name) << QByteArray::fromStdString(stream);
    };
    row("parameters without end",
        "\x1b[" + repeated("31;", 300'000) + "m\x1b[" + repeated("9", 300'000) + "C");
    row("intermediates without end",
        "\x1b[" + repeated(" !\"#", 100'000) + "\x18\x1b" + repeated("(", 100'000) + "B");
    row("extreme arguments", extremeSequences());
    row("repetition",
        repeated("x\x1b[2147483647b", 300) + repeated("\xe6\xbc\xa2\x1b[65535b", 300));
    row("scrolling",
        repeated(
            "\x1b[2;3r\x1b[99999S\x1b[99999T\x1b[99999L\x1b[99999M\x1b[?69h\x1b[3;9s\x1b[9999@",
            20'000));
    row("a string without end", "\x1b]2;" + repeated("title ", 600'000));
    row("strings", repeated("\x1bP$qm\x1b\\\x1bP1;2zzz\x1b\\\x1b_x\x1b\\", 50'000));
    row("questions", repeated("\x1b[6n\x1b[c\x1b[>c\x1b[18t\x1b[?2026$p", 50'000));
    row("marks on one cell",
        "e" + repeated("\xcc\x81", 500'000) + repeated("\xf0\x9f\x91\xa8\xe2\x80\x8d", 50'000));
    row("clusters", manyClusters());
    row("links", manyLinks());
    row("styles", manyStyles());
    row("titles on the stack", repeated("\x1b[22;0t", 100'000) + repeated("\x1b[23;0t", 100'000));
    row("line feeds", std::string(4 << 20, '\n'));
    row("one long line", repeated("abcdefgh", 500'000));
    row("noise", noise({}, 1 << 20));
    row("noise of what matters",
        noise("\x1b\x1b\x1b[[[]P_\\;;:?>!$ "
              "0123456789mHJKABCDLMPSThlrstuqnc@X\a\b\t\n\r\x18\x9b\xc2\xe6\xbc\xa2 abc",
              1 << 20));
    row("what would type", nothingBack());
}

void TestHostile::survives()
{
    QFETCH(QByteArray, stream);
    const std::clock_t began = std::clock();
    Emulator emulator(80, 24);
    const std::string_view bytes(stream.constData(), std::size_t(stream.size()));
    for (std::size_t at = 0; at < bytes.size(); at += 65536)
        emulator.feed(bytes.substr(at, 65536));
    const std::string replies = emulator.takeReplies();
    QVERIFY(replies.size() <= 4096);
    QVERIFY(replies.find("evil") == std::string::npos);
    QVERIFY(replies.find_first_of("\r\n") == std::string::npos);
    QVERIFY(emulator.history().memory() < (20U << 20));
    QVERIFY(emulator.title().size() <= 1024);
    emulator.feed("\x1b\\\a\x18\x1b"
                  "cOK\x1b[6n");
    std::string text;
    emulator.screen().row(0).appendUtf8(0, 80, text);
    QCOMPARE(text, std::string("OK"));
    QCOMPARE(emulator.takeReplies(), std::string("\x1b[1;3R"));
    // Processor time, and far from what it takes: only work out of proportion fails.
    QVERIFY(double(std::clock() - began) / CLOCKS_PER_SEC < 60);
}

void TestHostile::resizesInTheMidst()
{
    static constexpr int sizes[][2]
        = {{1, 1}, {2, 1}, {1, 500}, {500, 1}, {80, 24}, {1000, 1000}, {3, 2}};
    Emulator emulator(80, 24);
    for (int i = 0; i < 60; ++i) {
        emulator.feed("\x1b[" + std::to_string(i) + ";7H"
                      + repeated("\xe6\xbc\xa2"
                                 "e\xcc\x81 long wrapped line ",
                                 9)
                      + (i % 5 == 0       ? "\x1b[?1049h"
                             : i % 5 == 3 ? "\x1b[?1049l"
                                          : "")
                      + "\x1b[3;9r");
        emulator.resize(sizes[i % 7][0], sizes[i % 7][1]);
        const Cursor &cursor = emulator.screen().cursor();
        QVERIFY(cursor.row < sizes[i % 7][1] && cursor.column < sizes[i % 7][0]);
    }
    emulator.resize(1 << 30, -5);
    QCOMPARE(emulator.screen().columns(), Screen::MaximumSize);
    QCOMPARE(emulator.screen().rows(), 1);
}

void TestHostile::answersAreBounded()
{
    Emulator emulator(80, 24);
    emulator.feed(repeated("\x1b[6n", 100'000));
    QVERIFY(emulator.takeReplies().size() <= 4096);
    emulator.feed("\x1b[6n");
    QCOMPARE(emulator.takeReplies(), std::string("\x1b[1;1R"));
}

QTEST_APPLESS_MAIN(TestHostile)
#include "tst_hostile.moc"
