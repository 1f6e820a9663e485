// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernelfiles.h"

#include "base/uniquefd.h"

#include <QFile>
#include <QList>

#include <cerrno>
#include <fcntl.h>

namespace quarry::runtime {

QByteArray readKernelFile(const QString &path)
{
    constexpr qsizetype sizeMax = 1 << 20;
    const UniqueFd file(open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC));
    QByteArray text;
    char buffer[4096];
    while (file && text.size() < sizeMax) {
        const ssize_t n = read(file.get(), buffer, sizeof buffer);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        text.append(buffer, n);
    }
    return text;
}

bool writeKernelFile(const QString &path, const QByteArray &text)
{
    const UniqueFd file(open(QFile::encodeName(path).constData(), O_WRONLY | O_CLOEXEC));
    return file && write(file.get(), text.constData(), size_t(text.size())) == text.size();
}

qint64 keyedNumber(const QByteArray &text, const QByteArray &key)
{
    for (const QByteArray &line : text.split('\n')) {
        if (line.startsWith(key + ' '))
            return line.mid(key.size() + 1).trimmed().toLongLong();
    }
    return -1;
}

qint64 numberFile(const QString &path)
{
    bool ok = false;
    const qint64 value = readKernelFile(path).trimmed().toLongLong(&ok);
    return ok ? value : -1;
}

} // namespace quarry::runtime
