// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Who listens on a port.
#pragma once

#include <QString>

#include <optional>
#include <sys/types.h>

namespace quarry::http {

struct PortHolder {
    pid_t pid = 0;
    QString program;
};

// As far as /proc shows it to this user. Reads many small files: for the moment when a port is
// busy.
std::optional<PortHolder> portHolder(quint16 port);

} // namespace quarry::http
