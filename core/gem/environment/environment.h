// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A native GEM environment: what GEM 0.1.0 (commit 4069f2f) gives for the same seed and actions,
// without Python. Texts are appended to the caller's buffers, and only when asked for.
#pragma once

#include "gem/random/pythonrandom.h"
#include "gem/random/samplerandom.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::gem {

// What GEM's step returns beside its texts.
struct StepResult {
    double reward = 0;
    bool terminated = false;
    bool truncated = false;
};

// One game in progress. Not thread safe; any thread. An episode depends on its seed and actions
// alone.
class Environment
{
public:
    virtual ~Environment() = default;

    // Starts an episode; what was before leaves no trace.
    void reset(std::uint32_t seed);
    // The same to each with the seed at its place, cheaper than one by one (see
    // PythonRandom::seedAll). All differ; ENVIRONMENTS is as long as SEEDS.
    static void resetAll(std::span<Environment *const> environments,
                         std::span<const std::uint32_t> seeds);
    // ACTION is the player's whole text; the last readable \boxed{…} in it counts. After the end
    // GEM goes on counting turns, and so does this. Call reset() first.
    StepResult step(std::string_view action);

    // Taken since reset(), the failed ones too.
    int turn() const { return m_turn; }
    int maxTurns() const { return m_maxTurns; }
    // Whether a step has ended the episode.
    bool isOver() const { return m_isOver; }

    // What GEM calls the observation: the rules after reset(), what came of the action after
    // step().
    virtual void appendObservation(std::string &out) const = 0;
    // GEM's info["suffix"] without the words around it: the text board, character for character, or
    // nothing for a game that has none (GuessTheNumber, Mastermind, Wordle); then a prompt in
    // Quarry's words.
    virtual void appendSuffix(std::string &out) const = 0;
    // The state as a JSON object, key for key as the golden vectors' "board"; nothing hidden is in
    // it.
    void appendBoard(std::string &out) const;
    // What a player must not see before the end, as JSON; "null" where nothing is hidden.
    virtual void appendHidden(std::string &out) const { out += "null"; }
    // The parameters in force as a JSON object, as the golden vectors' "params"; drawn ones after
    // reset().
    virtual void appendParameters(std::string &out) const = 0;

    // Actions that would not be refused now, boxed, in a fixed order, at most MOST; none after the
    // end. Where their number is without a bound (words), those that a player of sense would try;
    // where refusing tells what is hidden (Sudoku), those that the board as shown allows.
    virtual std::vector<std::string> legalActions(std::size_t most) const = 0;
    // Appends one of them, each equally likely, drawn from RANDOM. False when there is none.
    virtual bool appendLegalAction(SampleRandom &random, std::string &out) const = 0;

    // An equal environment that goes on by itself from here.
    virtual std::unique_ptr<Environment> clone() const = 0;

protected:
    Environment() = default;
    Environment(const Environment &) = default;
    Environment &operator=(const Environment &) = delete;

    enum class Outcome : std::uint8_t {
        Unreadable, // -0.1, and the end
        Goes, // read, refused or not; the reward stands, and the limit applies
        Ended, // won or lost: the end, even on the last turn
    };
    struct Played {
        Outcome outcome = Outcome::Goes;
        double reward = 0;
    };

    // Draws the parameters and the start from random(); sets maxTurns.
    virtual void begin(std::uint32_t seed) = 0;
    // Reads and plays ACTION; turn() counts it already.
    virtual Played play(std::string_view action) = 0;
    // The reward of a step at the limit, given what play() said.
    virtual double rewardAtLimit(double reward) const { return reward; }
    // The keys of the board after "turn" and "max_turns", each with a comma before it.
    virtual void appendBoardKeys(std::string &out) const = 0;

    PythonRandom &random() { return m_random; }
    void setMaxTurns(int turns) { m_maxTurns = turns; }

private:
    void beginAnew(std::uint32_t seed);

    PythonRandom m_random;
    int m_turn = 0;
    int m_maxTurns = 0;
    bool m_isOver = false;
};

} // namespace quarry::gem
