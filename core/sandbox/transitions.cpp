// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/transitions.h"

#include <array>

namespace quarry::sandbox {

namespace {

struct Rule {
    State from;
    Event event;
    State to;
};

constexpr std::array rules{
    Rule{State::Pending, Event::Started, State::Running},
    Rule{State::Pending, Event::StartFailed, State::Stopped},
    Rule{State::Pending, Event::Stop, State::Stopped},
    Rule{State::Pending, Event::Ended, State::Stopped},
    Rule{State::Running, Event::Stop, State::Stopped},
    Rule{State::Running, Event::Ended, State::Stopped},
    Rule{State::Stopped, Event::Restart, State::Pending},
    Rule{State::Stopped, Event::Delete, State::Deleted},
    Rule{State::Stopped, Event::Archive, State::Archiving},
    Rule{State::Archiving, Event::Archived, State::Archived},
    Rule{State::Archiving, Event::Stop, State::Stopped},
    Rule{State::Archived, Event::Delete, State::Deleted},
};

QString wayOut(State state, Event event)
{
    if (state == State::Deleted)
        return QStringLiteral("a deleted sandbox is gone for good");
    if (event == Event::Restart)
        return QStringLiteral("only a stopped sandbox restarts: stop it first");
    if (event == Event::Delete)
        return QStringLiteral("only a stopped sandbox is deleted: stop it first");
    return QStringLiteral("that is not possible now");
}

} // namespace

QString toString(Event event)
{
    switch (event) {
    case Event::Started:
        return QStringLiteral("started");
    case Event::StartFailed:
        return QStringLiteral("start failed");
    case Event::Stop:
        return QStringLiteral("stop");
    case Event::Ended:
        return QStringLiteral("ended");
    case Event::Restart:
        return QStringLiteral("restart");
    case Event::Delete:
        return QStringLiteral("delete");
    case Event::Archive:
        return QStringLiteral("archive");
    case Event::Archived:
        return QStringLiteral("archived");
    }
    return {};
}

Result<State> transition(const QString &id, State state, Event event)
{
    for (const Rule &rule : rules) {
        if (rule.from == state && rule.event == event)
            return rule.to;
    }
    return {ErrorCode::WrongState,
            QStringLiteral("Sandbox %1 is %2, so %3 is refused: %4.")
                .arg(id, toString(state), toString(event), wayOut(state, event)),
            {{QStringLiteral("state"), toString(state)}}};
}

} // namespace quarry::sandbox
