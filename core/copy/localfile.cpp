// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "copy/localfile.h"

#include "base/ids.h"
#include "copy/copyplan.h"
#include "copy/localtree.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace quarry::copy {

using namespace Qt::StringLiterals;

namespace {

constexpr int randomPart = 8; // bytes of a name

// Not made from the name of PATH, which may be as long as names can be.
QByteArray partOf(const QByteArray &path)
{
    return joined(folderOf(path), ".quarry-" + randomHex(randomPart).toLatin1());
}

Error cannotWrite(const QByteArray &path)
{
    return localError(u"Cannot write"_s, path, errno);
}

} // namespace

PartFile::~PartFile()
{
    if (!m_part.isEmpty())
        ::unlink(m_part.constData());
}

Result<void> PartFile::open()
{
    if (m_file)
        return {};
    const QByteArray part = partOf(m_path);
    m_file.reset(::open(part.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!m_file)
        return cannotWrite(m_path);
    m_part = part;
    return {};
}

Result<void> PartFile::write(QByteArrayView bytes)
{
    if (const Result<void> opened = open(); !opened)
        return opened;
    while (!bytes.isEmpty()) {
        const ssize_t count = ::write(m_file.get(), bytes.data(), size_t(bytes.size()));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return cannotWrite(m_path);
        bytes = bytes.sliced(count);
    }
    return {};
}

Result<void> PartFile::finish(quint32 mode)
{
    if (const Result<void> opened = open(); !opened)
        return opened;
    if (::fchmod(m_file.get(), mode & 0777) != 0)
        return localError(u"Cannot set the mode of"_s, m_path, errno);
    if (::close(m_file.release()) != 0 || ::rename(m_part.constData(), m_path.constData()) != 0)
        return cannotWrite(m_path);
    m_part.clear();
    return {};
}

Result<QByteArray> SourceFile::read(qsizetype size)
{
    if (!m_file)
        m_file.reset(::open(m_path.constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!m_file)
        return localError(u"Cannot read"_s, m_path, errno);
    QByteArray bytes(size, Qt::Uninitialized);
    ssize_t count = 0;
    do {
        count = ::read(m_file.get(), bytes.data(), size_t(bytes.size()));
    } while (count < 0 && errno == EINTR);
    if (count < 0)
        return localError(u"Cannot read"_s, m_path, errno);
    bytes.resize(count);
    return bytes;
}

Result<void> makeLocalFolder(const QByteArray &path, quint32 mode)
{
    if (::mkdir(path.constData(), (mode & 0777) | 0700) == 0)
        return {};
    const int fault = errno;
    struct stat info = {};
    if (fault == EEXIST && ::lstat(path.constData(), &info) == 0 && S_ISDIR(info.st_mode))
        return {};
    return localError(u"Cannot make the folder"_s, path, fault);
}

Result<void> makeLocalLink(const QByteArray &path, const QByteArray &target)
{
    const QByteArray part = partOf(path);
    if (::symlink(target.constData(), part.constData()) != 0
        || ::rename(part.constData(), path.constData()) != 0) {
        const int fault = errno;
        ::unlink(part.constData());
        return localError(u"Cannot make the link"_s, path, fault);
    }
    return {};
}

} // namespace quarry::copy
