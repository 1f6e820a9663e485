// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/common/spoolfile.h"

#include <QFile>

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>

namespace quarry::api {

using namespace Qt::StringLiterals;

SpoolFile::SpoolFile(QString folder, qint64 inMemory)
    : m_folder(std::move(folder)), m_inMemory(inMemory)
{
}

Result<void> SpoolFile::moveToFile()
{
    const QByteArray folder = QFile::encodeName(m_folder);
    m_file.reset(::open(folder.constData(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (!m_file) {
        // Some file systems cannot make a file without a name.
        QByteArray name = folder + "/spool-XXXXXX";
        m_file.reset(::mkostemp(name.data(), O_CLOEXEC));
        if (!m_file)
            return systemError(u"no temporary file can be made in %1"_s.arg(m_folder), errno);
        ::unlink(name.constData());
    }
    const QByteArray memory = std::exchange(m_memory, {});
    return writeAll(memory);
}

Result<void> SpoolFile::writeAll(QByteArrayView data)
{
    while (!data.isEmpty()) {
        const ssize_t done = ::write(m_file.get(), data.data(), size_t(data.size()));
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return systemError(u"a temporary file in %1 cannot be written"_s.arg(m_folder), errno);
        data = data.sliced(done);
    }
    return {};
}

Result<void> SpoolFile::append(QByteArrayView data)
{
    if (!m_file && m_size + data.size() > m_inMemory) {
        if (const Result<void> moved = moveToFile(); !moved)
            return moved;
    }
    if (!m_file)
        m_memory.append(data.data(), data.size());
    else if (const Result<void> written = writeAll(data); !written)
        return written;
    m_size += data.size();
    return {};
}

void SpoolFile::clear()
{
    m_memory.clear();
    m_file.reset();
    m_size = 0;
}

Result<QByteArray> SpoolFile::read(qint64 offset, qsizetype most) const
{
    if (!m_file)
        return m_memory.mid(offset, most);
    QByteArray data(most, Qt::Uninitialized);
    ssize_t got = 0;
    do
        got = ::pread(m_file.get(), data.data(), size_t(most), offset);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return systemError(u"a temporary file in %1 cannot be read"_s.arg(m_folder), errno);
    data.truncate(got);
    return data;
}

} // namespace quarry::api
