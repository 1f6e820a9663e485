// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/gem/livecount.h"

#include <utility>

namespace quarry::widgets {

LiveCount::LiveCount(engine::EngineHost &host, QObject *parent) : QObject(parent), m_host(host)
{
    connect(&host, &engine::EngineHost::environmentsChanged, this, &LiveCount::ask);
}

void LiveCount::ask()
{
    m_host.ask<int>(
        this,
        [](engine::Engine &engine, const Callback<int> &done) {
            done(engine.gem().environmentCount());
        },
        [this](const Result<int> &count) {
            if (count && std::exchange(m_value, *count) != *count)
                Q_EMIT changed();
        });
}

} // namespace quarry::widgets
