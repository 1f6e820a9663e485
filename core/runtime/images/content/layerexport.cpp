// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/images/content/layerexport.h"

#include "runtime/images/content/archivereader.h"
#include "runtime/images/content/filecopy.h"
#include "runtime/images/content/imagesource.h"

#include <QHash>
#include <QJsonDocument>
#include <QMap>

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <vector>

using namespace Qt::StringLiterals;

namespace quarry::runtime {

namespace {

constexpr int deepestExported = 200; // what an import takes back

struct FreeWriter {
    void operator()(archive *handle) const { archive_write_free(handle); }
};
struct FreeEntry {
    void operator()(archive_entry *entry) const { archive_entry_free(entry); }
};

// What a name stands for, seen from the top layer down.
struct Merged {
    struct stat st;
    std::vector<size_t> layers; // those that show it: one for a file, several for a folder
    bool whiteout = false;
    bool closed = false; // what lies below is not seen
    bool folder() const { return !whiteout && S_ISDIR(st.st_mode); }
};

bool isOpaque(int folder)
{
    char value = 0;
    return ::fgetxattr(folder, opaqueAttribute, &value, 1) == 1 && value == 'y';
}

class Exporter
{
public:
    Exporter(int fd, bool overHost, const Tick &tick)
        : m_overHost(overHost), m_tick(tick), m_archive(archive_write_new())
    {
        archive_write_set_format_pax_restricted(m_archive.get());
        archive_write_set_bytes_per_block(m_archive.get(), 128 * 1024);
        archive_write_set_bytes_in_last_block(m_archive.get(), 1);
        m_status = archive_write_open_fd(m_archive.get(), fd);
    }

    Result<void> addText(const QByteArray &name, const QByteArray &text)
    {
        struct stat st = {};
        st.st_mode = S_IFREG | 0644;
        st.st_size = text.size();
        if (const Result<void> headed = putHeader(name, st, {}, {}); !headed)
            return headed;
        return put(text.constData(), size_t(text.size()));
    }

    Result<void> addLayers(const QByteArrayList &paths, const QByteArray &prefix)
    {
        std::vector<UniqueFd> folders;
        for (const QByteArray &path : paths) {
            UniqueFd folder(::open(path.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
            if (!folder)
                return systemError(QString::fromLocal8Bit(path), errno);
            folders.push_back(std::move(folder));
        }
        if (folders.empty())
            return {};
        struct stat st;
        if (::fstat(folders.front().get(), &st) != 0)
            return systemError(QString::fromLocal8Bit(paths.first()), errno);
        m_links.clear();
        if (const Result<void> headed
            = putHeader(prefix.isEmpty() ? "./" : prefix + '/', st, {}, {});
            !headed)
            return headed;
        return addFolder(folders, prefix, 0);
    }

    Result<void> close()
    {
        if (archive_write_close(m_archive.get()) != ARCHIVE_OK)
            return failure();
        return {};
    }

    Result<void> failure() const
    {
        const int code = archive_errno(m_archive.get());
        if (code > 0)
            return systemError(u"The archive could not be written"_s, code);
        const char *text = archive_error_string(m_archive.get());
        return {ErrorCode::Io,
                u"The archive could not be written: %1."_s.arg(
                    QString::fromLocal8Bit(text ? text : "unknown"))};
    }

private:
    QMap<QByteArray, Merged> merge(const std::vector<UniqueFd> &folders) const
    {
        QMap<QByteArray, Merged> entries;
        for (size_t layer = 0; layer < folders.size(); ++layer) {
            const Result<QByteArrayList> names = namesIn(folders[layer].get());
            if (!names)
                continue;
            for (const QByteArray &name : *names)
                mergeName(entries, name, folders[layer].get(), layer);
        }
        return entries;
    }

    static void mergeName(QMap<QByteArray, Merged> &entries, const QByteArray &name, int folder,
                          size_t layer)
    {
        struct stat st;
        if (::fstatat(folder, name.constData(), &st, AT_SYMLINK_NOFOLLOW) != 0)
            return;
        const bool isFolder = S_ISDIR(st.st_mode);
        const auto known = entries.find(name);
        if (known == entries.end()) {
            Merged merged{st, {layer}};
            merged.whiteout = S_ISCHR(st.st_mode) && st.st_rdev == makedev(0, 0);
            merged.closed = !isFolder;
            entries.insert(name, merged);
        } else if (!known->closed) {
            if (isFolder)
                known->layers.push_back(layer);
            else
                known->closed = true;
        }
    }

    Result<void> addFolder(const std::vector<UniqueFd> &folders, const QByteArray &path, int depth)
    {
        if (depth > deepestExported)
            return {
                ErrorCode::LimitExceeded,
                u"\"%1\" lies deeper than %2 folders."_s.arg(QString::fromLocal8Bit(path.left(200)))
                    .arg(deepestExported)};
        const QMap<QByteArray, Merged> entries = merge(folders);
        for (auto entry = entries.cbegin(); entry != entries.cend(); ++entry) {
            ++m_entries;
            if (m_tick && m_entries % 32 == 0 && !m_tick(m_bytes, m_entries))
                return cancelledError();
            const QByteArray below = path.isEmpty() ? entry.key() : path + '/' + entry.key();
            Result<void> added;
            if (entry->whiteout)
                added = addWhiteout(path, ".wh." + entry.key());
            else if (entry->folder())
                added = addSubfolder(folders, entry.key(), *entry, below, depth);
            else
                added
                    = addOther(folders[entry->layers.front()].get(), entry.key(), entry->st, below);
            if (!added)
                return added;
        }
        return {};
    }

    Result<void> addWhiteout(const QByteArray &path, const QByteArray &name)
    {
        if (!m_overHost)
            return {};
        struct stat st = {};
        st.st_mode = S_IFREG | 0600;
        return putHeader(path.isEmpty() ? name : path + '/' + name, st, {}, {});
    }

    Result<void> addSubfolder(const std::vector<UniqueFd> &folders, const QByteArray &name,
                              const Merged &merged, const QByteArray &path, int depth)
    {
        std::vector<UniqueFd> below;
        bool closed = merged.closed;
        for (const size_t layer : merged.layers) {
            UniqueFd folder(::openat(folders[layer].get(), name.constData(),
                                     O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
            if (!folder)
                return systemError(u"\"%1\" could not be read"_s.arg(QString::fromLocal8Bit(path)),
                                   errno);
            const bool opaque = isOpaque(folder.get());
            below.push_back(std::move(folder));
            if (opaque) {
                closed = true;
                break;
            }
        }
        if (const Result<void> headed = putHeader(path + '/', merged.st, {}, {}); !headed)
            return headed;
        if (closed && m_overHost) {
            if (const Result<void> marked = addWhiteout(path, ".wh..wh..opq"); !marked)
                return marked;
        }
        return addFolder(below, path, depth + 1);
    }

    Result<void> addOther(int folder, const QByteArray &name, const struct stat &st,
                          const QByteArray &path)
    {
        const std::pair<quint64, quint64> inode{st.st_dev, st.st_ino};
        if (st.st_nlink > 1 && m_links.contains(inode))
            return putHeader(path, st, {}, m_links.value(inode));
        if (st.st_nlink > 1)
            m_links.insert(inode, path);
        if (S_ISREG(st.st_mode))
            return addFile(folder, name, path);
        if (S_ISFIFO(st.st_mode))
            return putHeader(path, st, {}, {});
        if (!S_ISLNK(st.st_mode))
            return {};
        std::array<char, PATH_MAX> target;
        const ssize_t length = ::readlinkat(folder, name.constData(), target.data(), target.size());
        if (length <= 0)
            return systemError(u"\"%1\" could not be read"_s.arg(QString::fromLocal8Bit(path)),
                               errno);
        return putHeader(path, st, QByteArray(target.data(), length), {});
    }

    Result<void> addFile(int folder, const QByteArray &name, const QByteArray &path)
    {
        const UniqueFd fd(
            ::openat(folder, name.constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
        struct stat st;
        if (!fd || ::fstat(fd.get(), &st) != 0)
            return systemError(u"\"%1\" could not be read"_s.arg(QString::fromLocal8Bit(path)),
                               errno);
        if (const Result<void> headed = putHeader(path, st, {}, {}); !headed)
            return headed;
        std::vector<char> buffer(256 * 1024);
        for (qint64 left = st.st_size; left > 0;) {
            const ssize_t got = ::read(fd.get(), buffer.data(),
                                       size_t(std::min<qint64>(left, qint64(buffer.size()))));
            if (got <= 0)
                return systemError(u"\"%1\" could not be read"_s.arg(QString::fromLocal8Bit(path)),
                                   got < 0 ? errno : EIO);
            if (const Result<void> written = put(buffer.data(), size_t(got)); !written)
                return written;
            left -= got;
            m_bytes += got;
            if (m_tick && !m_tick(m_bytes, m_entries))
                return cancelledError();
        }
        return {};
    }

    Result<void> putHeader(const QByteArray &path, const struct stat &st,
                           const QByteArray &symbolic, const QByteArray &hard)
    {
        if (m_status != ARCHIVE_OK)
            return failure();
        const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
        archive_entry_copy_stat(entry.get(), &st);
        archive_entry_copy_pathname(entry.get(), path.constData());
        if (!symbolic.isEmpty())
            archive_entry_copy_symlink(entry.get(), symbolic.constData());
        if (!S_ISREG(st.st_mode))
            archive_entry_set_size(entry.get(), 0);
        if (!hard.isEmpty()) {
            archive_entry_copy_hardlink(entry.get(), hard.constData());
            archive_entry_set_size(entry.get(), 0);
        }
        const int status = archive_write_header(m_archive.get(), entry.get());
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
            return failure();
        return {};
    }

    Result<void> put(const char *data, size_t size)
    {
        if (archive_write_data(m_archive.get(), data, size) != la_ssize_t(size))
            return failure();
        return {};
    }

    bool m_overHost;
    const Tick &m_tick;
    std::unique_ptr<archive, FreeWriter> m_archive;
    int m_status = 0;
    qint64 m_bytes = 0;
    qint64 m_entries = 0;
    QHash<std::pair<quint64, quint64>, QByteArray> m_links;
};

} // namespace

Result<void> exportLayers(const ExportSource &source, int fd, const Tick &tick)
{
    const Utf8Locale locale;
    const bool overHost = !source.head.isEmpty();
    Exporter exporter(fd, overHost, tick);
    if (overHost) {
        const QByteArray head = QJsonDocument(source.head).toJson(QJsonDocument::Compact);
        if (const Result<void> added = exporter.addText(exportMark, head); !added)
            return added;
    }
    if (const Result<void> added = exporter.addLayers(source.rootLayers, overHost ? "root" : "");
        !added)
        return added;
    if (const Result<void> added = exporter.addLayers(source.usrLayers, "usr"); !added)
        return added;
    return exporter.close();
}

} // namespace quarry::runtime
