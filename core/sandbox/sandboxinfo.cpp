// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sandboxinfo.h"

#include <array>
#include <utility>

namespace quarry::sandbox {

namespace {

template <typename T>
using Names = std::pair<T, const char *>;

constexpr std::array states{
    Names<State>{State::Pending, "pending"},     Names<State>{State::Running, "running"},
    Names<State>{State::Stopped, "stopped"},     Names<State>{State::Deleted, "deleted"},
    Names<State>{State::Archiving, "archiving"}, Names<State>{State::Archived, "archived"},
};
constexpr std::array networks{
    Names<Network>{Network::None, "none"},
    Names<Network>{Network::User, "user"},
    Names<Network>{Network::Host, "host"},
};
constexpr std::array commitPhases{
    Names<CommitInfo::Phase>{CommitInfo::Phase::Running, "running"},
    Names<CommitInfo::Phase>{CommitInfo::Phase::Succeeded, "succeeded"},
    Names<CommitInfo::Phase>{CommitInfo::Phase::Failed, "failed"},
};

template <typename T, size_t N>
QString nameOf(const std::array<Names<T>, N> &names, T value)
{
    for (const auto &[each, name] : names) {
        if (each == value)
            return QString::fromLatin1(name);
    }
    return {};
}

template <typename T, size_t N>
std::optional<T> valueOf(const std::array<Names<T>, N> &names, const QString &text)
{
    for (const auto &[each, name] : names) {
        if (text == QLatin1String(name))
            return each;
    }
    return std::nullopt;
}

} // namespace

QString toString(State state)
{
    return nameOf(states, state);
}

std::optional<State> stateFromText(const QString &text)
{
    return valueOf(states, text);
}

QString toString(Network network)
{
    return nameOf(networks, network);
}

std::optional<Network> networkFromText(const QString &text)
{
    return valueOf(networks, text);
}

QString toString(CommitInfo::Phase phase)
{
    return nameOf(commitPhases, phase);
}

} // namespace quarry::sandbox
