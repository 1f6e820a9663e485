// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Many environments in one call.
#include "gem/environment/jsontext.h"
#include "gem/episodes/stepjson.h"
#include "gem/live/liveenvironment.h"

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
    for (std::size_t at = 0; at < items.size(); ++at) {
        if (!items[at].fault.empty()) {
            all->refuse(at, items[at].fault);
            all->come();
            continue;
        }
        const QString id = QString::fromUtf8(items[at].id.data(), qsizetype(items[at].id.size()));
        reset(id, items[at].seed, [all, at](Result<std::string> answer) { all->take(at, answer); });
    }
    all->come();
}

} // namespace quarry::gem
