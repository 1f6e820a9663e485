// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Lines that left the screen: kept as they were, in bounds, in memory and on the disk, also when
// that fails.
#include "terminal/emulator/emulator.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace quarry::terminal;

namespace {

std::string lineText(std::uint64_t number)
{
    return "line " + std::to_string(number) + " with some more text behind it";
}

void feedLines(Emulator &emulator, int from, int to)
{
    for (int i = from; i < to; ++i)
        emulator.feed(lineText(std::uint64_t(i)) + "\r\n");
}

std::string textOf(const History &history, std::uint64_t line)
{
    StoredRow row;
    std::string text;
    if (history.read(line, row))
        row.view().appendUtf8(0, 1000, text);
    return text;
}

// Files may not grow over a size while this lives: what a full disk is to a program.
class SmallFiles
{
public:
    explicit SmallFiles(rlim_t size)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit small{size, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
    }
    ~SmallFiles() { setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before{};
};

} // namespace

class TestHistory : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsCellsAsTheyWere();
    void memoryIsBoundedByLines();
    void memoryIsBoundedByBytes();
    void diskKeepsAll();
    void fileIsPrivateAndNameless();
    void folderThatIsNotThere();
    void fullDiskSaysSoAndGoesOn();
    void clears();
    void alternateScreenIsNoHistory();
    void topMarginDecides();
    void cutGivesBackWhatWasKept();
};

void TestHistory::keepsCellsAsTheyWere()
{
    const std::string lines[] = {
        "plain",
        "",
        "trailing blanks   ",
        "\x1b[1;31mred\x1b[m and \x1b[48;2;1;2;3mback\x1b[m",
        "\xe6\xbc\xa2\xe5\xad\x97 e\xcc\x81 \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb "
        "\xe2\x9d\xa4\xef\xb8\x8f 1\xef\xb8\x8f\xe2\x83\xa3 \xe2\x9d\xa4",
        "\x1b]8;id=7;http://host/\x1b\\link\x1b]8;;\x1b\\ \x1b[4:3;58:5:9mcurly\x1b[m",
        "\x1b[44mto the edge\x1b[K\x1b[m",
        std::string(60, 'w'),
    };
    Emulator tall(40, 40);
    Emulator low(40, 1);
    for (const std::string &line : lines) {
        tall.feed(line + "\r\n");
        low.feed(line + "\r\n");
    }
    StoredRow stored;
    for (std::uint64_t i = 0; i < low.history().end(); ++i) {
        QVERIFY(low.history().read(i, stored));
        const RowView now = tall.screen().row(int(i));
        const RowView kept = stored.view();
        QCOMPARE(kept.wrapped, now.wrapped);
        QVERIFY(kept.cells.size() <= now.cells.size());
        for (std::size_t column = 0; column < kept.cells.size(); ++column) {
            const Cell &was = now.cells[column];
            const Cell &is = kept.cells[column];
            std::string before;
            std::string after;
            now.appendUtf8(int(column), int(column) + 1, before);
            kept.appendUtf8(int(column), int(column) + 1, after);
            QCOMPARE(after, before);
            QCOMPARE(is.isWide(), was.isWide());
            QVERIFY(is.style.foreground == was.style.foreground
                    && is.style.background == was.style.background
                    && (is.style.bits & 0xffff) == (was.style.bits & 0xffff));
            QVERIFY(kept.extra(is) == now.extra(was));
        }
        for (std::size_t column = kept.cells.size(); column < now.cells.size(); ++column)
            QVERIFY(now.cells[column].isBlank() && now.cells[column].style.isDefault());
    }
    QCOMPARE(low.history().end(), 9U);
}

void TestHistory::memoryIsBoundedByLines()
{
    Emulator::Options options;
    options.history.lines = 2000;
    Emulator emulator(80, 10, options);
    feedLines(emulator, 0, 50'000);
    const History &history = emulator.history();
    QCOMPARE(history.end(), 49'991U);
    QVERIFY(history.end() - history.begin() >= 2000);
    QVERIFY(history.end() - history.begin() < 5000);
    QCOMPARE(textOf(history, history.begin()), lineText(history.begin()));
    QCOMPARE(textOf(history, history.end() - 1), lineText(history.end() - 1));
    QCOMPARE(textOf(history, history.begin() - 1), std::string());
    QCOMPARE(textOf(history, history.end()), std::string());
}

void TestHistory::memoryIsBoundedByBytes()
{
    Emulator::Options options;
    options.history = {1'000'000, 1U << 20};
    Emulator emulator(200, 5, options);
    feedLines(emulator, 0, 100'000);
    QVERIFY(emulator.history().memory() < (3U << 20));
    QCOMPARE(textOf(emulator.history(), 99'000), lineText(99'000));
}

void TestHistory::diskKeepsAll()
{
    QTemporaryDir folder;
    Emulator::Options options;
    options.history = {100, 1U << 20};
    Emulator emulator(80, 10, options);
    QVERIFY(emulator.history().spillTo(folder.path().toStdString()));
    feedLines(emulator, 0, 100'000);
    const History &history = emulator.history();
    QCOMPARE(history.begin(), 0U);
    QCOMPARE(history.problem(), std::string());
    QVERIFY(history.memory() < (1U << 20));
    for (std::uint64_t line = 0; line < history.end(); line += 997)
        QCOMPARE(textOf(history, line), lineText(line));
    for (std::uint64_t line = history.end(); line-- > history.end() - 3000;)
        QCOMPARE(textOf(history, line), lineText(line));
}

void TestHistory::fileIsPrivateAndNameless()
{
    QTemporaryDir folder;
    Emulator emulator(80, 10);
    QVERIFY(emulator.history().spillTo(folder.path().toStdString()));
    feedLines(emulator, 0, 10'000);
    QVERIFY(QDir(folder.path())
                .isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot));
}

void TestHistory::folderThatIsNotThere()
{
    Emulator emulator(80, 10);
    QVERIFY(!emulator.history().spillTo("/nowhere/at/all"));
    feedLines(emulator, 0, 100);
    QCOMPARE(textOf(emulator.history(), 0), lineText(0));
}

void TestHistory::fullDiskSaysSoAndGoesOn()
{
    QTemporaryDir folder;
    Emulator::Options options;
    options.history.lines = 3000;
    Emulator emulator(80, 10, options);
    QVERIFY(emulator.history().spillTo(folder.path().toStdString()));
    const SmallFiles small(300'000);
    feedLines(emulator, 0, 9000);
    const History &history = emulator.history();
    QVERIFY(!history.problem().empty());
    // Nothing is lost before memory is full, and what was written stays readable.
    QCOMPARE(history.begin(), 0U);
    QCOMPARE(textOf(history, 10), lineText(10));
    QCOMPARE(textOf(history, 8900), lineText(8900));
    feedLines(emulator, 9000, 60'000);
    QVERIFY(history.begin() > 50'000);
    QVERIFY(history.end() - history.begin() >= 3000);
    QVERIFY(history.memory() < (2U << 20));
    for (std::uint64_t line = history.begin(); line < history.end(); line += 501)
        QCOMPARE(textOf(history, line), lineText(line));
}

void TestHistory::clears()
{
    QTemporaryDir folder;
    Emulator emulator(80, 10);
    QVERIFY(emulator.history().spillTo(folder.path().toStdString()));
    feedLines(emulator, 0, 20'000);
    emulator.feed("\x1b[3J");
    const std::uint64_t end = emulator.history().end();
    QCOMPARE(emulator.history().begin(), end);
    feedLines(emulator, 20'000, 40'000);
    QCOMPARE(emulator.history().begin(), end);
    QCOMPARE(textOf(emulator.history(), 30'000), lineText(30'000));
}

void TestHistory::alternateScreenIsNoHistory()
{
    Emulator emulator(80, 10);
    emulator.feed("\x1b[?1049h");
    feedLines(emulator, 0, 100);
    QCOMPARE(emulator.history().end(), 0U);
}

void TestHistory::topMarginDecides()
{
    Emulator emulator(80, 4);
    emulator.feed("a\r\nb\r\nc\r\nd\x1b[2;4r\x1b[4;1H\n\n");
    QCOMPARE(emulator.history().end(), 0U);
    emulator.feed("\x1b[1;3r\x1b[3;1H\n");
    QCOMPARE(textOf(emulator.history(), 0), std::string("a"));
    emulator.feed("\x1b[H\x1b[M");
    QCOMPARE(emulator.history().end(), 1U);
}

void TestHistory::cutGivesBackWhatWasKept()
{
    QTemporaryDir folder;
    for (const bool disk : {false, true}) {
        Emulator emulator(80, 10);
        if (disk)
            QVERIFY(emulator.history().spillTo(folder.path().toStdString()));
        feedLines(emulator, 0, 9000);
        History &history = emulator.history();
        const ByteBuffer lines = history.cut(2000);
        QCOMPARE(history.end(), 2000U);
        QCOMPARE(textOf(history, 1999), lineText(1999));
        std::uint64_t number = 2000;
        for (const char *at = lines.data(); at != lines.data() + lines.size();
             at = LineCodec::skip(at)) {
            std::string text;
            LineCodec::appendUtf8(at, text);
            QCOMPARE(text, lineText(number++));
        }
        QCOMPARE(number, 8991U);
        feedLines(emulator, 9000, 12'000);
        QCOMPARE(textOf(history, 2000), lineText(8991));
    }
}

QTEST_APPLESS_MAIN(TestHistory)
#include "tst_history.moc"
