// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "imagefixture.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

using namespace Qt::StringLiterals;

namespace quarry::runtime {

TarFile::TarFile(const QString &path, bool gzip) : m_archive(archive_write_new())
{
    archive_write_set_format_pax_restricted(m_archive);
    if (gzip)
        archive_write_add_filter_gzip(m_archive);
    archive_write_open_filename(m_archive, QFile::encodeName(path).constData());
}

TarFile::~TarFile()
{
    close();
}

void TarFile::close()
{
    if (m_archive)
        archive_write_free(m_archive);
    m_archive = nullptr;
}

TarFile &TarFile::folder(const QByteArray &name, int mode)
{
    member(name, AE_IFDIR, mode, {}, {}, {}, 0);
    return *this;
}

TarFile &TarFile::file(const QByteArray &name, const QByteArray &content, int mode)
{
    member(name, AE_IFREG, mode, content, {}, {}, 0);
    return *this;
}

TarFile &TarFile::link(const QByteArray &name, const QByteArray &target)
{
    member(name, AE_IFLNK, 0777, {}, target, {}, 0);
    return *this;
}

TarFile &TarFile::hardLink(const QByteArray &name, const QByteArray &target)
{
    member(name, AE_IFREG, 0644, {}, {}, target, 0);
    return *this;
}

TarFile &TarFile::device(const QByteArray &name, int type, unsigned major, unsigned minor)
{
    member(name, type, 0644, {}, {}, {}, makedev(major, minor));
    return *this;
}

void TarFile::member(const QByteArray &name, int type, int mode, const QByteArray &content,
                     const QByteArray &link, const QByteArray &hard, quint64 device)
{
    archive_entry *entry = archive_entry_new();
    archive_entry_copy_pathname(entry, name.constData());
    archive_entry_set_filetype(entry, unsigned(type));
    archive_entry_set_perm(entry, mode_t(mode));
    archive_entry_set_size(entry, content.size());
    archive_entry_set_mtime(entry, 1700000000, 0);
    if (!link.isEmpty())
        archive_entry_copy_symlink(entry, link.constData());
    if (!hard.isEmpty())
        archive_entry_copy_hardlink(entry, hard.constData());
    archive_entry_set_rdev(entry, device);
    archive_write_header(m_archive, entry);
    archive_write_data(m_archive, content.constData(), size_t(content.size()));
    archive_entry_free(entry);
}

StoreFixture::StoreFixture(ImageStoreOptions options)
    : worker({QStringLiteral(IMAGE_WORKER)}),
      store(place.filePath(u"images"_s), worker, std::move(options))
{
}

QString StoreFixture::data(const QString &name) const
{
    return place.filePath(u"images/"_s + name);
}

QStringList StoreFixture::left() const
{
    QStringList found;
    const QDir images(place.filePath(u"images"_s));
    for (const QString &name :
         images.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)) {
        if (!name.startsWith(u'.'))
            found.append(name);
    }
    for (const QString &name :
         QDir(data(u".tmp"_s)).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot))
        found.append(".tmp/"_L1 + name);
    for (const QString &name : QDir(data(u".names"_s)).entryList(QDir::Files | QDir::Hidden))
        found.append(".names/"_L1 + name);
    return found;
}

QString StoreFixture::rootOf(const QString &name)
{
    const Result<Image> image = store.resolve(name);
    return image ? image->rootLowers.first() : QString();
}

void StoreFixture::write(const QString &relative, const QByteArray &content)
{
    const QString target = path(relative);
    QDir().mkpath(QFileInfo(target).path());
    QFile file(target);
    if (file.open(QIODevice::WriteOnly))
        file.write(content);
}

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace quarry::runtime
