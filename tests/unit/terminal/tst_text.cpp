// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Selecting, copying and searching, across soft wraps, history and screen.
#include "terminal/text/html.h"
#include "terminal/text/search.h"
#include "terminal/text/selection.h"

#include <QTest>

using namespace quarry::terminal;

namespace {

std::vector<Match> found(Emulator &emulator, const QString &pattern,
                         Search::Kind kind = Search::Kind::Literal,
                         Qt::CaseSensitivity sensitivity = Qt::CaseSensitive)
{
    Lines lines(emulator);
    const Search search(pattern, kind, sensitivity);
    std::vector<Match> matches;
    for (std::uint64_t line = 0; line < lines.end();)
        line = search.step(lines, line, 7, matches);
    return matches;
}

} // namespace

class TestText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void selectsAcrossLines();
    void selectsBlocks();
    void selectsWords();
    void selectsLines();
    void wideCharactersAreWhole();
    void copiesHtml();
    void htmlIsEscaped();
    void findsLiterally();
    void findsAcrossWraps();
    void findsWithoutCase();
    void findsExpressions();
    void badExpressionFindsNothing();
    void findsInHistoryInSlices();
    void expressionsThatExplodeEnd();
};

void TestText::selectsAcrossLines()
{
    Emulator emulator(10, 3);
    emulator.feed("first   \r\nsecond line that wraps\r\nlast");
    Lines lines(emulator);
    QCOMPARE(lines.begin(), 0U);
    QCOMPARE(lines.screenBegin(), 2U);
    const Selection all = Selection::between({lines.end(), 0}, {0, 0});
    QCOMPARE(selectedText(lines, all), std::string("first\nsecond line that wraps\nlast\n"));
    QCOMPARE(selectedText(lines, Selection::between({0, 2}, {1, 3})), std::string("rst\nsec"));
    QCOMPARE(selectedText(lines, Selection::between({1, 7}, {2, 1})), std::string("line"));
    QCOMPARE(selectedText(lines, Selection::between({1, 1}, {1, 1})), std::string());
    QVERIFY(Selection::between({0, 2}, {1, 3}).contains({1, 2}));
    QVERIFY(!Selection::between({0, 2}, {1, 3}).contains({1, 3}));
}

void TestText::selectsBlocks()
{
    Emulator emulator(10, 3);
    emulator.feed("abcdef\r\ngh\r\nijklmn");
    Lines lines(emulator);
    const Selection block = Selection::between({2, 1}, {0, 4}, Selection::Kind::Block);
    QCOMPARE(selectedText(lines, block), std::string("bcd\nh\njkl"));
    QVERIFY(block.contains({1, 3}));
    QVERIFY(!block.contains({1, 4}));
}

void TestText::selectsWords()
{
    Emulator emulator(10, 4);
    emulator.feed("see /usr/lib/very-long.so, (ok)");
    Lines lines(emulator);
    const auto word
        = [&lines](Position at) { return selectedText(lines, Selection::word(lines, at)); };
    QCOMPARE(word({0, 1}), std::string("see"));
    QCOMPARE(word({0, 6}), std::string("/usr/lib/very-long.so"));
    QCOMPARE(word({1, 5}), std::string("/usr/lib/very-long.so"));
    QCOMPARE(word({2, 8}), std::string("ok"));
    QCOMPARE(word({2, 5}), std::string(","));
    QCOMPARE(word({3, 9}), std::string());
}

void TestText::selectsLines()
{
    Emulator emulator(5, 4);
    emulator.feed("one\r\nabcdefgh\r\nx");
    Lines lines(emulator);
    QCOMPARE(selectedText(lines, Selection::line(lines, {2, 1})), std::string("abcdefgh\n"));
}

void TestText::wideCharactersAreWhole()
{
    Emulator emulator(10, 1);
    emulator.feed("a\xe6\xbc\xa2"
                  "b");
    Lines lines(emulator);
    QCOMPARE(selectedText(lines, Selection::between({0, 2}, {0, 4})),
             std::string("\xe6\xbc\xa2"
                         "b"));
    QCOMPARE(selectedText(lines, Selection::between({0, 0}, {0, 2})), std::string("a\xe6\xbc\xa2"));
}

void TestText::copiesHtml()
{
    Emulator emulator(20, 2);
    emulator.feed("ab \x1b[1;31mred\x1b[m\r\n\x1b[4:3;7mx\x1b[m");
    Lines lines(emulator);
    const std::string html
        = selectedHtml(lines, Selection::between({0, 0}, {1, 5}), Palette::standard());
    QCOMPARE(html,
             std::string("<pre style=\"color:#000000;background:#ffffff\">ab "
                         "<span style=\"color:#ff0000;font-weight:bold\">red</span>\n"
                         "<span style=\"color:#ffffff;background:#000000;"
                         "text-decoration:underline wavy\">x</span></pre>"));
}

void TestText::htmlIsEscaped()
{
    Emulator emulator(60, 3);
    emulator.feed("<script>&\"\r\n\x1b]8;;https://h/?a=\"><b>&\x1b\\link\x1b]8;;\x1b\\ "
                  "\x1b]8;;javascript:alert(1)\x1b\\no\x1b]8;;\x1b\\");
    Lines lines(emulator);
    const std::string html
        = selectedHtml(lines, Selection::between({0, 0}, {2, 0}), Palette::standard());
    QVERIFY(html.find("&lt;script&gt;&amp;&quot;") != std::string::npos);
    QVERIFY(html.find("<a href=\"https://h/?a=&quot;&gt;&lt;b&gt;&amp;\">link</a> no")
            != std::string::npos);
    QVERIFY(html.find("javascript") == std::string::npos);
}

void TestText::findsLiterally()
{
    Emulator emulator(20, 3);
    emulator.feed("aXa aXa\r\nnone\r\nx\xc3\xa9\xe6\xbc\xa2y aXa");
    const std::vector<Match> matches = found(emulator, QStringLiteral("aXa"));
    QCOMPARE(matches.size(), std::size_t(3));
    QVERIFY((matches[0] == Match{{0, 0}, {0, 3}}));
    QVERIFY((matches[1] == Match{{0, 4}, {0, 7}}));
    QVERIFY((matches[2] == Match{{2, 6}, {2, 9}}));
    QVERIFY((found(emulator, QStringLiteral("漢")).front() == Match{{2, 2}, {2, 4}}));
    QVERIFY(found(emulator, QStringLiteral("axa")).empty());
    QVERIFY(found(emulator, QStringLiteral("")).empty());
    QVERIFY(found(emulator, QStringLiteral("a.a")).empty());
}

void TestText::findsAcrossWraps()
{
    Emulator emulator(10, 2);
    emulator.feed("1234567needle890\r\nneed\r\nle");
    const std::vector<Match> matches = found(emulator, QStringLiteral("needle"));
    QCOMPARE(matches.size(), std::size_t(1));
    QVERIFY((matches[0] == Match{{0, 7}, {1, 3}}));
}

void TestText::findsWithoutCase()
{
    Emulator emulator(20, 2);
    emulator.feed("\xf0\x9f\x98\x80 ERROR \xc3\x84nderung");
    QVERIFY((
        found(emulator, QStringLiteral("error"), Search::Kind::Literal, Qt::CaseInsensitive).front()
        == Match{{0, 3}, {0, 8}}));
    QCOMPARE(
        found(emulator, QStringLiteral("änd"), Search::Kind::Literal, Qt::CaseInsensitive).size(),
        std::size_t(1));
    QVERIFY(found(emulator, QStringLiteral("error")).empty());
}

void TestText::findsExpressions()
{
    Emulator emulator(20, 3);
    emulator.feed("id=17, id=4\r\n\xf0\x9f\x98\x80 ID=5");
    const std::vector<Match> matches
        = found(emulator, QStringLiteral("id=\\d+"), Search::Kind::Regex, Qt::CaseInsensitive);
    QCOMPARE(matches.size(), std::size_t(3));
    QVERIFY((matches[0] == Match{{0, 0}, {0, 5}}));
    QVERIFY((matches[2] == Match{{1, 3}, {1, 7}}));
    QVERIFY(found(emulator, QStringLiteral("x*"), Search::Kind::Regex).empty());
}

void TestText::badExpressionFindsNothing()
{
    Emulator emulator(20, 2);
    emulator.feed("(((");
    QVERIFY(
        !Search(QStringLiteral("(("), Search::Kind::Regex, Qt::CaseSensitive).error().isEmpty());
    QVERIFY(found(emulator, QStringLiteral("(("), Search::Kind::Regex).empty());
    QCOMPARE(found(emulator, QStringLiteral("((")).size(), std::size_t(1));
}

void TestText::findsInHistoryInSlices()
{
    Emulator emulator(40, 5);
    for (int i = 0; i < 5000; ++i)
        emulator.feed((i % 1000 == 500 ? "the needle " : "hay ") + std::to_string(i) + "\r\n");
    Lines lines(emulator);
    const Search search(QStringLiteral("needle"), Search::Kind::Literal, Qt::CaseSensitive);
    std::vector<Match> matches;
    const std::uint64_t next = search.step(lines, 0, 600, matches);
    QCOMPARE(next, 600U);
    QCOMPARE(matches.size(), std::size_t(1));
    QCOMPARE(found(emulator, QStringLiteral("needle")).size(), std::size_t(5));
}

void TestText::expressionsThatExplodeEnd()
{
    Emulator emulator(200, 5);
    std::string text(190, 'a');
    text += '!';
    emulator.feed(text);
    QVERIFY(found(emulator, QStringLiteral("(a+)+$"), Search::Kind::Regex).empty());
}

QTEST_APPLESS_MAIN(TestText)
#include "tst_text.moc"
