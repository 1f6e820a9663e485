// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/episodes/replay.h"

#include "gem/games/registry.h"

#include <algorithm>
#include <array>
#include <bit>

namespace quarry::gem {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t keepEvery = 256;
constexpr std::size_t idsNamed = 3;

QString shown(const StepResult &result)
{
    return u"reward %1%2%3"_s.arg(result.reward)
        .arg(result.terminated ? u", terminated"_s : QString(),
             result.truncated ? u", truncated"_s : QString());
}

bool same(const StepResult &one, const StepRecord &other)
{
    return std::bit_cast<quint64>(one.reward) == std::bit_cast<quint64>(other.reward)
        && one.terminated == other.terminated && one.truncated == other.truncated;
}

} // namespace

bool isOfThePackage(const QString &id)
{
    static constexpr std::array kinds{"rg:"_L1,   "math:"_L1,  "code:"_L1,    "qa:"_L1,
                                      "eval:"_L1, "logic:"_L1, "webshop:"_L1, "game:WikiGame"_L1};
    return std::any_of(kinds.begin(), kinds.end(),
                       [&](QLatin1String kind) { return id.startsWith(kind); });
}

Error unknownEnvironment(const QString &envId, const QStringList &more)
{
    std::vector<std::string> ids;
    for (const EnvironmentKind &kind : environmentKinds())
        ids.push_back(kind.id);
    for (const QString &id : more)
        ids.push_back(id.toStdString());
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    QStringList nearest;
    for (const std::string &id : nearestIds(envId.toStdString(), ids, idsNamed))
        nearest.append(QString::fromStdString(id));
    return {ErrorCode::NotFound,
            u"There is no environment '%1'. The nearest: %2."_s.arg(envId, nearest.join(u", "_s)),
            {{u"nearest"_s, nearest.join(u' ')}}};
}

Result<std::unique_ptr<Environment>> makeFrom(const EnvironmentSpec &spec)
{
    if (spec.python)
        return Error{ErrorCode::Unsupported,
                     u"'%1' was played by the Python package; only what Quarry plays natively can "
                     "be run again."_s.arg(spec.envId),
                     {}};
    const EnvironmentKind *const kind = environmentKind(spec.envId.toStdString());
    if (!kind && isOfThePackage(spec.envId))
        return Error{ErrorCode::Unsupported,
                     u"'%1' is played by the Python package, not natively."_s.arg(spec.envId),
                     {}};
    if (!kind)
        return unknownEnvironment(spec.envId);
    std::vector<std::string> names;
    std::vector<ParameterValue> values;
    names.reserve(std::size_t(spec.parameters.size()));
    for (auto entry = spec.parameters.begin(); entry != spec.parameters.end(); ++entry) {
        const double value = entry.value().toDouble(-1);
        if (!entry.value().isDouble() || value != int(value))
            return Error{ErrorCode::InvalidArgument,
                         u"parameters.%1: must be a whole number"_s.arg(entry.key()),
                         {}};
        names.push_back(entry.key().toStdString());
        values.push_back({names.back(), int(value)});
    }
    std::string fault;
    auto made = makeEnvironment(
        *kind, values, spec.wheelFifteen ? FifteenReset::Wheel : FifteenReset::Commit, fault);
    if (!made)
        return Error{ErrorCode::InvalidArgument, QString::fromStdString(fault), {}};
    return made;
}

Replay::Replay(std::unique_ptr<Environment> start) : m_last(std::move(start))
{
    m_kept.push_back(m_last->clone());
}

Result<Replay> Replay::open(const EnvironmentSpec &spec, quint32 seed)
{
    auto made = makeFrom(spec);
    if (!made)
        return made.error();
    (*made)->reset(seed);
    return Replay(std::move(*made));
}

StepResult Replay::append(QByteArrayView action)
{
    const std::string_view text(action.data(), std::size_t(action.size()));
    m_results.push_back(m_last->step(text));
    m_actions += text;
    m_ends.push_back(m_actions.size());
    if (m_results.size() % keepEvery == 0)
        m_kept.push_back(m_last->clone());
    return m_results.back();
}

std::string_view Replay::action(std::size_t step) const
{
    const std::size_t begin = step < 2 ? 0 : m_ends[step - 2];
    return std::string_view(m_actions).substr(begin, m_ends[step - 1] - begin);
}

std::unique_ptr<Environment> Replay::at(std::size_t step) const
{
    auto found = m_kept[step / keepEvery]->clone();
    for (std::size_t next = step / keepEvery * keepEvery + 1; next <= step; ++next)
        found->step(action(next));
    return found;
}

Result<Verification> verify(const EpisodeInfo &info, const EpisodeSteps &recorded)
{
    auto made = makeFrom(info.spec);
    if (!made)
        return made.error();
    (*made)->reset(info.seed);
    Verification out;
    for (const StepRecord &step : recorded.steps) {
        const StepResult again
            = (*made)->step(std::string_view(step.action.data(), std::size_t(step.action.size())));
        ++out.steps;
        if (step.bare || same(again, step))
            continue;
        out.equal = false;
        out.firstDifference = out.steps;
        out.text = u"recorded %1; now %2"_s.arg(
            shown({step.reward, step.terminated, step.truncated}), shown(again));
        break;
    }
    return out;
}

} // namespace quarry::gem
