// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/images/content/tree.h"

#include "base/ids.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSet>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <vector>

using namespace Qt::StringLiterals;

namespace quarry::runtime {

namespace {

struct CloseDir {
    void operator()(DIR *dir) const { ::closedir(dir); }
};
using Dir = std::unique_ptr<DIR, CloseDir>;

// A reader of its own over the folder FD is open on.
Dir openDir(int folder)
{
    const int fd = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = fd < 0 ? nullptr : ::fdopendir(fd);
    if (!dir && fd >= 0)
        ::close(fd);
    return Dir(dir);
}

bool isDots(const char *name)
{
    return name[0] == '.' && (name[1] == 0 || (name[1] == '.' && name[2] == 0));
}

QString shown(const QByteArray &name)
{
    return QString::fromLocal8Bit(name);
}

// A folder without rights for its owner cannot be read or emptied by an ordinary user.
void makeOpen(int folder)
{
    struct stat st;
    if (::fstat(folder, &st) == 0 && (st.st_mode & 0700) != 0700)
        ::chmod(("/proc/self/fd/" + QByteArray::number(folder)).constData(),
                (st.st_mode & 0777) | 0700);
}

// Removes a tree of any depth with few descriptors: what lies too deep is moved to the top first.
class Remover
{
public:
    Remover(int top, qint64 &removed, const Tick &tick)
        : m_top(top), m_removed(removed), m_tick(tick)
    {
    }

    void remove(int parent, const QByteArray &name, int depth)
    {
        if (m_cancelled)
            return;
        if (::unlinkat(parent, name.constData(), 0) == 0)
            return count();
        if (errno == ENOENT)
            return;
        const int unlinkError = errno; // EISDIR; EPERM on some file systems
        UniqueFd folder(
            ::openat(parent, name.constData(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (!folder)
            return fail(name, unlinkError);
        makeOpen(folder.get());
        if (depth >= deepest)
            return moveToTop(parent, name);
        empty(folder.get(), depth);
        removeFolder(parent, name, folder.get(), depth);
    }

    void empty(int folder, int depth)
    {
        const Result<QByteArrayList> names = namesIn(folder);
        if (!names)
            return keep(names.error());
        for (const QByteArray &name : *names)
            remove(folder, name, depth + 1);
    }

    // What moveToTop has laid aside; each may lay more aside.
    void emptyMoved()
    {
        while (!m_moved.empty() && !m_cancelled) {
            const QByteArray name = m_moved.back();
            m_moved.pop_back();
            remove(m_top, name, 0);
        }
    }

    Result<void> result() const
    {
        if (m_cancelled)
            return cancelledError();
        if (m_failed)
            return m_error;
        return {};
    }

private:
    static constexpr int deepest = 64;

    void removeFolder(int parent, const QByteArray &name, int folder, int depth)
    {
        // A writer that is about to die may put something back for a moment.
        for (int attempt = 0; attempt < 8; ++attempt) {
            if (::unlinkat(parent, name.constData(), AT_REMOVEDIR) == 0)
                return count();
            if (errno == ENOENT)
                return;
            if (errno != ENOTEMPTY || m_failed)
                break;
            empty(folder, depth);
        }
        fail(name, errno);
    }

    void moveToTop(int parent, const QByteArray &name)
    {
        const QByteArray aside
            = ".deep-" + randomHex(8).toLatin1(); // what is here was named by others
        if (::renameat(parent, name.constData(), m_top, aside.constData()) != 0)
            return fail(name, errno);
        m_moved.push_back(aside);
    }

    void count()
    {
        ++m_removed;
        if (m_tick && m_removed % 256 == 0 && !m_tick(0, m_removed))
            m_cancelled = true;
    }

    void fail(const QByteArray &name, int errnoValue)
    {
        keep(systemError(u"\"%1\" could not be removed"_s.arg(shown(name)), errnoValue));
    }

    void keep(const Error &error)
    {
        if (!m_failed)
            m_error = error;
        m_failed = true;
    }

    int m_top;
    qint64 &m_removed;
    const Tick &m_tick;
    std::vector<QByteArray> m_moved;
    bool m_cancelled = false;
    bool m_failed = false;
    Error m_error;
};

Result<void> emptyFolder(int folder, qint64 &removed, const Tick &tick)
{
    makeOpen(folder);
    Remover remover(folder, removed, tick);
    remover.empty(folder, 0);
    remover.emptyMoved();
    return remover.result();
}

// Bytes and files below one folder, until the time is over.
class Measurer
{
public:
    Measurer(dev_t device, int milliseconds) : m_device(device), m_milliseconds(milliseconds)
    {
        m_clock.start();
    }

    void walk(int folder, int depth)
    {
        if (depth > deepest) {
            size.complete = false;
            return;
        }
        const Dir dir = openDir(folder);
        while (dir && size.complete) {
            const dirent *entry = ::readdir(dir.get());
            if (!entry)
                return;
            if (!isDots(entry->d_name))
                take(::dirfd(dir.get()), entry->d_name, depth);
        }
    }

    TreeSize size;

private:
    static constexpr int deepest = 400; // a descriptor each

    void take(int folder, const char *name, int depth)
    {
        struct stat st;
        if (::fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0 || st.st_dev != m_device)
            return;
        ++size.files;
        if (size.files % 64 == 0 && m_clock.hasExpired(m_milliseconds))
            size.complete = false;
        if (!S_ISDIR(st.st_mode) && st.st_nlink > 1) {
            if (m_seen.contains(st.st_ino))
                return;
            m_seen.insert(st.st_ino);
        }
        size.bytes += qint64(st.st_blocks) * 512;
        if (!S_ISDIR(st.st_mode))
            return;
        const UniqueFd next(
            ::openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (next)
            walk(next.get(), depth + 1);
    }

    dev_t m_device;
    int m_milliseconds;
    QElapsedTimer m_clock;
    QSet<quint64> m_seen;
};

} // namespace

Error cancelledError()
{
    return {ErrorCode::Cancelled, u"The work on the image was cancelled."_s, {}};
}

Result<QByteArrayList> namesIn(int folder)
{
    const Dir dir = openDir(folder);
    if (!dir)
        return systemError(u"A folder could not be read"_s, errno);
    QByteArrayList names;
    errno = 0;
    while (const dirent *entry = ::readdir(dir.get())) {
        if (!isDots(entry->d_name))
            names.append(entry->d_name);
        errno = 0;
    }
    if (errno != 0)
        return systemError(u"A folder could not be read"_s, errno);
    std::sort(names.begin(), names.end());
    return names;
}

Result<void> removeTree(int parent, const QByteArray &name, qint64 &removed, const Tick &tick)
{
    if (::unlinkat(parent, name.constData(), 0) == 0) {
        ++removed;
        return {};
    }
    if (errno == ENOENT)
        return {};
    const int unlinkError = errno;
    const UniqueFd folder(
        ::openat(parent, name.constData(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!folder)
        return systemError(u"\"%1\" could not be removed"_s.arg(shown(name)), unlinkError);
    if (const Result<void> emptied = emptyFolder(folder.get(), removed, tick); !emptied)
        return emptied;
    if (::unlinkat(parent, name.constData(), AT_REMOVEDIR) != 0 && errno != ENOENT)
        return systemError(u"\"%1\" could not be removed"_s.arg(shown(name)), errno);
    ++removed;
    return {};
}

Result<void> emptyTree(const QByteArray &path, qint64 &removed, const Tick &tick)
{
    const UniqueFd folder(::open(path.constData(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!folder && errno == ENOENT)
        return {};
    if (!folder)
        return systemError(shown(path), errno);
    return emptyFolder(folder.get(), removed, tick);
}

bool removeOwn(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    qint64 removed = 0;
    return emptyTree(name, removed).ok() && (::rmdir(name.constData()) == 0 || errno == ENOENT);
}

Result<TreeSize> measureTree(const QByteArray &path, int milliseconds)
{
    const UniqueFd folder(
        ::open(path.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    struct stat st;
    if (!folder || ::fstat(folder.get(), &st) != 0)
        return systemError(shown(path), errno);
    Measurer measurer(st.st_dev, milliseconds);
    measurer.walk(folder.get(), 0);
    return measurer.size;
}

} // namespace quarry::runtime
