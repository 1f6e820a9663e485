// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reads what a docker-save archive or an OCI layout says about itself (OCI image specification 1.0,
// "Image Layout"; Docker image specification 1.2): its layers in order, and how it wants to be run.
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>

#include <functional>

namespace quarry::runtime {

struct OciImage {
    QList<QByteArray> layers; // names of archive members or files below the layout, lowest first
    QJsonObject env;
    QJsonArray command;
    QString workdir;
};

// Gives the content of a small file by its name below the layout; null when it is not there.
using SmallFile = std::function<QByteArray(const QByteArray &name)>;

// True for names that such an archive may have at its top, false for anything of a root file
// system.
bool belongsToLayout(const QByteArray &name);

// InvalidArgument says what is missing; more than one image in it is refused too.
Result<OciImage> readOciImage(const SmallFile &file);

} // namespace quarry::runtime
