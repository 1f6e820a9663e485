// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/images/host/hostskeleton.h"

#include "runtime/images/content/filecopy.h"
#include "runtime/images/host/hostfiles.h"
#include "runtime/images/content/tree.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QRegularExpression>

#include <array>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <functional>

using namespace Qt::StringLiterals;

namespace quarry::runtime {

namespace {

constexpr int skeletonFormat = 2;
constexpr qint64 largestFile = 64 << 20;
constexpr int deepestFolder = 20;
constexpr std::array<const char *, 6> rootLinks{"bin", "sbin", "lib", "lib32", "lib64", "libx32"};

Error failure(const QByteArray &path, int errnoValue)
{
    return systemError(u"The image host: \"%1\""_s.arg(QString::fromLocal8Bit(path)), errnoValue);
}

QByteArray linkText(int folder, const char *name)
{
    std::array<char, PATH_MAX> text;
    const ssize_t length = ::readlinkat(folder, name, text.data(), text.size());
    return length > 0 ? QByteArray(text.data(), length) : QByteArray();
}

class Builder
{
public:
    Builder(int host, int target) : m_host(host), m_target(target) { }

    Result<void> build()
    {
        if (const Result<void> linked = addLinks(); !linked)
            return linked;
        for (const SkeletonFolder &folder : skeletonFolders()) {
            if (const Result<void> made = makeFolder(folder.path, folder.mode); !made)
                return made;
        }
        for (const QByteArray &path : copiedPaths()) {
            if (const Result<void> copied = copyPath(path); !copied)
                return copied;
        }
        for (const GeneratedFile &file : generatedFiles()) {
            if (const Result<void> written = write(file); !written)
                return written;
        }
        dropDeadLinks();
        return {};
    }

    Result<void> copyPath(const QByteArray &path)
    {
        if (const Result<void> made = makeParents(path); !made)
            return made;
        return copy(path, 0);
    }

private:
    // Links to what was not copied.
    void dropDeadLinks()
    {
        struct stat st;
        for (const QByteArray &path : std::as_const(m_links)) {
            if (::fstatat(m_target, path.constData(), &st, 0) != 0)
                ::unlinkat(m_target, path.constData(), 0);
        }
    }

    Result<void> addLinks()
    {
        if (linkText(m_host, "bin").isEmpty())
            return {
                ErrorCode::Unsupported,
                u"The image host needs a machine whose /bin is a link into /usr; this one keeps them apart."_s};
        for (const char *name : rootLinks) {
            const QByteArray text = linkText(m_host, name);
            if (text.isEmpty())
                continue;
            if (::symlinkat(text.constData(), m_target, name) != 0)
                return failure(name, errno);
            // Hidden by the overlay of /usr; so that the link leads somewhere on the disk, too.
            if (const Result<void> made = makeFolder(text, 0755); !made)
                return made;
        }
        const std::array<std::pair<const char *, const char *>, 3> more{
            std::pair{"/run", "var/run"}, std::pair{"/run/lock", "var/lock"},
            std::pair{"/proc/self/mounts", "etc/mtab"}};
        for (const auto &[text, path] : more) {
            if (const Result<void> made = makeParents(path); !made)
                return made;
            if (::symlinkat(text, m_target, path) != 0)
                return failure(path, errno);
        }
        return {};
    }

    Result<void> makeParents(const QByteArray &path)
    {
        for (qsizetype slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            if (!makeOne(path.first(slash), 0755))
                return failure(path, errno);
        }
        return {};
    }

    // Rights are given apart: the process may have a narrow umask.
    bool makeOne(const QByteArray &path, mode_t mode)
    {
        if (::mkdirat(m_target, path.constData(), 0700) != 0)
            return errno == EEXIST;
        return ::fchmodat(m_target, path.constData(), mode, 0) == 0;
    }

    Result<void> makeFolder(const QByteArray &path, int mode)
    {
        if (const Result<void> made = makeParents(path); !made)
            return made;
        if (!makeOne(path, mode_t(mode)))
            return failure(path, errno);
        return {};
    }

    // The same for everybody: what not every user may read is not there, for root's server neither.
    Result<void> copy(const QByteArray &path, int depth)
    {
        struct stat st;
        if (::fstatat(m_host, path.constData(), &st, AT_SYMLINK_NOFOLLOW) != 0)
            return {};
        if (S_ISLNK(st.st_mode))
            return copyLink(path);
        if (S_ISREG(st.st_mode) && (st.st_mode & S_IROTH) && st.st_size <= largestFile)
            return copyFile(path, st);
        constexpr mode_t open = S_IROTH | S_IXOTH;
        if (S_ISDIR(st.st_mode) && (st.st_mode & open) == open && depth < deepestFolder)
            return copyFolder(path, st, depth);
        return {};
    }

    Result<void> copyLink(const QByteArray &path)
    {
        QByteArray text = linkText(m_host, path.constData());
        // The files of /usr are not here but in an overlay of their own.
        const QString place
            = QDir::cleanPath(u"/%1/../%2"_s.arg(QFile::decodeName(path), QFile::decodeName(text)));
        if (!text.startsWith('/') && place.startsWith(u"/usr/"_s))
            text = QFile::encodeName(place);
        m_links.append(path);
        if (!text.isEmpty() && ::symlinkat(text.constData(), m_target, path.constData()) != 0
            && errno != EEXIST)
            return failure(path, errno);
        return {};
    }

    Result<void> copyFolder(const QByteArray &path, const struct stat &st, int depth)
    {
        if (!makeOne(path, st.st_mode & 0777))
            return failure(path, errno);
        const UniqueFd folder(
            ::openat(m_host, path.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        const Result<QByteArrayList> names = folder ? namesIn(folder.get()) : QByteArrayList();
        if (!names)
            return names.error();
        for (const QByteArray &name : *names) {
            if (const Result<void> copied = copy(path + '/' + name, depth + 1); !copied)
                return copied;
        }
        return {};
    }

    Result<void> copyFile(const QByteArray &path, const struct stat &st)
    {
        const UniqueFd from(::openat(m_host, path.constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
        if (!from || (path.startsWith("etc/apt/") && holdsPassword(from.get())))
            return {};
        const UniqueFd to(::openat(m_target, path.constData(),
                                   O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644));
        if (!to)
            return failure(path, errno);
        if (const Result<void> copied = copyBytes(from.get(), to.get(), st.st_size, {}); !copied)
            return copied.error();
        const std::array<timespec, 2> times{st.st_mtim, st.st_mtim};
        ::fchmod(to.get(), st.st_mode & 0777);
        ::futimens(to.get(), times.data());
        return {};
    }

    // A proxy or mirror whose address carries a name and password.
    static bool holdsPassword(int fd)
    {
        static const QRegularExpression form(u"://[^/\\s\"]*@"_s);
        QByteArray text(256 * 1024, Qt::Uninitialized);
        const ssize_t size = ::pread(fd, text.data(), size_t(text.size()), 0);
        return size > 0 && form.match(QString::fromLatin1(text.first(size))).hasMatch();
    }

    Result<void> write(const GeneratedFile &file)
    {
        if (const Result<void> made = makeParents(file.path); !made)
            return made;
        if (::unlinkat(m_target, file.path.constData(), 0) != 0 && errno != ENOENT)
            return failure(file.path, errno);
        const UniqueFd fd(::openat(m_target, file.path.constData(),
                                   O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (!fd
            || ::write(fd.get(), file.content.constData(), size_t(file.content.size()))
                != file.content.size()
            || ::fchmod(fd.get(), mode_t(file.mode)) != 0)
            return failure(file.path, errno);
        return {};
    }

    int m_host;
    int m_target;
    QByteArrayList m_links; // that were copied
};

} // namespace

QString skeletonKey(const QString &hostRoot)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QByteArray::number(skeletonFormat) + hostRoot.toUtf8());
    const QByteArray root = QFile::encodeName(hostRoot) + '/';
    QByteArrayList paths = copiedPaths();
    paths.append(packageFiles);
    for (const char *name : rootLinks)
        paths.append(name);
    for (const QByteArray &path : std::as_const(paths)) {
        struct stat st;
        if (::lstat((root + path).constData(), &st) != 0)
            continue;
        hash.addData(path + ' ' + QByteArray::number(qint64(st.st_ino)) + ' '
                     + QByteArray::number(qint64(st.st_size)) + ' '
                     + QByteArray::number(qint64(st.st_mtim.tv_sec)) + '.'
                     + QByteArray::number(qint64(st.st_mtim.tv_nsec)) + ' '
                     + QByteArray::number(st.st_mode) + '\n');
    }
    return QString::fromLatin1(hash.result().toHex().first(16));
}

static Result<void> build(const QString &hostRoot, const QString &target,
                          const std::function<Result<void>(Builder &)> &steps)
{
    const UniqueFd host(
        ::open(QFile::encodeName(hostRoot).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!host)
        return systemError(hostRoot, errno);
    const UniqueFd to(
        ::open(QFile::encodeName(target).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!to)
        return systemError(target, errno);
    Builder builder(host.get(), to.get());
    return steps(builder);
}

Result<void> buildSkeleton(const QString &hostRoot, const QString &target)
{
    return build(hostRoot, target, [](Builder &builder) { return builder.build(); });
}

Result<void> buildPackageFiles(const QString &hostRoot, const QString &target)
{
    return build(hostRoot, target, [](Builder &builder) { return builder.copyPath(packageFiles); });
}

} // namespace quarry::runtime
