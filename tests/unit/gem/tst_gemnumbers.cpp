// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// GuessTheNumber, Mastermind, Minesweeper and TowerofHanoi against GEM's recorded episodes, their
// text boards and legal moves.
#include "gem/games/guessthenumber.h"
#include "gem/games/mastermind.h"
#include "gem/games/minesweeper.h"
#include "gem/games/registry.h"
#include "gem/games/towerofhanoi.h"
#include "vectorrun.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

using namespace quarry::gem;

namespace {

std::unique_ptr<Environment> makeById(const char *id)
{
    std::string error;
    const EnvironmentKind *kind = environmentKind(std::string("game:") + id);
    return kind == nullptr ? nullptr : makeEnvironment(*kind, {}, FifteenReset::Commit, error);
}

std::string suffixOf(const Environment &environment)
{
    return textOf(environment, &Environment::appendSuffix);
}

std::string observationOf(const Environment &environment)
{
    return textOf(environment, &Environment::appendObservation);
}

void playAll(Environment &environment, std::initializer_list<std::string_view> words)
{
    for (const std::string_view word : words)
        environment.step("\\boxed{" + std::string(word) + "}");
}

} // namespace

class TestGemNumbers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void vectors_data();
    void vectors();
    void legalActions_data();
    void legalActions();
    void guessOfZeroIsUnreadable();
    void numbersTooLongAreUnreadable();
    void guessesRunOut();
    void mastermindMayRepeat();
    void mastermindKeepsNoMoreThanItsTurns();
    void minesweeperText();
    void minesLeaveTheFirstRevealSafe();
    void hanoiText();
    void hanoiAcceptsAMoveToItself();
    void nothingHiddenLeaks();
    void environmentsAreSmall();
};

void TestGemNumbers::vectors_data()
{
    QTest::addColumn<int>("episodes");
    const auto rows = [](const char *game, int episodes) {
        for (const char *variant : {"easy", "hard", "random"})
            QTest::addRow("%s-v0-%s", game, variant) << episodes;
    };
    rows("GuessTheNumber", 299);
    rows("Mastermind", 299);
    rows("Minesweeper", 341);
    rows("TowerofHanoi", 294);
}

void TestGemNumbers::vectors()
{
    QFETCH(const int, episodes);
    const auto environment = makeById(QTest::currentDataTag());
    const VectorRun run = runVectors(
        QStringLiteral("vectors/%1.jsonl.gz").arg(QString::fromLatin1(QTest::currentDataTag())),
        *environment);
    QCOMPARE(run.fault, QString());
    QCOMPARE(run.episodes, episodes);
    QVERIFY(run.steps > episodes);
}

void TestGemNumbers::legalActions_data()
{
    QTest::addColumn<QString>("refusal");
    QTest::newRow("GuessTheNumber-v0-easy") << "before|Guesses go";
    QTest::newRow("GuessTheNumber-v0-random") << "before|Guesses go";
    QTest::newRow("Mastermind-v0-easy") << "before|A guess has|go from";
    QTest::newRow("Minesweeper-v0-easy") << "Rows go|Say|already";
    QTest::newRow("Minesweeper-v0-random") << "Rows go|Say|already";
    QTest::newRow("TowerofHanoi-v0-random") << "empty|larger";
}

void TestGemNumbers::legalActions()
{
    QFETCH(const QString, refusal);
    const QRegularExpression refused(refusal);
    const auto environment = makeById(QTest::currentDataTag());
    QCOMPARE(playLegally(*environment, 200,
                         [&](const std::string &text) {
                             return refused.match(QString::fromStdString(text)).hasMatch();
                         }),
             QString());
}

void TestGemNumbers::guessOfZeroIsUnreadable()
{
    GuessTheNumberEnvironment environment({1, 10, 4});
    for (const char *zero : {"0", "000", "\u0660"}) {
        environment.reset(1);
        const StepResult result = environment.step("\\boxed{" + std::string(zero) + "}");
        QCOMPARE(result.reward, -0.1);
        QVERIFY(result.terminated && !result.truncated);
    }
}

void TestGemNumbers::numbersTooLongAreUnreadable()
{
    GuessTheNumberEnvironment environment({1, 10, 4});
    environment.reset(1);
    const StepResult outside = environment.step("\\boxed{" + std::string(4300, '9') + "}");
    QCOMPARE(outside.reward, 0.0);
    QVERIFY(!outside.terminated);
    QVERIFY(environment.step("\\boxed{1}\\boxed{" + std::string(4301, '9') + "}").terminated);
}

void TestGemNumbers::guessesRunOut()
{
    GuessTheNumberEnvironment environment({1, 3, 100});
    SampleRandom random(1);
    for (std::uint32_t seed = 0; seed < 20; ++seed) {
        environment.reset(seed);
        std::string action;
        int steps = 0;
        for (; environment.appendLegalAction(random, action); action.clear(), ++steps)
            environment.step(action);
        QVERIFY(environment.isOver() && steps <= 3);
    }
}

void TestGemNumbers::mastermindMayRepeat()
{
    MastermindEnvironment environment({4, 2, true, 30});
    environment.reset(3);
    SampleRandom random(5);
    std::string action;
    int steps = 0;
    for (; environment.appendLegalAction(random, action); action.clear(), ++steps)
        environment.step(action);
    QVERIFY(environment.isOver() && steps <= 16);
}

void TestGemNumbers::mastermindKeepsNoMoreThanItsTurns()
{
    MastermindEnvironment environment({4, 8, false, 2});
    environment.reset(0);
    for (int i = 1; i <= 8; ++i)
        environment.step("\\boxed{1 1 1 " + std::to_string(i) + "}");
    QCOMPARE(environment.turn(), 8);
    QCOMPARE(boardOf(environment).value(QStringLiteral("guesses")).toArray().size(), 2);
}

void TestGemNumbers::minesweeperText()
{
    MinesweeperEnvironment environment({5, 5, 5, 25});
    environment.reset(0);
    playAll(environment, {"flag 0 0", "REVEAL 2\t4"});
    QCOMPARE(suffixOf(environment),
             "    0  1  2  3  4\n"
             " 0  F  .  .  .  . \n"
             " 1  .  .  .  1  1 \n"
             " 2  .  .  .  1  0 \n"
             " 3  .  .  .  2  1 \n"
             " 4  .  .  .  .  . \n");
    MinesweeperEnvironment large({30, 30, 10, 25});
    large.reset(0);
    const std::string text = suffixOf(large);
    QVERIFY(text.starts_with("    0  1  2  3  4  5  6  7  8  9 10 11"));
    QVERIFY(text.ends_with("\n29  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  . "
                           " .  .  .  .  .  .  .  . \n"));
}

void TestGemNumbers::minesLeaveTheFirstRevealSafe()
{
    // As many mines as fit.
    MinesweeperEnvironment environment({3, 4, 3, 25});
    for (std::uint32_t seed = 0; seed < 50; ++seed) {
        environment.reset(seed);
        QCOMPARE(environment.step("\\boxed{reveal 1 1}").reward, 1.0);
        QVERIFY(!environment.isOver());
        playAll(environment, {"flag 0 3", "flag 1 3", "flag 2 3"});
        QVERIFY(!environment.isOver()); // only a reveal can win
    }
}

void TestGemNumbers::hanoiText()
{
    TowerOfHanoiEnvironment environment({11, 50});
    environment.reset(0);
    playAll(environment, {"ab", "A , c"});
    QCOMPARE(suffixOf(environment), "A: [11, 10, 9, 8, 7, 6, 5, 4, 3]\nB: [1]\nC: [2]\n");
    QCOMPARE(observationOf(environment), "Moved a disk from A to C.");
}

void TestGemNumbers::hanoiAcceptsAMoveToItself()
{
    TowerOfHanoiEnvironment environment({3, 10});
    environment.reset(0);
    playAll(environment, {"A A"});
    QCOMPARE(suffixOf(environment), "A: [3, 2, 1]\nB: []\nC: []\n");
    playAll(environment, {"B B"});
    QCOMPARE(observationOf(environment), "Tower B is empty.");
}

void TestGemNumbers::nothingHiddenLeaks()
{
    // Two seeds whose episodes differ only in what is hidden look alike.
    GuessTheNumberEnvironment number({1, 50, 7});
    std::string first;
    for (const std::uint32_t seed : {1u, 2u, 3u}) {
        number.reset(seed);
        std::string text = textOf(number, &Environment::appendBoard) + suffixOf(number);
        QVERIFY(first.empty() || text == first);
        first = text;
    }
    MinesweeperEnvironment mines({5, 5, 5, 25});
    mines.reset(7);
    playAll(mines, {"flag 1 1"});
    QCOMPARE(textOf(mines, &Environment::appendHidden), "null");
    QVERIFY(!(suffixOf(mines).find('*') != std::string::npos));
}

void TestGemNumbers::environmentsAreSmall()
{
    QVERIFY(sizeof(GuessTheNumberEnvironment) < 4096);
    QVERIFY(sizeof(MastermindEnvironment) < 4096);
    QVERIFY(sizeof(MinesweeperEnvironment) < 4096 + 4 * 30 * 31); // beside the board and its text
    QVERIFY(sizeof(TowerOfHanoiEnvironment) < 4096);
}

QTEST_GUILESS_MAIN(TestGemNumbers)
#include "tst_gemnumbers.moc"
