// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A workbench with real sandboxes that do real work, and a camera.
#pragma once

#include "workbench.h"

#include <QTemporaryDir>

#include <functional>
#include <memory>

namespace quarry::shots {

class Studio
{
public:
    Studio();
    ~Studio();

    // Why it cannot be; empty when all is there.
    QString open();
    // PAGE-SCHEME[@2x].png in FOLDER for every page and the files of a sandbox, light and dark. The
    // names of what was written.
    QStringList shoot(const QString &folder);

private:
    void start(const QString &id, const QString &image, qint64 memory, double cpus);
    void run(const QString &id, const QString &line);
    void act(const QString &action);
    void callAsAgentsDo();
    bool openTerminals();
    bool playGames();
    QStringList shootTabs(const QString &folder, const QString &scheme);
    void settle();
    bool wait(const std::function<bool()> &until);
    QString shootFiles(const QString &folder, const QString &scheme);
    QString picture(const QString &folder, const QString &name);

    QTemporaryDir m_folder;
    std::unique_ptr<workbench::Workbench> m_workbench;
};

} // namespace quarry::shots
