// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry env bench
#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/table.h"
#include "commands/commands.h"
#include "commands/environments.h"
#include "gem/games/registry.h"
#include "service/signalwatch.h"

#include <array>
#include <chrono>

namespace quarry::cli {

using namespace Qt::StringLiterals;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t actionsKept = 4096;
constexpr int stepsALook = 256; // at the clock

// The actions of random legal play, reset at every end: what is measured does not sample.
struct Script {
    std::vector<std::string> actions; // an empty one is a reset
    quint32 seed = 1;
};

Script scriptOf(gem::Environment &game)
{
    Script script;
    gem::SampleRandom random(1);
    game.reset(script.seed);
    while (script.actions.size() < actionsKept) {
        std::string action;
        if (game.isOver() || !game.appendLegalAction(random, action)) {
            if (script.actions.empty())
                break;
            script.actions.emplace_back();
            if (script.actions.size() > actionsKept / 2)
                break;
            game.reset(script.seed);
            continue;
        }
        script.actions.push_back(action);
        game.step(action);
    }
    return script;
}

class Rates
{
public:
    Rates(Context &context, double seconds) : m_context(context), m_seconds(seconds) { }

    // How often a second WORK can be done; each call answers how many of them it was.
    template <typename Work>
    double of(Work work)
    {
        const auto begun = Clock::now();
        const auto end = begun + std::chrono::duration<double>(m_seconds);
        qint64 count = 0;
        auto at = begun;
        while (at < end && !interrupted()) {
            count += work();
            at = Clock::now();
        }
        return double(count) / std::chrono::duration<double>(at - begun).count();
    }
    bool interrupted() const { return m_context.signalWatch().received() != 0; }

private:
    Context &m_context;
    double m_seconds;
};

// Plays the script round and round from where it stopped.
class Steps
{
public:
    Steps(gem::Environment &game, const Script &script, bool text)
        : m_game(game), m_script(script), m_start(started(game, script)), m_now(m_start->clone()),
          m_text(text)
    {
    }

    int some()
    {
        int done = 0;
        while (done < stepsALook) {
            if (m_at == m_script.actions.size()) {
                m_at = 0;
                m_now = m_start->clone();
            }
            const std::string &action = m_script.actions[m_at++];
            if (action.empty()) {
                m_now = m_start->clone();
                continue;
            }
            m_now->step(action);
            ++done;
            if (m_text) {
                m_out.clear();
                m_now->appendObservation(m_out);
                m_now->appendSuffix(m_out);
            }
        }
        return done;
    }

private:
    static std::unique_ptr<gem::Environment> started(gem::Environment &game, const Script &script)
    {
        game.reset(script.seed);
        return game.clone();
    }

    gem::Environment &m_game;
    const Script &m_script;
    std::unique_ptr<gem::Environment> m_start;
    std::unique_ptr<gem::Environment> m_now;
    bool m_text;
    std::size_t m_at = 0;
    std::string m_out;
};

// Environments that are reset in one call, as a batch does it.
class Crowd
{
public:
    explicit Crowd(const gem::Environment &game)
    {
        for (std::size_t i = 0; i < m_seeds.size(); ++i) {
            m_games.push_back(game.clone());
            m_all[i] = m_games.back().get();
            m_seeds[i] = std::uint32_t(i);
        }
    }

    int reset()
    {
        gem::Environment::resetAll(m_all, m_seeds);
        for (std::uint32_t &seed : m_seeds)
            seed += size;
        return size;
    }

private:
    static constexpr int size = 16;

    std::vector<std::unique_ptr<gem::Environment>> m_games;
    std::array<gem::Environment *, size> m_all{};
    std::array<std::uint32_t, size> m_seeds{};
};

int bench(Context &context, const Arguments &arguments)
{
    QStringList ids = arguments.words(); // one, or none for all
    if (ids.isEmpty()) {
        for (const gem::EnvironmentKind &kind : gem::environmentKinds())
            ids.append(textOf(kind.id));
    }
    Rates rates(context, arguments.number(u"--seconds"_s).value_or(0.5));
    Table table({u"ID"_s, u">STEPS/S"_s, u">WITH TEXT"_s, u">RESETS/S"_s, u">16 AT ONCE"_s});
    for (const QString &id : ids) {
        gem::EnvironmentSpec spec;
        spec.envId = id;
        const auto game = gem::makeFrom(spec);
        if (!game)
            return context.fail(game.error());
        const Script script = scriptOf(**game);
        Steps bare(**game, script, false);
        Steps texts(**game, script, true);
        const double steps = rates.of([&] { return bare.some(); });
        const double withText = rates.of([&] { return texts.some(); });
        quint32 seed = 0;
        const double resets = rates.of([&] {
            (*game)->reset(seed++);
            return 1;
        });
        Crowd crowd(**game);
        const double atOnce = rates.of([&] { return crowd.reset(); });
        if (rates.interrupted())
            return context.fail({ErrorCode::Cancelled, u"Interrupted."_s, {}});
        if (context.json())
            context.printLine({{u"env_id"_s, id},
                               {u"steps_per_second"_s, qint64(steps)},
                               {u"steps_with_text_per_second"_s, qint64(withText)},
                               {u"resets_per_second"_s, qint64(resets)},
                               {u"resets_at_once_per_second"_s, qint64(atOnce)}});
        table.add({id, QString::number(qint64(steps)), QString::number(qint64(withText)),
                   QString::number(qint64(resets)), QString::number(qint64(atOnce))});
    }
    if (!context.json())
        context.print(table.text());
    return exitcode::done;
}

} // namespace

CommandSpec envBenchCommand()
{
    return {.path = {u"env"_s, u"bench"_s},
            .summary = u"Measure steps and resets a second, on one core."_s,
            .flags = {{u"--seconds"_s, Kind::Number, u"S"_s, u"for each figure (default: 0.5)"_s}},
            .words = {{u"ENV"_s, true}},
            .examples = {u"quarry env bench game:Game2048-v0-easy"_s},
            .run = bench};
}

} // namespace quarry::cli
