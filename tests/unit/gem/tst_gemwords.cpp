// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of Wordle, Hangman, WordSearch and Crosswords case by case, and the lists of words.
#include "gem/games/crosswords.h"
#include "gem/games/hangman.h"
#include "gem/games/wordle.h"
#include "gem/games/wordsearch.h"
#include "gem/words/words.h"
#include "vectorrun.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <thread>

using namespace quarry::gem;

namespace {

QString boxed(const QString &text)
{
    return QStringLiteral("\\boxed{%1}").arg(text);
}

StepResult play(Environment &environment, const QString &text)
{
    return environment.step(boxed(text).toStdString());
}

QString observationOf(const Environment &environment)
{
    return QString::fromStdString(textOf(environment, &Environment::appendObservation));
}

QString suffixOf(const Environment &environment)
{
    return QString::fromStdString(textOf(environment, &Environment::appendSuffix));
}

QJsonObject hiddenOf(const Environment &environment)
{
    return QJsonDocument::fromJson(
               QByteArray::fromStdString(textOf(environment, &Environment::appendHidden)))
        .object();
}

// Resets to the first seed whose secret is WORD.
bool resetTo(Environment &environment, const char *word)
{
    for (std::uint32_t seed = 0; seed < 20000; ++seed) {
        environment.reset(seed);
        if (hiddenOf(environment).value(QStringLiteral("word")) == QLatin1String(word))
            return true;
    }
    return false;
}

QStringList listOf(const QJsonValue &array)
{
    QStringList list;
    for (const QJsonValue &value : array.toArray())
        list += value.toString();
    return list;
}

// The two ends of the hidden word, as WordSearch reads them.
QString endsOf(const QJsonObject &word, bool reversed = false)
{
    const int row = word.value(QStringLiteral("row")).toInt();
    const int column = word.value(QStringLiteral("column")).toInt();
    const int last = int(word.value(QStringLiteral("word")).toString().size()) - 1;
    const bool isDown = word.value(QStringLiteral("direction")) == QLatin1String("down");
    const QString start = QStringLiteral("%1 %2").arg(row).arg(column);
    const QString end
        = QStringLiteral("%1 %2").arg(row + (isDown ? last : 0)).arg(column + (isDown ? 0 : last));
    return reversed ? end + u' ' + start : start + u' ' + end;
}

} // namespace

class TestGemWords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void listsAreWhole();
    void listsFromSeveralThreads();
    void clues();
    void wordleMarks();
    void wordleReading();
    void wordleRefuses();
    void wordleWinIsWorthOne();
    void hangmanLetters();
    void hangmanWords();
    void hangmanText();
    void wordSearchFinds();
    void wordSearchRefuses();
    void wordSearchText();
    void gridsHoldTheirWords();
    void crosswordsFill();
    void crosswordsText();
    void legalActions_data();
    void legalActions();
    void environmentsAreSmall();
};

void TestGemWords::listsAreWhole()
{
    QVERIFY(basicWords().size() >= 800 && largeWords().size() >= 30000);
    for (const int length : {3, 4, 5, 6, 7, 8})
        QVERIFY(basicWords().size(length) >= 40);
    QCOMPARE(basicWords().size(0) + basicWords().size(9) + basicWords().size(13), std::size_t(0));
    for (const WordList *list : {&basicWords(), &largeWords()}) {
        std::string_view before;
        for (std::size_t i = 0; i < list->size(); ++i) {
            const std::string_view word = list->word(i);
            QVERIFY(word.size() >= before.size() && (word.size() > before.size() || word > before));
            QVERIFY(
                std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; }));
            before = word;
        }
    }
    QCOMPARE(basicWords().word(3, 0), "act");
    QCOMPARE(basicWords().word(0), "act");
}

void TestGemWords::listsFromSeveralThreads()
{
    std::vector<std::thread> threads;
    for (std::uint32_t i = 0; i < 4; ++i) {
        threads.emplace_back([i] {
            WordSearchEnvironment search({5, 20, true});
            CrosswordsEnvironment crosswords({3, 30, true});
            search.reset(i);
            crosswords.reset(i);
        });
    }
    for (std::thread &thread : threads)
        thread.join();
}

void TestGemWords::clues()
{
    QSet<QByteArray> words;
    for (const bool hard : {false, true}) {
        QVERIFY(clueWords(hard).size() >= 50);
        for (const ClueWord &that : clueWords(hard)) {
            QVERIFY(that.word.size() >= 3 && that.word.size() <= WordGrid::longestWord
                    && that.clue.size() > 5);
            const QByteArray word(that.word.data(), qsizetype(that.word.size()));
            QVERIFY2(!words.contains(word), word.constData());
            words.insert(word);
            const QByteArray clue(that.clue.data(), qsizetype(that.clue.size()));
            QVERIFY2(!clue.toLower().contains(word), clue.constData());
        }
    }
}

void TestGemWords::wordleMarks()
{
    WordleEnvironment environment({5, 25});
    QVERIFY(resetTo(environment, "LEVEL"));
    for (const char *guess : {"eagle", "LLAMA", "Lever", "xxxxx", "l e v e e"})
        play(environment, QString::fromLatin1(guess));
    const QJsonObject board = boardOf(environment);
    QCOMPARE(listOf(board.value(QStringLiteral("guesses"))),
             QStringLiteral("EAGLE LLAMA LEVER XXXXX LEVEE").split(u' '));
    QCOMPARE(listOf(board.value(QStringLiteral("feedback"))),
             QStringLiteral("YXXYY GYXXX GGGGX XXXXX GGGGX").split(u' '));
    QCOMPARE(board.value(QStringLiteral("turn")).toInt(), 5);
    QCOMPARE(board.value(QStringLiteral("length")).toInt(), 5);
}

void TestGemWords::wordleReading()
{
    WordleEnvironment environment({5, 25});
    QVERIFY(resetTo(environment, "LEVEL"));
    // Blanks other than U+0020 are characters of the guess.
    play(environment, QStringLiteral("l\te\tv"));
    play(environment, QStringLiteral("l\u3000e\u00a0v"));
    play(environment, QStringLiteral("lev\tel"));
    QCOMPARE(observationOf(environment), QStringLiteral("The word has 5 letters."));
    const QJsonObject board = boardOf(environment);
    QCOMPARE(listOf(board.value(QStringLiteral("guesses"))),
             QStringList({QStringLiteral("L\tE\tV"), QStringLiteral("L\u3000E\u00a0V")}));
    QCOMPARE(listOf(board.value(QStringLiteral("feedback"))),
             QStringLiteral("GXYXY GXYXY").split(u' '));
    for (const char *unreadable : {" level", "level ", "le-el", "l3vel", "", " "}) {
        environment.reset(0);
        QCOMPARE(play(environment, QString::fromLatin1(unreadable)).reward, -0.1);
    }
}

void TestGemWords::wordleRefuses()
{
    WordleEnvironment environment({5, 3});
    QVERIFY(resetTo(environment, "LEVEL"));
    QCOMPARE(play(environment, QStringLiteral("lxxxx")).reward, 0.1);
    QCOMPARE(play(environment, QStringLiteral("LXXXX")).reward, 0.0);
    QVERIFY(observationOf(environment).contains(u"before"));
    const StepResult last = play(environment, QStringLiteral("level"));
    QVERIFY(last.terminated && !last.truncated);
    QCOMPARE(last.reward, 0.4 + 0.5);
    environment.reset(0);
    play(environment, QStringLiteral("a"));
    play(environment, QStringLiteral("a"));
    const StepResult limit = play(environment, QStringLiteral("zzzzz"));
    QVERIFY(limit.terminated && limit.truncated);
    QCOMPARE(limit.reward, 0.0);
}

void TestGemWords::wordleWinIsWorthOne()
{
    WordleEnvironment environment({.drawn = true});
    for (std::uint32_t seed = 0; seed < 100; ++seed) {
        environment.reset(seed);
        const QString secret = hiddenOf(environment).value(QStringLiteral("word")).toString();
        QCOMPARE(environment.maxTurns(), 5 * int(secret.size()));
        double sum = 0;
        for (int i = 1; i <= secret.size(); ++i)
            sum += play(environment, secret.first(i) + QString(secret.size() - i, u'Z')).reward;
        QVERIFY(environment.isOver() && qAbs(sum - 1) < 1e-9);
    }
}

void TestGemWords::hangmanLetters()
{
    HangmanEnvironment environment({5, 20});
    QVERIFY(resetTo(environment, "LEVEL"));
    QCOMPARE(play(environment, QStringLiteral("e")).reward, 0.2);
    QCOMPARE(play(environment, QStringLiteral("A")).reward, 0.0);
    QCOMPARE(play(environment, QStringLiteral("E")).reward, 0.0);
    QCOMPARE(observationOf(environment), QStringLiteral("You have tried E before."));
    const QJsonObject board = boardOf(environment);
    QCOMPARE(board.value(QStringLiteral("word")).toString(), QStringLiteral("_E_E_"));
    QCOMPARE(board.value(QStringLiteral("tried")).toString(), QStringLiteral("EA"));
    play(environment, QStringLiteral("l"));
    QCOMPARE(play(environment, QStringLiteral("v")).reward, 0.1);
    QVERIFY(!environment.isOver()); // all letters are shown, but the word has to be said
    const StepResult won = play(environment, QStringLiteral("Level"));
    QCOMPARE(won.reward, 0.5);
    QVERIFY(won.terminated && !won.truncated);
}

void TestGemWords::hangmanWords()
{
    HangmanEnvironment environment({5, 3});
    QVERIFY(resetTo(environment, "LEVEL"));
    QCOMPARE(play(environment, QStringLiteral("lever")).reward, 0.0);
    QCOMPARE(play(environment, QStringLiteral("lev")).reward, 0.0);
    QCOMPARE(observationOf(environment), QStringLiteral("The word has 5 letters."));
    QCOMPARE(play(environment, QStringLiteral("level")).reward, 1.0);
    QVERIFY(resetTo(environment, "LEVEL"));
    QCOMPARE(play(environment, QStringLiteral("le vel")).reward, -0.1);
    QVERIFY(environment.isOver());
    // The last turn pays what it found.
    QVERIFY(resetTo(environment, "LEVEL"));
    play(environment, QStringLiteral("q"));
    play(environment, QStringLiteral("z"));
    const StepResult limit = play(environment, QStringLiteral("l"));
    QVERIFY(limit.terminated && limit.truncated);
    QCOMPARE(limit.reward, 0.2);
}

void TestGemWords::hangmanText()
{
    HangmanEnvironment environment({5, 20});
    QVERIFY(resetTo(environment, "LEVEL"));
    play(environment, QStringLiteral("e"));
    QCOMPARE(suffixOf(environment), QStringLiteral("C00 C01 C02 C03 C04\n  _   E   _   E   _ "));
}

void TestGemWords::wordSearchFinds()
{
    WordSearchEnvironment environment({5, 20});
    for (std::uint32_t seed = 0; seed < 50; ++seed) {
        environment.reset(seed);
        const QJsonArray words = hiddenOf(environment).value(QStringLiteral("words")).toArray();
        const double share = 1.0 / double(words.size());
        for (int i = 0; i < words.size(); ++i) {
            QVERIFY(!environment.isOver());
            const bool backwards = (seed + unsigned(i)) % 2 == 1;
            QCOMPARE(play(environment, endsOf(words[i].toObject(), backwards)).reward, share);
            QCOMPARE(boardOf(environment).value(QStringLiteral("found")).toInt(), i + 1);
            if (i == 0 && words.size() > 1) {
                // The other way is a new attempt and pays again, but it is the same word.
                QCOMPARE(play(environment, endsOf(words[i].toObject(), !backwards)).reward, share);
                QCOMPARE(boardOf(environment).value(QStringLiteral("found")).toInt(), 1);
            }
        }
        QVERIFY(environment.isOver());
    }
}

void TestGemWords::wordSearchRefuses()
{
    WordSearchEnvironment environment({5, 20});
    environment.reset(1);
    const int side = int(boardOf(environment).value(QStringLiteral("rows")).toArray().size());
    const auto says = [&](const QString &action) {
        const StepResult result = play(environment, action);
        return result.reward == 0 ? observationOf(environment)
                                  : QStringLiteral("paid %1").arg(result.reward);
    };
    QVERIFY(says(QStringLiteral("0 0 0 %1").arg(side)).startsWith(u"Rows and columns go from 0"));
    QVERIFY(says(QStringLiteral("0 0 0 99999999999999999999"))
                .startsWith(u"Rows and columns go from 0"));
    QVERIFY(says(QStringLiteral("0 0 1 1")).startsWith(u"Words stand"));
    QVERIFY(says(QStringLiteral("0  0\t1 01")).startsWith(u"You have tried"));
    QVERIFY(says(QStringLiteral("0 0 0 0")).startsWith(u"No hidden word"));
    QCOMPARE(play(environment, QStringLiteral("0 0 0")).reward, -0.1);
}

void TestGemWords::wordSearchText()
{
    WordSearchEnvironment environment({1, 20});
    environment.reset(0);
    const QJsonObject word
        = hiddenOf(environment).value(QStringLiteral("words")).toArray()[0].toObject();
    play(environment, QStringLiteral("0 0 0 0"));
    play(environment, endsOf(word));
    const QJsonObject board = boardOf(environment);
    const QStringList rows = listOf(board.value(QStringLiteral("rows")));
    const QStringList marks = listOf(board.value(QStringLiteral("marks")));
    QString expected = QStringLiteral("  ");
    for (int i = 0; i < rows.size(); ++i)
        expected += QStringLiteral(" C%1").arg(i, 2, 10, QLatin1Char('0'));
    QString found;
    for (int i = 0; i < rows.size(); ++i) {
        expected += QStringLiteral("\nR%1 ").arg(i, 2, 10, QLatin1Char('0'));
        for (int j = 0; j < rows.size(); ++j) {
            const bool isMarked = marks[i][j] == u'#';
            expected += isMarked ? QStringLiteral("[%1] ").arg(rows[i][j])
                                 : QStringLiteral(" %1  ").arg(rows[i][j]);
            if (isMarked)
                found += rows[i][j];
        }
    }
    QCOMPARE(suffixOf(environment), expected + QStringLiteral("\nWords found: 1 of 1"));
    QCOMPARE(found, word.value(QStringLiteral("word")).toString());
}

void TestGemWords::gridsHoldTheirWords()
{
    WordGrid grid;
    PythonRandom random(1);
    int crossings = 0;
    for (int round = 0; round < 500; ++round) {
        std::vector<std::string_view> words;
        std::size_t letters = 0;
        for (const std::size_t index : random.sample(largeWords().size(), 5))
            words.push_back(largeWords().word(index));
        grid.place(words, random);
        QCOMPARE(grid.side(), int(std::nearbyint(1.5 * double(grid.words()[0].word.size()))));
        QVERIFY(!grid.words().empty());
        for (const PlacedWord &word : grid.words()) {
            letters += word.word.size();
            for (int i = 0; i < word.length(); ++i) {
                QVERIFY(word.rowOf(i) < grid.side() && word.columnOf(i) < grid.side());
                QCOMPARE(grid.cell(word.rowOf(i), word.columnOf(i)),
                         char(word.word[std::size_t(i)] - 32));
            }
        }
        crossings += int(letters);
        for (int cell = 0; cell < grid.side() * grid.side(); ++cell)
            crossings -= grid.cell(cell / grid.side(), cell % grid.side()) != '.';
    }
    QVERIFY2(crossings > 500, qPrintable(QString::number(crossings)));
}

void TestGemWords::crosswordsFill()
{
    for (const bool hard : {false, true}) {
        CrosswordsEnvironment environment({3, 100, hard});
        environment.reset(4);
        const QStringList solution = listOf(hiddenOf(environment).value(QStringLiteral("rows")));
        const int side = int(solution.size());
        QCOMPARE(play(environment, QStringLiteral("%1 0 A").arg(side)).reward, 0.0);
        QVERIFY(observationOf(environment).startsWith(u"Rows and columns go from 0"));
        const QString letters = solution.join(QString());
        const auto at = [side](qsizetype cell) {
            return QStringLiteral("%1 %2 ").arg(cell / side).arg(cell % side);
        };
        QCOMPARE(play(environment, at(letters.indexOf(u'.')) + u'A').reward, 0.0);
        QVERIFY(observationOf(environment).startsWith(u"No word"));
        const qsizetype first = letters.indexOf(QRegularExpression(QStringLiteral("[A-Z]")));
        QCOMPARE(play(environment, at(first) + (letters[first] == u'X' ? u'Y' : u'X')).reward, 0.0);
        QVERIFY(observationOf(environment).contains(u"is wrong"));
        double sum = play(environment, at(first) + letters[first].toLower()).reward;
        QCOMPARE(play(environment, at(first) + letters[first]).reward, 0.0);
        QVERIFY(observationOf(environment).contains(u"has its letter"));
        for (qsizetype cell = first + 1; cell < letters.size(); ++cell) {
            if (letters[cell] == u'.')
                continue;
            QVERIFY(!environment.isOver());
            sum += play(environment, at(cell) + letters[cell]).reward;
        }
        QVERIFY(environment.isOver() && qAbs(sum - 1) < 1e-9);
    }
}

void TestGemWords::crosswordsText()
{
    CrosswordsEnvironment environment({3, 30});
    environment.reset(2);
    const QJsonObject board = boardOf(environment);
    const QStringList rows = listOf(board.value(QStringLiteral("rows")));
    const QStringList lines = suffixOf(environment).split(u'\n');
    const QJsonArray clues = board.value(QStringLiteral("clues")).toArray();
    QCOMPARE(lines.size(), 1 + rows.size() + clues.size());
    QVERIFY(lines[0].startsWith(QStringLiteral("   C00 C01 C02")));
    for (int i = 0; i < rows.size(); ++i) {
        QString expected = QStringLiteral("R%1 ").arg(i, 2, 10, QLatin1Char('0'));
        for (const QChar cell : rows[i])
            expected += QStringLiteral(" %1  ").arg(cell);
        QCOMPARE(lines[1 + i], expected);
    }
    for (int i = 0; i < clues.size(); ++i) {
        const QJsonObject clue = clues[i].toObject();
        QCOMPARE(lines[1 + rows.size() + i],
                 QStringLiteral("%1. %2 (%3): %4 letters")
                     .arg(i + 1)
                     .arg(clue.value(QStringLiteral("clue")).toString(),
                          clue.value(QStringLiteral("direction")).toString())
                     .arg(clue.value(QStringLiteral("length")).toInt()));
    }
    QVERIFY(rows.join(QString()).count(QRegularExpression(QStringLiteral("[^._]"))) == 0);
}

void TestGemWords::legalActions_data()
{
    QTest::addColumn<int>("game");
    QTest::addColumn<QString>("refusal");
    QTest::newRow("Wordle") << 0 << "before|The word has";
    QTest::newRow("Hangman") << 1 << "before|The word has";
    QTest::newRow("WordSearch") << 2 << "before|Words stand|go from";
    QTest::newRow("Crosswords") << 3 << "go from|No word|has its";
}

void TestGemWords::legalActions()
{
    QFETCH(const int, game);
    QFETCH(const QString, refusal);
    WordleEnvironment wordle({.drawn = true});
    HangmanEnvironment hangman({.drawn = true});
    WordSearchEnvironment wordSearch({.drawn = true});
    CrosswordsEnvironment crosswords({.drawn = true});
    Environment *const environments[] = {&wordle, &hangman, &wordSearch, &crosswords};
    const QRegularExpression refused(refusal);
    QCOMPARE(playLegally(*environments[game], 50,
                         [&](const std::string &text) {
                             return refused.match(QString::fromStdString(text)).hasMatch();
                         }),
             QString());
}

void TestGemWords::environmentsAreSmall()
{
    QVERIFY(sizeof(WordleEnvironment) < 4096);
    QVERIFY(sizeof(HangmanEnvironment) < 4096);
    QVERIFY(sizeof(WordSearchEnvironment) < 4096 + sizeof(WordGrid));
    QVERIFY(sizeof(CrosswordsEnvironment) < 4096 + sizeof(WordGrid));
}

QTEST_GUILESS_MAIN(TestGemWords)
#include "tst_gemwords.moc"
