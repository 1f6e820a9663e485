// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Takes away what programs that ended badly left in run/ of the data folder.
#pragma once

#include "service/settings.h"

#include <QObject>
#include <QStringList>

#include <functional>
#include <memory>

namespace quarry::service {

// The folders in run/ whose programs no longer live.
QStringList deadRunFolders(const QString &dataFolder);

// What the engine of a program that runs for itself (in FOLDER, below run/) is to be.
engine::EngineSettings ownEngineSettings(const Settings &settings, const QString &folder);

class RunSweeper : public QObject
{
    Q_OBJECT
public:
    explicit RunSweeper(Settings settings, QObject *parent = nullptr);

    // Each folder's engine is opened, which ends what it had running, and closed, which deletes its
    // sandboxes. DONE comes from the event loop with what was removed, a line each. What another
    // program sweeps at the moment is left to it.
    void start(std::function<void(const QStringList &removed)> done);

private:
    void next();
    void closed(bool removable);

    Settings m_settings;
    QStringList m_dead;
    QStringList m_removed;
    std::unique_ptr<engine::Engine> m_engine;
    std::function<void(const QStringList &)> m_done;
};

} // namespace quarry::service
