// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// An engine of this program's own, beside whatever serves: its folder is run/PID in the data folder,
// the images are the data folder's.
#pragma once

#include "cli/settings.h"

#include <QObject>

#include <memory>

namespace quarry::cli {

class LocalEngine : public QObject
{
    Q_OBJECT
public:
    // SETTINGS are those that a server would use.
    explicit LocalEngine(Settings settings, QObject *parent = nullptr);
    ~LocalEngine() override; // removes the folder, as far as close() has emptied it

    // Sweeps what dead programs left in run/, then opens.
    void open(Callback<void> done);
    // Ends and deletes its sandboxes. Fine before open() has answered, too.
    void close(std::function<void()> done);

    engine::Engine &engine() { return *m_engine; }

private:
    void sweepNext();
    void openOwn();

    Settings m_settings;
    QString m_runFolder; // run/ itself
    QStringList m_dead;  // folders in it
    std::unique_ptr<engine::Engine> m_engine;
    std::unique_ptr<engine::Engine> m_sweeper;
    Callback<void> m_opened;
    bool m_isOpen = false;
    bool m_closing = false;
};

// The folders in RUNFOLDER whose programs no longer live.
QStringList deadRunFolders(const QString &runFolder);

} // namespace quarry::cli
