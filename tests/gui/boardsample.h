// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Boards of real environments, some steps into their episodes.
#pragma once

#include "gem/games/registry.h"
#include "widgets/boards/boardscene.h"

#include <QJsonDocument>

#include <memory>

namespace quarry::widgets::test {

inline QJsonObject boardOf(const gem::Environment &environment)
{
    std::string text;
    environment.appendBoard(text);
    return QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
}

// After at most STEPS legal actions; a step before the end where there is one.
inline BoardScene sampleScene(const gem::EnvironmentKind &kind, quint32 seed, int steps)
{
    std::string error;
    const auto environment = gem::makeEnvironment(kind, {}, gem::FifteenReset::Commit, error);
    environment->reset(seed);
    BoardScene scene{
        QString::fromStdString(kind.game), boardOf(*environment), boardOf(*environment), {}};
    gem::SampleRandom random(seed);
    for (int step = 0; step < steps && !environment->isOver(); ++step) {
        std::string action;
        if (!environment->appendLegalAction(random, action))
            break;
        environment->step(action);
        scene.before = scene.board;
        scene.board = boardOf(*environment);
    }
    return scene;
}

} // namespace quarry::widgets::test
