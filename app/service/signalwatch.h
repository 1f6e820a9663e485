// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The signals that a person or a service manager sends, as events.
#pragma once

#include "base/uniquefd.h"

#include <QObject>

namespace quarry::service {

// One at a time, on the main thread. Installs handlers and not masks or SIG_IGN, because those two
// would be inherited by the programs that we start. A second SIGINT, SIGTERM or SIGHUP ends the
// program at once, even when the event loop hangs. SIGPIPE is caught and does nothing: writes fail.
class SignalWatch : public QObject
{
    Q_OBJECT
public:
    explicit SignalWatch(QObject *parent = nullptr);
    ~SignalWatch() override; // back to what the signals did before

    // The signal that interrupted us, or 0.
    int received() const;
    // Readable from the first interruption on: for a wait that is not the event loop's. Never read
    // it.
    int descriptor() const { return m_interruption.get(); }

Q_SIGNALS:
    void interrupted(int signal);
    void windowResized();

private:
    void takeEvents();

    UniqueFd m_events; // signal numbers, one byte each
    UniqueFd m_eventsIn;
    UniqueFd m_interruption;
};

} // namespace quarry::service
