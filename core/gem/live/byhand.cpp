// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A person takes an environment from the client that plays it, and gives it back.
#include "gem/live/liveenvironment.h"

#include <QDateTime>

namespace quarry::gem {

using namespace Qt::StringLiterals;

Result<void> EnvironmentService::takeOver(const QString &id)
{
    const Result<LivePtr> found = find(id.toStdString());
    if (!found)
        return found.error();
    (*found)->info.isTaken = true;
    (*found)->lastByHand = QDateTime::currentMSecsSinceEpoch();
    changed(**found);
    return {};
}

Result<void> EnvironmentService::giveBack(const QString &id)
{
    const Result<LivePtr> found = find(id.toStdString());
    if (!found)
        return found.error();
    const LivePtr live = *found;
    if (!std::exchange(live->info.isTaken, false))
        return {};
    live->info.lastCall = QDateTime::currentMSecsSinceEpoch();
    changed(*live);
    goOn(live);
    return {};
}

// Until one of those who waited resets again, or someone takes over.
void EnvironmentService::goOn(const LivePtr &live)
{
    while (!live->busy && !live->info.isTaken && !live->waiting.isEmpty())
        live->waiting.takeFirst()();
}

void EnvironmentService::giveBackForgotten()
{
    const qint64 before
        = QDateTime::currentMSecsSinceEpoch() - std::chrono::milliseconds(m_settings.hand).count();
    QStringList forgotten;
    for (const auto &[id, live] : m_live) {
        if (live->info.isTaken && live->lastByHand <= before)
            forgotten.append(live->info.id);
    }
    for (const QString &id : forgotten)
        (void)giveBack(id);
}

Result<EnvironmentService::LivePtr> EnvironmentService::taken(const QString &id) const
{
    Result<LivePtr> found = find(id.toStdString());
    if (!found)
        return found;
    if (!(*found)->info.isTaken)
        return Error{ErrorCode::WrongState, u"Take the environment over before playing it."_s, {}};
    if ((*found)->busy)
        return Error{ErrorCode::WrongState, u"The environment is still at work."_s, {}};
    (*found)->lastByHand = QDateTime::currentMSecsSinceEpoch();
    return found;
}

void EnvironmentService::stepByHand(const QString &id, const QByteArray &action,
                                    Callback<std::string> done)
{
    const Result<LivePtr> live = taken(id);
    if (!live) {
        done(live.error());
        return;
    }
    if ((*live)->info.spec.python) {
        stepPython(*live, action, false, std::move(done));
        return;
    }
    std::string answer;
    const std::string_view text(action.constData(), std::size_t(action.size()));
    if (const Result<void> stepped = stepNow(**live, text, false, answer); !stepped)
        done(stepped.error());
    else
        done(std::move(answer));
}

void EnvironmentService::resetByHand(const QString &id, std::optional<quint32> seed,
                                     Callback<std::string> done)
{
    const Result<LivePtr> live = taken(id);
    if (!live)
        done(live.error());
    else
        resetNow(*live, seed, std::move(done));
}

} // namespace quarry::gem
