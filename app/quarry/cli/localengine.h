// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// An engine of this program's own, beside whatever serves: its folder is run/PID in the data
// folder, the images are the data folder's.
#pragma once

#include "service/runsweeper.h"

#include <QObject>

#include <memory>

namespace quarry::cli {

class LocalEngine : public QObject
{
    Q_OBJECT
public:
    // SETTINGS are those that a server would use.
    explicit LocalEngine(service::Settings settings, QObject *parent = nullptr);
    ~LocalEngine() override; // removes the folder, as far as close() has emptied it

    // Sweeps what dead programs left in run/, then opens. No answer comes after close().
    void open(Callback<void> done);
    // Ends and deletes its sandboxes. Fine before open() has answered, too.
    void close(std::function<void()> done);

    engine::Engine &engine() { return *m_engine; }

private:
    void openOwn();
    void opened(const Result<QString> &result);

    service::Settings m_settings;
    service::RunSweeper m_sweeper;
    std::unique_ptr<engine::Engine> m_engine;
    Callback<void> m_opened;
    std::function<void()> m_closed; // asked for while opening
    enum class State { Idle, Opening, Open, Failed } m_state = State::Idle;
};

} // namespace quarry::cli
