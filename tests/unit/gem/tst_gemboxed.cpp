// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/environment/boxed.h"
#include "gem/environment/unicodeclasses.h"

#include <QElapsedTimer>
#include <QTest>

using namespace quarry::gem;

namespace {

constexpr std::int64_t none = -1;

std::int64_t lastNumber(std::string_view text)
{
    const auto found = lastBoxed(text, [](BoxedReader &reader) -> std::optional<std::int64_t> {
        std::int64_t value = 0;
        return reader.number(value) ? std::optional(value) : std::nullopt;
    });
    return found.value_or(none);
}

std::string lastWord(std::string_view text)
{
    const auto found = lastBoxed(text, [](BoxedReader &reader) -> std::optional<std::string> {
        std::string word;
        for (char c = 0; reader.letter(c);)
            word += c;
        return word.empty() ? std::nullopt : std::optional(word);
    });
    return found.value_or("-");
}

std::string repeated(std::string_view piece, std::size_t leastSize)
{
    std::string text;
    text.reserve(leastSize + piece.size());
    while (text.size() < leastSize)
        text += piece;
    return text;
}

} // namespace

class TestGemBoxed : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void numbers_data();
    void numbers();
    void longNumbers();
    void words();
    void spaces();
    void anyCaseIsOfAscii();
    void everyDigitHasItsValue();
    void malformedUtf8MatchesNothing_data();
    void malformedUtf8MatchesNothing();
    void tenMegabytesAreLinear_data();
    void tenMegabytesAreLinear();
};

void TestGemBoxed::numbers_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("value");
    const auto row
        = [](const char *text, qint64 value) { QTest::newRow(text) << QByteArray(text) << value; };
    row("\\boxed{7}", 7);
    row("", none);
    row("7", none);
    row("\\boxed{}", none);
    row("\\boxed{ 7}", none);
    row("\\boxed{7 }", none);
    row("\\boxed{-7}", none);
    row("\\boxed{7", none);
    row("\\boxed", none);
    row("\\boxed{", none);
    row("\\fbox{7}", none);
    row("\\Boxed{7}", none);
    row("<answer>7</answer>", none);
    row("\\boxed{1} or \\boxed{2}", 2);
    row("\\boxed{1} or \\boxed{hm}", 1);
    row("\\boxed{1}\\boxed{2", 1);
    row("\\boxed{\\boxed{3}}", 3);
    row("\\boxed{ \\boxed{3}", 3);
    row("\\\\boxed{4}}}", 4);
    row("$$\\boxed{5}$$", 5);
    row("\\boxed{0007}", 7);
    row("\\boxed{0}", 0);
    row("\\boxed{999999999}", 999999999);
    row("\\boxed{1000000001}", 1000000000);
    row("\\boxed{340282366920938463463374607431768211456}", 1000000000);
    row("\\boxed{\u0664\u0662}", 42);
    row("\\boxed{\uff11\uff12}", 12);
    row("\\boxed{1\U0001d7d8}", 10);
    row("\\boxed{\u00b2}", none); // a superscript is no decimal digit
}

void TestGemBoxed::numbers()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, value);
    QCOMPARE(lastNumber(std::string_view(text)), value);
}

void TestGemBoxed::longNumbers()
{
    const auto boxed
        = [](std::size_t digits) { return "\\boxed{3}\\boxed{" + std::string(digits, '0') + "7}"; };
    QCOMPARE(lastNumber(boxed(4299)), 7);
    // It matches, so what stands before it does not count.
    QCOMPARE(lastNumber(boxed(4300)), none);
    QCOMPARE(lastNumber(boxed(9000000)), none);
    // It does not match.
    QCOMPARE(lastNumber("\\boxed{3}\\boxed{" + std::string(5000, '1') + " }"), 3);
}

void TestGemBoxed::words()
{
    QCOMPARE(lastWord("\\boxed{up} or \\boxed{h m}"), "UP");
    QCOMPARE(lastWord("\\boxed{\\boxed{Up}}"), "UP");
    QCOMPARE(lastWord("\\boxed{a@}"), "-");
    QCOMPARE(lastWord("\\boxed{[a]}"), "-");
    QCOMPARE(lastWord("\\boxed{r\u0131ght}"), "-");
}

void TestGemBoxed::spaces()
{
    BoxedReader reader("\t\n \u0085\u00a0\u1680\u2003\u2028\u202f\u205f\u3000\x1c.");
    QCOMPARE(reader.spaces(), std::size_t(12));
    QCOMPARE(reader.rest(), ".");
    BoxedReader zeroWidth("\u200b");
    QVERIFY(!zeroWidth.space());
    QCOMPARE(zeroWidth.rest(), "\u200b");
}

void TestGemBoxed::anyCaseIsOfAscii()
{
    BoxedReader reader("UpdOWN");
    QVERIFY(!reader.wordAnyCase("upper"));
    QVERIFY(!reader.literal("up"));
    QVERIFY(reader.wordAnyCase("up") && reader.literal("d") && reader.wordAnyCase("own"));
    QVERIFY(reader.rest().empty() && !reader.wordAnyCase("a") && reader.literal(""));
}

void TestGemBoxed::everyDigitHasItsValue()
{
    int digits = 0;
    int sum = 0;
    for (char32_t point = 0; point < 0x110000; ++point) {
        if (const int value = decimalDigit(point); value >= 0) {
            ++digits;
            sum += value;
        }
    }
    QCOMPARE(digits, 660);
    QCOMPARE(sum, 66 * 45);
}

void TestGemBoxed::malformedUtf8MatchesNothing_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("lone continuation") << QByteArray("\x80");
    QTest::newRow("overlong zero") << QByteArray("\xc0\xb0");
    QTest::newRow("overlong, three bytes") << QByteArray("\xe0\x80\xb0");
    QTest::newRow("overlong, four bytes") << QByteArray("\xf0\x80\x80\xb0");
    QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80");
    QTest::newRow("beyond the last") << QByteArray("\xf4\x90\x80\x80");
    QTest::newRow("cut short") << QByteArray("\xd9");
    QTest::newRow("never a first") << QByteArray("\xff");
    QTest::newRow("cut by a letter") << QByteArray("\xef\xbc"
                                                   "a");
}

void TestGemBoxed::malformedUtf8MatchesNothing()
{
    QFETCH(QByteArray, bytes);
    BoxedReader reader{std::string_view(bytes)};
    std::int64_t value = 0;
    QVERIFY(!reader.number(value) && !reader.space());
    QCOMPARE(firstCodePoint(std::string_view(bytes)).bytes, std::size_t(0));
    QCOMPARE(
        lastNumber("\\boxed{2}" + bytes.toStdString() + "\\boxed{1" + bytes.toStdString() + "}"),
        2);
}

void TestGemBoxed::tenMegabytesAreLinear_data()
{
    QTest::addColumn<QByteArray>("piece");
    for (const char *piece :
         {"\\", "\\boxed{", "\\boxed{1", "1", "\\boxed{ ", " ", "\xff", "}", "\\box"})
        QTest::newRow(piece) << QByteArray(piece);
}

void TestGemBoxed::tenMegabytesAreLinear()
{
    QFETCH(QByteArray, piece);
    const std::string text = "\\boxed{" + repeated(std::string_view(piece), 10'000'000);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(lastNumber(text), none);
    QCOMPARE(lastWord(text), "-");
    QVERIFY2(timer.elapsed() < 20000,
             qPrintable(QString::number(timer.elapsed()) + QStringLiteral(" ms")));
}

QTEST_GUILESS_MAIN(TestGemBoxed)
#include "tst_gemboxed.moc"
