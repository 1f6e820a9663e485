// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Any actions to any native GEM environment: no crash, rewards and ends that make sense, a clone
// that goes on alike, and legal actions that can be read. The first two bytes choose the
// environment, the third the seed; the rest are actions, each up to a zero byte. Actions that begin
// with "b" are boxed.
#include "gem/games/registry.h"

#include <cstdlib>

using namespace quarry::gem;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

std::string everythingOf(const Environment &environment)
{
    std::string text;
    environment.appendBoard(text);
    environment.appendHidden(text);
    environment.appendParameters(text);
    environment.appendObservation(text);
    environment.appendSuffix(text);
    return text;
}

void checkStep(Environment &environment, const std::string &action)
{
    const int before = environment.turn();
    const StepResult result = environment.step(action);
    require(environment.turn() == before + 1);
    require(result.reward >= -0.1 && result.reward <= 1);
    require(result.terminated || !result.truncated);
    require(environment.isOver() || !result.terminated);
    require(environment.isOver() || environment.turn() < environment.maxTurns());
}

void checkLegalActions(const Environment &environment, std::uint64_t seed)
{
    const auto actions = environment.legalActions(16);
    SampleRandom random(seed);
    std::string drawn;
    require(environment.appendLegalAction(random, drawn) != actions.empty());
    require(actions.size() <= 16 && (actions.empty() || !environment.isOver()));
    for (const std::string &action : actions)
        require(environment.clone()->step(action).reward >= 0);
    require(drawn.empty() || environment.clone()->step(drawn).reward >= 0);
}

std::unique_ptr<Environment> makeChosen(std::size_t choice, int extra)
{
    const auto kinds = environmentKinds();
    const EnvironmentKind &kind = kinds[choice % kinds.size()];
    std::string error;
    std::vector<ParameterValue> values;
    // Rooms of many boxes take long to find.
    if (!kind.parameters.empty() && kind.game != "Sokoban")
        values.push_back({kind.parameters[0].name, extra});
    auto environment = makeEnvironment(kind, values, FifteenReset::Wheel, error);
    require((environment == nullptr) == !error.empty());
    return environment != nullptr ? std::move(environment)
                                  : makeEnvironment(kind, {}, FifteenReset::Commit, error);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 3)
        return 0;
    const auto environment = makeChosen(data[0], data[1]);
    environment->reset(data[2] % 8);
    const std::string_view rest(reinterpret_cast<const char *>(data) + 3, size - 3);
    int steps = 0;
    for (std::size_t at = 0; at < rest.size() && steps < 200; ++steps) {
        const std::string_view piece = rest.substr(at, rest.find('\0', at) - at);
        at += piece.size() + 1;
        const bool isBoxed = piece.starts_with('b');
        const std::string action
            = isBoxed ? "\\boxed{" + std::string(piece.substr(1)) + '}' : std::string(piece);
        const auto copy = environment->clone();
        checkStep(*environment, action);
        checkStep(*copy, action);
        require(everythingOf(*copy) == everythingOf(*environment));
        checkLegalActions(*environment, size + at);
    }
    return 0;
}
