// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Archives byte by byte, and a store over a temporary folder.
#pragma once

#include "runtime/images/imagestore.h"
#include "runtime/images/processworker.h"

#include <QTemporaryDir>

struct archive;

namespace quarry::runtime {

// Writes a tar whose members may be as hostile as they like.
class TarFile
{
public:
    explicit TarFile(const QString &path, bool gzip = false);
    ~TarFile();
    TarFile(const TarFile &) = delete;
    TarFile &operator=(const TarFile &) = delete;

    TarFile &folder(const QByteArray &name, int mode = 0755);
    TarFile &file(const QByteArray &name, const QByteArray &content, int mode = 0644);
    TarFile &link(const QByteArray &name, const QByteArray &target);
    TarFile &hardLink(const QByteArray &name, const QByteArray &target);
    TarFile &device(const QByteArray &name, int type, unsigned major, unsigned minor);
    void close();

private:
    void member(const QByteArray &name, int type, int mode, const QByteArray &content,
                const QByteArray &link, const QByteArray &hard, quint64 device);

    archive *m_archive;
};

struct StoreFixture {
    explicit StoreFixture(ImageStoreOptions options = {});

    QString path(const QString &name) const { return place.filePath(name); }
    QString data(const QString &name) const; // below images/
    // Everything below images/ but the host's skeleton and locks, for "nothing is left".
    QStringList left() const;
    // The root folder of a stored image.
    QString rootOf(const QString &name);
    void write(const QString &relative, const QByteArray &content);

    QTemporaryDir place;
    ProcessWorker worker;
    ImageStore store;
};

QByteArray readAll(const QString &path);

} // namespace quarry::runtime
