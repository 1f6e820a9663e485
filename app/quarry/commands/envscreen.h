// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A GEM environment as a person at a terminal sees it, and what their keys mean.
#pragma once

#include "gem/environment/environment.h"

#include <QByteArray>
#include <QString>

namespace quarry::cli {

struct EnvironmentView {
    const gem::Environment *environment = nullptr;
    QString envId;
    quint32 seed = 0;
    double reward = 0;      // of the episode so far
    QByteArray typed;       // the line being typed
    bool terminated = false;
    bool truncated = false;
};

// The whole screen, colours and all, for a terminal in its alternate screen.
QByteArray screenOf(const EnvironmentView &view);

// The text board with colours; GAME is the id's game ("Sokoban").
QByteArray coloured(const QString &game, std::string_view board);

// "Sokoban" of "game:Sokoban-v0-easy".
QString gameOf(const QString &envId);
// Whether an arrow key is a move of GAME.
bool movesByArrows(const QString &game);

// What a person typed as an action: in a box, unless it holds one.
QByteArray boxed(const QByteArray &typed);

} // namespace quarry::cli
