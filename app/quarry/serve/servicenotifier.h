// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Tells a service manager how the service does (the protocol of sd_notify(3)).
#pragma once

#include <QByteArray>

namespace quarry::cli {

class ServiceNotifier
{
public:
    // Takes NOTIFY_SOCKET out of the environment. Without one, nothing is ever told.
    ServiceNotifier();

    void ready() const { tell("READY=1"); }
    void stopping() const { tell("STOPPING=1"); }

private:
    void tell(const QByteArray &state) const;

    QByteArray m_socket;
};

} // namespace quarry::cli
