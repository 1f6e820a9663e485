// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a picture of a game is made from.
#pragma once

#include <QJsonObject>
#include <QString>

namespace quarry::widgets {

// Boards are GEM's "info.board" objects, which may come from elsewhere: what a painter cannot read
// is left out of the picture.
struct BoardScene {
    QString game; // "Sokoban"
    QJsonObject board;
    QJsonObject start; // at reset; may be empty
    QJsonObject before; // one step earlier; may be empty
};

// Whether there is a picture of GAME.
bool hasPicture(const QString &game);
// "game:Sokoban-v0-easy" is "Sokoban".
QString gameOf(const QString &envId);

} // namespace quarry::widgets
