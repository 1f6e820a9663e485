// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The names of public images that this machine's own /usr may stand for.
#pragma once

#include <QList>
#include <QString>

namespace quarry::runtime {

struct HostAlias {
    QString name;   // "debian:12", "python:3.11-slim", …
    QString python; // "3.11" for the names of Python images
};

// Derived from HOSTROOT's os-release and /usr/bin/python3; empty where neither can be read.
QList<HostAlias> hostAliases(const QString &hostRoot);

} // namespace quarry::runtime
