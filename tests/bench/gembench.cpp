// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry-gembench measure [ID…]: for each native environment (all, if none is named) a line of JSON
// with its steps a second, without and with the texts that a player reads, and its resets a second,
// with texts. quarry-gembench episodes ID: the episodes that are stepped through, for the peer, a
// line of JSON each. One thread, in seconds of the processor, since the machine may be busy.
// FifteenPuzzle starts as in the wheel on PyPI, which is what the peer installs.
#include "gem/games/registry.h"

#include <cstdio>
#include <cstdlib>
#include <ctime>

using namespace quarry::gem;

namespace {

constexpr std::uint32_t episodeCount = 48;
constexpr int mostSteps = 200;
constexpr double leastTime = 0.5; // of a measurement

double secondsUsed()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) + double(now.tv_nsec) * 1e-9;
}

struct Episode {
    std::uint32_t seed = 0;
    std::vector<std::string> actions;
    double reward = 0; // the sum
    std::unique_ptr<Environment> start; // after the reset
};

const EnvironmentKind &kindOf(const std::string &id)
{
    if (const EnvironmentKind *const kind = environmentKind(id))
        return *kind;
    std::fprintf(stderr, "no native environment '%s'\n", id.c_str());
    std::exit(2);
}

std::unique_ptr<Environment> make(const EnvironmentKind &kind)
{
    std::string error;
    return makeEnvironment(kind, {}, FifteenReset::Wheel, error);
}

// Legal actions drawn at random until the end.
Episode playedEpisode(const EnvironmentKind &kind, std::uint32_t seed)
{
    Episode out{seed, {}, 0, make(kind)};
    out.start->reset(seed);
    const std::unique_ptr<Environment> playing = out.start->clone();
    SampleRandom random(seed);
    for (std::string action; int(out.actions.size()) < mostSteps && !playing->isOver();
         action.clear()) {
        if (!playing->appendLegalAction(random, action))
            break;
        out.reward += playing->step(action).reward;
        out.actions.push_back(action);
    }
    return out;
}

std::vector<Episode> playedEpisodes(const EnvironmentKind &kind)
{
    std::vector<Episode> out;
    for (std::uint32_t seed = 0; seed < episodeCount; ++seed)
        out.push_back(playedEpisode(kind, seed));
    return out;
}

void appendTexts(const Environment &environment, std::string &text)
{
    text.clear();
    environment.appendObservation(text);
    environment.appendSuffix(text);
}

double stepsPerSecond(const std::vector<Episode> &episodes, bool withTexts)
{
    std::string text;
    double taken = 0;
    double steps = 0;
    while (taken < leastTime) {
        std::vector<std::unique_ptr<Environment>> playing;
        for (const Episode &episode : episodes)
            playing.push_back(episode.start->clone());
        const double began = secondsUsed();
        for (std::size_t i = 0; i < episodes.size(); ++i) {
            for (const std::string &action : episodes[i].actions) {
                playing[i]->step(action);
                if (withTexts)
                    appendTexts(*playing[i], text);
            }
            steps += double(episodes[i].actions.size());
        }
        taken += secondsUsed() - began;
    }
    return steps / taken;
}

// Of many environments, each in turn or all in one call.
double resetsPerSecond(const EnvironmentKind &kind, bool atOnce)
{
    std::vector<std::unique_ptr<Environment>> environments;
    std::vector<Environment *> all;
    std::vector<std::uint32_t> seeds;
    for (std::uint32_t seed = 0; seed < episodeCount; ++seed) {
        environments.push_back(make(kind));
        all.push_back(environments.back().get());
        seeds.push_back(seed);
    }
    std::string text;
    const double began = secondsUsed();
    double taken = 0;
    double resets = 0;
    while (taken < leastTime) {
        if (atOnce)
            Environment::resetAll(all, seeds);
        for (std::uint32_t seed = 0; seed < episodeCount; ++seed) {
            if (!atOnce)
                all[seed]->reset(seed);
            appendTexts(*all[seed], text);
        }
        resets += episodeCount;
        taken = secondsUsed() - began;
    }
    return resets / taken;
}

void measure(const EnvironmentKind &kind)
{
    const std::vector<Episode> episodes = playedEpisodes(kind);
    std::printf("{\"id\":\"%s\",\"steps_per_second\":%.0f,\"steps_with_text_per_second\":%.0f,"
                "\"resets_per_second\":%.1f,\"resets_at_once_per_second\":%.1f}\n",
                kind.id.c_str(), stepsPerSecond(episodes, false), stepsPerSecond(episodes, true),
                resetsPerSecond(kind, false), resetsPerSecond(kind, true));
    std::fflush(stdout);
}

// The actions are ASCII; of what JSON escapes they have only the backslash.
void printEpisode(const Episode &episode)
{
    std::printf("{\"seed\":%u,\"reward\":%.17g,\"actions\":[", episode.seed, episode.reward);
    for (std::size_t i = 0; i < episode.actions.size(); ++i)
        std::printf("%s\"\\%s\"", i == 0 ? "" : ",", episode.actions[i].c_str());
    std::printf("]}\n");
}

} // namespace

int main(int argc, char **argv)
{
    const std::string command = argc > 1 ? argv[1] : "";
    if (command == "measure" && argc == 2) {
        for (const EnvironmentKind &kind : environmentKinds())
            measure(kind);
    } else if (command == "measure") {
        for (int i = 2; i < argc; ++i)
            measure(kindOf(argv[i]));
    } else if (command == "list" && argc == 2) {
        for (const EnvironmentKind &kind : environmentKinds())
            std::puts(kind.id.c_str());
    } else if (command == "episodes" && argc == 3) {
        for (const Episode &episode : playedEpisodes(kindOf(argv[2])))
            printEpisode(episode);
    } else {
        std::fprintf(stderr, "quarry-gembench measure [ID…] | list | episodes ID\n");
        return 2;
    }
    return 0;
}
