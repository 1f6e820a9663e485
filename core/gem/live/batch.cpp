// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Many environments in one call.
#include "gem/environment/jsontext.h"
#include "gem/episodes/stepjson.h"
#include "gem/live/liveenvironment.h"

#include <QRandomGenerator>

#include <unordered_set>

namespace quarry::gem {

namespace {

// The answers as they come in, and who waits for all of them.
struct Gathered {
    std::vector<std::string> answers;
    std::size_t missing = 0;
    std::function<void(std::string)> done;

    void refuse(std::size_t at, std::string_view why)
    {
        answers[at] = "{\"detail\":";
        appendQuoted(answers[at], why);
        answers[at] += '}';
    }
    void take(std::size_t at, Result<std::string> &answer)
    {
        if (answer)
            answers[at] = std::move(*answer);
        else
            refuse(at, answer.error().message.toStdString());
        come();
    }
    void come()
    {
        if (--missing > 0)
            return;
        std::string all = "{\"items\":[";
        for (std::string &answer : answers) {
            if (all.size() > 10)
                all += ',';
            all += answer;
        }
        all += "]}";
        done(std::move(all));
    }
};

// The native ones that can begin at once, each once.
struct Together {
    std::vector<std::shared_ptr<LiveEnvironment>> lives;
    std::vector<Environment *> games;
    std::vector<std::uint32_t> seeds;
    std::vector<std::size_t> places; // in the batch
    std::unordered_set<const LiveEnvironment *> seen;

    // Whether it is one of them.
    bool add(const std::shared_ptr<LiveEnvironment> &live, std::optional<quint32> seed,
             std::size_t place)
    {
        if (live->busy || live->info.isTaken || live->searches || !live->game
            || !seen.insert(live.get()).second)
            return false;
        lives.push_back(live);
        games.push_back(live->game.get());
        seeds.push_back(seed ? *seed : QRandomGenerator::system()->generate());
        places.push_back(place);
        return true;
    }
};

} // namespace

void EnvironmentService::stepBatch(std::vector<BatchItem> items,
                                   std::function<void(std::string)> done)
{
    const auto all = std::make_shared<Gathered>();
    all->answers.resize(items.size());
    all->missing = items.size() + 1;
    all->done = std::move(done);
    for (std::size_t at = 0; at < items.size(); ++at) {
        const BatchItem &item = items[at];
        const Result<LivePtr> found = item.fault.empty() ? find(item.id) : Error{};
        if (!found) {
            all->refuse(at, item.fault.empty() ? found.error().message.toStdString() : item.fault);
            all->come();
            continue;
        }
        const auto work = [this, all, at, live = *found, action = item.action] {
            if (live->info.spec.python) {
                stepPython(live, QByteArray(action.data(), qsizetype(action.size())), true,
                           [all, at](Result<std::string> answer) { all->take(at, answer); });
                return;
            }
            if (const Result<void> stepped = stepNow(*live, action, true, all->answers[at]);
                !stepped)
                all->refuse(at, stepped.error().message.toStdString());
            all->come();
        };
        whenFree(*found, work);
    }
    all->come();
}

void EnvironmentService::resetBatch(std::vector<BatchItem> items,
                                    std::function<void(std::string)> done)
{
    const auto all = std::make_shared<Gathered>();
    all->answers.resize(items.size());
    all->missing = items.size() + 1;
    all->done = std::move(done);
    Together together;
    std::vector<std::size_t> others;
    for (std::size_t at = 0; at < items.size(); ++at) {
        if (!items[at].fault.empty()) {
            all->refuse(at, items[at].fault);
            all->come();
        } else if (const Result<LivePtr> found = find(items[at].id);
                   !found || !together.add(*found, items[at].seed, at)) {
            others.push_back(at);
        }
    }
    Environment::resetAll(together.games, together.seeds);
    const auto takenBy = [&all](std::size_t at) {
        return [all, at](Result<std::string> answer) { all->take(at, answer); };
    };
    for (std::size_t i = 0; i < together.games.size(); ++i)
        afterReset(together.lives[i], together.seeds[i], takenBy(together.places[i]));
    for (const std::size_t at : others) {
        const BatchItem &item = items[at];
        reset(QString::fromUtf8(item.id.data(), qsizetype(item.id.size())), item.seed, takenBy(at));
    }
    all->come();
}

} // namespace quarry::gem
