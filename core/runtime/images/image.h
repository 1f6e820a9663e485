// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a sandbox's file system is made of: plain values plus the locks that keep them.
#pragma once

#include <QDateTime>
#include <QMap>
#include <QString>
#include <QStringList>

#include <memory>

namespace quarry::runtime {

enum class ImageKind {
    Host,   // `/` is an overlay over rootLowers, `/usr` a second one over usrLowers
    Rootfs, // `/` is an overlay over rootLowers, /usr is part of it
};

struct Image {
    QString name;     // as asked, trimmed
    QString id;       // "host" or the stored image's
    QString servedBy; // for people: "host", "host (alias python:3.11)", "imported", "commit of …"
    ImageKind kind = ImageKind::Host;
    QStringList
        rootLowers; // absolute folders, top first, as overlay's lowerdir wants them; never empty
    QStringList usrLowers;  // the same for /usr; ends with the host's own; empty for Rootfs
    QMap<QString, QString> env; // what the image itself sets
    QStringList command;        // its default command; may be empty
    QString workdir;            // may be empty
    QString python; // "3.11" when the layer gets python, python3 and pip of that version
    std::shared_ptr<const void> locks; // shared locks on every folder above
};

} // namespace quarry::runtime
