// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Sokoban, Sudoku, FifteenPuzzle and 2048 against GEM's recorded episodes, their text boards and
// legal moves.
#include "gem/games/fifteenpuzzle.h"
#include "gem/games/game2048.h"
#include "gem/games/registry.h"
#include "gem/games/sokoban.h"
#include "gem/games/sudoku.h"
#include "vectorrun.h"

#include <QTest>

#include <thread>

using namespace quarry::gem;

namespace {

FifteenPuzzleParameters wheel(FifteenPuzzleParameters parameters)
{
    parameters.reset = FifteenReset::Wheel;
    return parameters;
}

std::unique_ptr<Environment> makeNamed(const QString &name)
{
    const QString game = name.section(u'-', 0, 0);
    const QString variant = name.section(u'-', 2);
    const bool easy = variant == u"easy";
    const bool drawn = variant == u"random";
    if (game == u"Sokoban") {
        if (drawn)
            return std::make_unique<SokobanEnvironment>(SokobanParameters{.drawn = true});
        return std::make_unique<SokobanEnvironment>(easy ? SokobanParameters{6, 6, 2, 20}
                                                         : SokobanParameters{8, 8, 4, 50});
    }
    if (game == u"Sudoku") {
        if (drawn)
            return std::make_unique<SudokuEnvironment>(SudokuParameters{.drawn = true});
        return std::make_unique<SudokuEnvironment>(easy ? SudokuParameters{4, 10, 15}
                                                        : SudokuParameters{9, 50, 50});
    }
    if (game.startsWith(u"FifteenPuzzle")) {
        FifteenPuzzleParameters parameters{easy ? 2 : 4, easy ? 10 : 50, drawn};
        return std::make_unique<FifteenPuzzleEnvironment>(
            game.endsWith(u"Wheel") ? wheel(parameters) : parameters);
    }
    Game2048Parameters parameters{64, 4, 50, drawn};
    if (variant == u"hard")
        parameters.target = 512;
    if (variant == u"extreme-hard")
        parameters = {2048, 4, 100};
    return std::make_unique<Game2048Environment>(parameters);
}

std::string suffixOf(const Environment &environment)
{
    return textOf(environment, &Environment::appendSuffix);
}

void playAll(Environment &environment, std::initializer_list<std::string_view> words)
{
    for (const std::string_view word : words)
        environment.step("\\boxed{" + std::string(word) + "}");
}

} // namespace

class TestGemBoards : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void vectors_data();
    void vectors();
    void differencesAreFound();
    void legalActions_data();
    void legalActions();
    void sokobanText();
    void sudokuText();
    void fifteenPuzzleText();
    void game2048Text();
    void sizesBeyondGems();
    void crowdedRoomsAreRefused();
    void roomsFromSeveralThreads();
    void environmentsAreSmall();
};

void TestGemBoards::vectors_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("episodes");
    QTest::newRow("Sokoban-v0-easy") << "vectors/Sokoban-v0-easy.jsonl.gz" << 294;
    QTest::newRow("Sokoban-v0-hard") << "vectors/Sokoban-v0-hard.jsonl.gz" << 294;
    QTest::newRow("Sokoban-v0-random") << "vectors/Sokoban-v0-random.jsonl.gz" << 294;
    QTest::newRow("Sudoku-v0-easy") << "vectors/Sudoku-v0-easy.jsonl.gz" << 299;
    QTest::newRow("Sudoku-v0-hard") << "vectors/Sudoku-v0-hard.jsonl.gz" << 299;
    QTest::newRow("Sudoku-v0-random") << "vectors/Sudoku-v0-random.jsonl.gz" << 299;
    QTest::newRow("FifteenPuzzle-v0-easy") << "vectors/FifteenPuzzle-v0-easy.jsonl.gz" << 294;
    QTest::newRow("FifteenPuzzle-v0-hard") << "vectors/FifteenPuzzle-v0-hard.jsonl.gz" << 294;
    QTest::newRow("FifteenPuzzle-v0-random") << "vectors/FifteenPuzzle-v0-random.jsonl.gz" << 294;
    QTest::newRow("FifteenPuzzleWheel-v0-easy")
        << "vectors-pypi/FifteenPuzzle-v0-easy.jsonl.gz" << 80;
    QTest::newRow("FifteenPuzzleWheel-v0-hard")
        << "vectors-pypi/FifteenPuzzle-v0-hard.jsonl.gz" << 80;
    QTest::newRow("FifteenPuzzleWheel-v0-random")
        << "vectors-pypi/FifteenPuzzle-v0-random.jsonl.gz" << 80;
    QTest::newRow("Game2048-v0-easy") << "vectors/Game2048-v0-easy.jsonl.gz" << 336;
    QTest::newRow("Game2048-v0-hard") << "vectors/Game2048-v0-hard.jsonl.gz" << 336;
    QTest::newRow("Game2048-v0-extreme-hard") << "vectors/Game2048-v0-extreme-hard.jsonl.gz" << 336;
    QTest::newRow("Game2048-v0-random") << "vectors/Game2048-v0-random.jsonl.gz" << 336;
}

void TestGemBoards::vectors()
{
    QFETCH(const QString, file);
    QFETCH(const int, episodes);
    const auto environment = makeNamed(QString::fromLatin1(QTest::currentDataTag()));
    const VectorRun run = runVectors(file, *environment);
    QCOMPARE(run.fault, QString());
    QCOMPARE(run.episodes, episodes);
    QVERIFY(run.steps > episodes);
}

void TestGemBoards::differencesAreFound()
{
    FifteenPuzzleEnvironment environment({4, 50});
    const VectorRun run
        = runVectors(QStringLiteral("vectors-pypi/FifteenPuzzle-v0-hard.jsonl.gz"), environment);
    QVERIFY2(run.fault.contains(u"turn 0: board: expected [{"), qUtf8Printable(run.fault));
    QVERIFY(!runVectors(QStringLiteral("vectors/none"), environment).fault.isEmpty());
}

void TestGemBoards::legalActions_data()
{
    QTest::addColumn<QString>("refusal");
    QTest::addColumn<int>("seeds");
    QTest::newRow("Sokoban-v0-easy") << "blocked" << 200;
    QTest::newRow("Sokoban-v0-hard") << "blocked" << 30;
    QTest::newRow("Sokoban-v0-random") << "blocked" << 30;
    QTest::newRow("Sudoku-v0-random") << "filled already" << 200;
    QTest::newRow("FifteenPuzzle-v0-random") << "No tile" << 200;
    QTest::newRow("FifteenPuzzleWheel-v0-hard") << "No tile" << 200;
    QTest::newRow("Game2048-v0-extreme-hard") << "Nothing" << 200;
    QTest::newRow("Game2048-v0-random") << "Nothing" << 200;
}

void TestGemBoards::legalActions()
{
    QFETCH(const QString, refusal);
    QFETCH(const int, seeds);
    const auto environment = makeNamed(QString::fromLatin1(QTest::currentDataTag()));
    const QString fault
        = playLegally(*environment, seeds, [&refusal](const std::string &observation) {
              return observation.find(refusal.toStdString()) != observation.npos;
          });
    QCOMPARE(fault, QString());
}

void TestGemBoards::sokobanText()
{
    SokobanEnvironment environment({6, 6, 2, 20});
    environment.reset(0);
    QCOMPARE(suffixOf(environment),
             "# # # # # #\n# # _ _ _ #\n# _ X _ O #\n# _ # O X #\n# _ _ _ P #\n# # # # # #\n");
    playAll(environment, {"UP"});
    QCOMPARE(suffixOf(environment),
             "# # # # # #\n# # _ _ _ #\n# _ X _ √ #\n# _ # O P #\n# _ _ _ _ #\n# # # # # #\n");
    playAll(environment, {"Up"});
    QCOMPARE(suffixOf(environment),
             "# # # # # #\n# # _ _ X #\n# _ X _ P #\n# _ # O _ #\n# _ _ _ _ #\n# # # # # #\n");
}

void TestGemBoards::sudokuText()
{
    SudokuEnvironment easy({4, 10, 15});
    easy.reset(0);
    QCOMPARE(suffixOf(easy),
             "   C1 C2   C3 C4  \n"
             "R1  .  . |  .  .\n"
             "R2  4  2 |  3  .\n"
             "   - - - - - - \n"
             "R3  .  . |  1  3\n"
             "R4  .  3 |  .  2");
    playAll(easy, {"4 1 1"});
    QVERIFY(suffixOf(easy).ends_with("\nR4  1  3 |  .  2"));

    SudokuEnvironment hard({.drawn = true});
    hard.reset(0);
    const std::string text = suffixOf(hard);
    QVERIFY(text.starts_with(
        "   C1 C2 C3   C4 C5 C6   C7 C8 C9  \nR1  8  .  . |  .  5  2 |  6  3  9\nR2  "));
    QVERIFY(text.find("\n   - - - - - - - - - - - - - - - - \nR4  4  .  2 |") != text.npos);
}

void TestGemBoards::fifteenPuzzleText()
{
    FifteenPuzzleEnvironment environment({3, 20, true});
    environment.reset(0);
    QCOMPARE(suffixOf(environment), " 5  8  7\n 3 __  2\n 6  1  4\n");
    playAll(environment, {"left", "up"});
    QCOMPARE(suffixOf(environment), " 5  8  7\n 3  2  4\n 6  1 __\n");
    FifteenPuzzleEnvironment hard({4, 50});
    hard.reset(1);
    QCOMPARE(suffixOf(hard).size(), std::size_t(4 * 12));
    QVERIFY(suffixOf(hard).find("15") != std::string::npos);
}

void TestGemBoards::game2048Text()
{
    Game2048Environment environment({64, 4, 50});
    environment.reset(0);
    QCOMPARE(suffixOf(environment),
             "   .    .    .    .\n   .    .    2    .\n   .    .    .    .\n   2    .    .    .");
    playAll(environment, {"left", "down"});
    QCOMPARE(suffixOf(environment),
             "   .    .    .    .\n   .    .    .    .\n   .    .    .    .\n   4    .    2    4");
}

void TestGemBoards::sizesBeyondGems()
{
    for (int size = FifteenPuzzleParameters::leastSize; size <= FifteenPuzzleParameters::mostSize;
         ++size) {
        FifteenPuzzleEnvironment environment({size, 100});
        QCOMPARE(playLegally(environment, 20, [](const std::string &) { return false; }),
                 QString());
    }
    for (int size = Game2048Parameters::leastSize; size <= Game2048Parameters::mostSize; ++size) {
        Game2048Environment environment({Game2048Parameters::mostTarget, size, 5000});
        QCOMPARE(playLegally(environment, 20, [](const std::string &) { return false; }),
                 QString());
    }
    for (const SokobanParameters &parameters :
         {SokobanParameters{5, 5, 1, 50}, SokobanParameters{5, 9, 2, 50},
          SokobanParameters{9, 6, 3, 50}, SokobanParameters{9, 9, 3, 50}}) {
        SokobanEnvironment environment(parameters);
        QCOMPARE(playLegally(environment, 5, [](const std::string &) { return false; }), QString());
        QCOMPARE(boardOf(environment).value(u"boxes").toInt(), parameters.boxes);
    }
    for (const int removals : {0, 81}) {
        SudokuEnvironment environment({9, removals, 100});
        environment.reset(3);
        QCOMPARE(environment.legalActions(100).empty(), removals == 0);
    }
}

void TestGemBoards::crowdedRoomsAreRefused()
{
    const EnvironmentKind &kind = *environmentKind("game:Sokoban-v0-easy");
    const auto refusal = [&kind](int rows, int boxes) {
        const ParameterValue values[] = {{"rows", rows}, {"cols", 5}, {"boxes", boxes}};
        std::string error;
        const auto environment = makeEnvironment(kind, values, FifteenReset::Commit, error);
        return environment ? "made" : error;
    };
    QCOMPARE(refusal(5, 1), "made");
    QCOMPARE(refusal(9, 4), "made");
    QCOMPARE(refusal(5, 2), "\"boxes\" must leave 5 cells within the walls for each box");
    QVERIFY(refusal(9, 6).starts_with("\"boxes\" is 6"));
}

void TestGemBoards::roomsFromSeveralThreads()
{
    std::vector<std::string> alone;
    SokobanEnvironment environment({8, 8, 4, 50});
    for (std::uint32_t seed = 0; seed < 4; ++seed) {
        environment.reset(seed);
        alone.push_back(suffixOf(environment));
    }
    std::vector<std::string> together(alone.size());
    std::vector<std::thread> threads;
    for (std::uint32_t seed = 0; seed < alone.size(); ++seed) {
        threads.emplace_back([seed, &together] {
            SokobanEnvironment own({8, 8, 4, 50});
            own.reset(seed);
            together[seed] = suffixOf(own);
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(together, alone);
}

void TestGemBoards::environmentsAreSmall()
{
    QVERIFY(sizeof(SokobanEnvironment) < 4096);
    QVERIFY(sizeof(SudokuEnvironment) < 4096);
    QVERIFY(sizeof(FifteenPuzzleEnvironment) < 4096);
    QVERIFY(sizeof(Game2048Environment) < 4096);
}

QTEST_APPLESS_MAIN(TestGemBoards)
#include "tst_gemboards.moc"
