// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How many of GEM's environments are open.
#pragma once

#include "engine/enginehost.h"

namespace quarry::widgets {

class LiveCount : public QObject
{
    Q_OBJECT
public:
    // HOST lives as long.
    explicit LiveCount(engine::EngineHost &host, QObject *parent = nullptr);

    int value() const { return m_value; }

Q_SIGNALS:
    void changed();

private:
    void ask();

    engine::EngineHost &m_host;
    int m_value = 0;
};

} // namespace quarry::widgets
