// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/uidslices.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

namespace quarry::runtime {

UidSlice::UidSlice(quint32 first, UniqueFd lock, QByteArray path)
    : m_first(first), m_lock(std::move(lock)), m_path(std::move(path))
{
}

UidSlice::~UidSlice()
{
    // Removed while still locked: who opened it meanwhile sees that the name is another file now.
    ::unlink(m_path.constData());
}

UidSlices::UidSlices(QByteArray folder, quint32 first, quint32 last)
    : m_folder(std::move(folder)), m_first(first),
      m_count(last >= first ? quint32((quint64(last) - first + 1) / UidSlice::size) : 0)
{
}

Result<std::shared_ptr<UidSlice>> UidSlices::take()
{
    if (mkdir(m_folder.constData(), 0700) && errno != EEXIST)
        return systemError(QStringLiteral("Cannot make %1").arg(QFile::decodeName(m_folder)),
                           errno);
    // Anywhere at first, so that two servers seldom meet and an id is not at once used again.
    const quint32 start = m_count ? QRandomGenerator::global()->bounded(m_count) : 0;
    for (quint32 i = 0; i < m_count; ++i) {
        auto slice = tryIndex((start + i) % m_count);
        if (!slice || *slice)
            return slice;
    }
    return {ErrorCode::LimitExceeded,
            QStringLiteral("All %1 uid ranges of sandbox.uid_range are in use").arg(m_count)};
}

void UidSlices::removeUnused(const QByteArray &folder)
{
    const QString name = QFile::decodeName(folder);
    for (const QString &entry : QDir(name).entryList({QStringLiteral("uids-*")}, QDir::Files)) {
        const QByteArray path = QFile::encodeName(name + u'/' + entry);
        const UniqueFd file(open(path.constData(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
        if (file && flock(file.get(), LOCK_EX | LOCK_NB) == 0)
            ::unlink(path.constData()); // while locked, as a slice does
    }
}

// A null pointer when somebody has it.
Result<std::shared_ptr<UidSlice>> UidSlices::tryIndex(quint32 index) const
{
    const quint32 first = m_first + index * UidSlice::size;
    const QByteArray path = m_folder + "/uids-" + QByteArray::number(first);
    UniqueFd file(open(path.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file)
        return systemError(QStringLiteral("Cannot open %1").arg(QFile::decodeName(path)), errno);
    struct stat opened;
    struct stat named;
    const bool mine = flock(file.get(), LOCK_EX | LOCK_NB) == 0 && fstat(file.get(), &opened) == 0
        && stat(path.constData(), &named) == 0 && opened.st_ino == named.st_ino;
    if (!mine)
        return std::shared_ptr<UidSlice>();
    return std::make_shared<UidSlice>(first, std::move(file), path);
}

} // namespace quarry::runtime
