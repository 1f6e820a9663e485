// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/games/gametable.h"

#include "gem/environment/appendtext.h"
#include "gem/games/crosswords.h"
#include "gem/games/fifteenpuzzle.h"
#include "gem/games/game2048.h"
#include "gem/games/guessthenumber.h"
#include "gem/games/hangman.h"
#include "gem/games/mastermind.h"
#include "gem/games/minesweeper.h"
#include "gem/games/sokoban.h"
#include "gem/games/sudoku.h"
#include "gem/games/towerofhanoi.h"
#include "gem/games/wordle.h"
#include "gem/games/wordsearch.h"

#include <algorithm>

namespace quarry::gem {

namespace {

using Made = std::unique_ptr<Environment>;
using GivenValues = const GameValues &;

constexpr int mostTurns = 10000;

Made makeCrosswords(GivenValues values, bool drawn, FifteenReset, std::string &)
{
    return std::make_unique<CrosswordsEnvironment>(
        CrosswordsParameters{values[0], values[2], values[1] != 0, drawn});
}

Made makeFifteenPuzzle(GivenValues values, bool drawn, FifteenReset fifteen, std::string &)
{
    return std::make_unique<FifteenPuzzleEnvironment>(
        FifteenPuzzleParameters{values[0], values[1], drawn, fifteen});
}

Made makeGame2048(GivenValues values, bool drawn, FifteenReset, std::string &error)
{
    if ((values[0] & (values[0] - 1)) != 0) {
        error = "\"target\" has to be a power of two";
        return nullptr;
    }
    return std::make_unique<Game2048Environment>(
        Game2048Parameters{values[0], values[1], values[2], drawn});
}

Made makeGuessTheNumber(GivenValues values, bool drawn, FifteenReset, std::string &error)
{
    if (values[0] >= values[1]) {
        error = "\"min\" has to be below \"max\"";
        return nullptr;
    }
    return std::make_unique<GuessTheNumberEnvironment>(
        GuessTheNumberParameters{values[0], values[1], values[2], drawn});
}

Made makeHangman(GivenValues values, bool drawn, FifteenReset, std::string &)
{
    return std::make_unique<HangmanEnvironment>(HangmanParameters{values[0], values[1], drawn});
}

Made makeMastermind(GivenValues values, bool drawn, FifteenReset, std::string &error)
{
    if (values[0] > values[1] && values[2] == 0) {
        error = "\"length\" must not exceed \"numbers\" without \"duplicates\"";
        return nullptr;
    }
    return std::make_unique<MastermindEnvironment>(
        MastermindParameters{values[0], values[1], values[2] != 0, values[3], drawn});
}

Made makeMinesweeper(GivenValues values, bool drawn, FifteenReset, std::string &error)
{
    const int safe = std::min(values[0], 3) * std::min(values[1], 3);
    if (values[2] > values[0] * values[1] - safe) {
        error = "\"mines\" have to fit outside the 3 by 3 cells round the first reveal";
        return nullptr;
    }
    return std::make_unique<MinesweeperEnvironment>(
        MinesweeperParameters{values[0], values[1], values[2], values[3], drawn});
}

Made makeSokoban(GivenValues values, bool drawn, FifteenReset, std::string &error)
{
    const SokobanParameters parameters{values[0], values[1], values[2], values[3], drawn};
    if (!parameters.fits()) {
        appendText(error, "\"boxes\" must leave ", SokobanParameters::leastCells,
                   " cells within the walls for each box");
        return nullptr;
    }
    return std::make_unique<SokobanEnvironment>(parameters);
}

Made makeSudoku(GivenValues values, bool drawn, FifteenReset, std::string &error)
{
    if (values[0] != 4 && values[0] != 9)
        error = "\"scale\" has to be 4 or 9";
    else if (values[1] > values[0] * values[0])
        error = "\"clues\" must not exceed the number of cells";
    if (!error.empty())
        return nullptr;
    return std::make_unique<SudokuEnvironment>(
        SudokuParameters{values[0], values[1], values[2], drawn});
}

Made makeTowerOfHanoi(GivenValues values, bool drawn, FifteenReset, std::string &)
{
    return std::make_unique<TowerOfHanoiEnvironment>(
        TowerOfHanoiParameters{values[0], values[1], drawn});
}

Made makeWordSearch(GivenValues values, bool drawn, FifteenReset, std::string &)
{
    return std::make_unique<WordSearchEnvironment>(
        WordSearchParameters{values[0], values[2], values[1] != 0, drawn});
}

Made makeWordle(GivenValues values, bool drawn, FifteenReset, std::string &)
{
    return std::make_unique<WordleEnvironment>(WordleParameters{values[0], values[1], drawn});
}

constexpr std::string_view fromSeed = "parameters drawn from the seed";

// By name, and the variants too.
constexpr GameEntry allGames[] = {
    {"Crosswords",
     "Fill in crossing words by their clues, a letter at a time",
     {{"words", 0, 1, int(WordGrid::mostWords)},
      {"hardcore", 0, 0, 1},
      {"max_turns", 0, 1, mostTurns}},
     {{"easy", "3 words, 30 turns", {3, 0, 30}},
      {"hard", "3 hard words, 40 turns", {3, 1, 40}},
      {"random", fromSeed, {3, 0, 30}, true}},
     makeCrosswords},
    {"FifteenPuzzle",
     "Slide numbered tiles into order through the one gap",
     {{"size", 0, FifteenPuzzleParameters::leastSize, FifteenPuzzleParameters::mostSize},
      {"max_turns", 0, 1, mostTurns}},
     {{"easy", "2 by 2, 10 turns", {2, 10}},
      {"hard", "4 by 4, 50 turns", {4, 50}},
      {"random", fromSeed, {2, 10}, true}},
     makeFifteenPuzzle},
    {"Game2048",
     "Slide and merge tiles until one reaches the target",
     {{"target", 0, Game2048Parameters::leastTarget, Game2048Parameters::mostTarget},
      {"size", 0, Game2048Parameters::leastSize, Game2048Parameters::mostSize},
      {"max_turns", 0, 1, mostTurns}},
     {{"easy", "64 in 50 turns", {64, 4, 50}},
      {"extreme-hard", "2048 in 100 turns", {2048, 4, 100}},
      {"hard", "512 in 50 turns", {512, 4, 50}},
      {"random", fromSeed, {64, 4, 50}, true}},
     makeGame2048},
    {"GuessTheNumber",
     "Find a number by being told higher or lower",
     {{"min", 0, 1, GuessTheNumberParameters::greatest},
      {"max", 0, 1, GuessTheNumberParameters::greatest},
      {"max_turns", 0, 1, mostTurns}},
     {{"easy", "1 to 10, 4 turns", {1, 10, 4}},
      {"hard", "1 to 50, 7 turns", {1, 50, 7}},
      {"random", fromSeed, {1, 10, 4}, true}},
     makeGuessTheNumber},
    {"Hangman",
     "Find a word by its letters, then say it",
     {{"length", 0, HangmanParameters::shortest, HangmanParameters::longest},
      {"max_turns", 0, 1, mostTurns}},
     {{"easy", "3 letters, 10 turns", {3, 10}},
      {"hard", "7 letters, 20 turns", {7, 20}},
      {"random", fromSeed, {3, 10}, true}},
     makeHangman},
    {"Mastermind",
     "Break a code of numbers by black and white pegs",
     {{"length", 0, 1, MastermindParameters::longest},
      {"numbers", 0, 1, MastermindParameters::greatest},
      {"duplicates", 0, 0, 1},
      {"max_turns", 0, 1, MastermindParameters::mostTurns}},
     {{"easy", "2 of 6, 10 turns", {2, 6, 0, 10}},
      {"hard", "4 of 8, 30 turns", {4, 8, 0, 30}},
      {"random", fromSeed, {2, 6, 0, 10}, true}},
     makeMastermind},
    {"Minesweeper",
     "Open every safe cell and flag every mine",
     {{"rows", 0, 2, MinesweeperParameters::longestSide},
      {"cols", 0, 2, MinesweeperParameters::longestSide},
      {"mines", 0, 1, MinesweeperParameters::longestSide *MinesweeperParameters::longestSide},
      {"max_turns", 0, 1, mostTurns}},
     {{"easy", "5 by 5, 5 mines, 25 turns", {5, 5, 5, 25}},
      {"hard", "8 by 8, 12 mines, 64 turns", {8, 8, 12, 64}},
      {"random", fromSeed, {5, 5, 5, 25}, true}},
     makeMinesweeper},
    {"Sokoban",
     "Push every box onto a target",
     {{"rows", 0, SokobanParameters::leastSide, SokobanParameters::mostSide},
      {"cols", 0, SokobanParameters::leastSide, SokobanParameters::mostSide},
      {"boxes", 0, 1, SokobanParameters::mostBoxes},
      {"max_turns", 0, 1, mostTurns}},
     {{"easy", "6 by 6, 2 boxes, 20 turns", {6, 6, 2, 20}},
      {"hard", "8 by 8, 4 boxes, 50 turns", {8, 8, 4, 50}},
      {"random", fromSeed, {6, 6, 2, 20}, true}},
     makeSokoban},
    {"Sudoku",
     "Fill every row, column and block with each digit once",
     {{"scale", 0, 4, 9}, {"clues", 0, 1, 81}, {"max_turns", 0, 1, mostTurns}},
     {{"easy", "4 by 4, 15 turns", {4, 10, 15}},
      {"hard", "9 by 9, 50 turns", {9, 50, 50}},
      {"random", fromSeed, {4, 10, 15}, true}},
     makeSudoku},
    {"TowerofHanoi",
     "Move a tower of disks, never a larger one onto a smaller one",
     {{"disks", 0, 1, TowerOfHanoiParameters::mostDisks}, {"max_turns", 0, 1, mostTurns}},
     {{"easy", "3 disks, 10 turns", {3, 10}},
      {"hard", "5 disks, 35 turns", {5, 35}},
      {"random", fromSeed, {3, 10}, true}},
     makeTowerOfHanoi},
    {"WordSearch",
     "Find words across and down in a square of letters",
     {{"words", 0, 1, int(WordGrid::mostWords)},
      {"hardcore", 0, 0, 1},
      {"max_turns", 0, 1, WordSearchParameters::mostTurns}},
     {{"easy", "5 common words, 20 turns", {5, 0, 20}},
      {"hard", "5 words of a large list, 20 turns", {5, 1, 20}},
      {"random", fromSeed, {5, 0, 20}, true}},
     makeWordSearch},
    {"Wordle",
     "Find a word by right and misplaced letters",
     {{"length", 0, WordleParameters::shortest, WordleParameters::longest},
      {"max_turns", 0, 1, WordleParameters::mostTurns}},
     {{"easy", "3 letters, 15 turns", {3, 15}},
      {"hard", "5 letters, 25 turns", {5, 25}},
      {"random", fromSeed, {3, 15}, true}},
     makeWordle},
};

} // namespace

std::span<const GameEntry> gameTable()
{
    return allGames;
}

} // namespace quarry::gem
