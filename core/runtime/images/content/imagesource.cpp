// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/images/content/imagesource.h"

#include "runtime/images/content/ociimage.h"
#include "runtime/images/content/treecopy.h"

#include <QDir>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <archive.h>
#include <archive_entry.h>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace quarry::runtime {

namespace {

constexpr qint64 smallFile = 4 << 20;       // manifests and configs
constexpr qint64 allSmallFiles = 64 << 20;  // kept in memory while an archive is looked through

Result<void> makeFolder(const QByteArray &path)
{
    if (::mkdir(path.constData(), 0755) != 0 && errno != EEXIST)
        return systemError(QString::fromLocal8Bit(path), errno);
    return {};
}

Result<void> rewind(int fd)
{
    if (::lseek(fd, 0, SEEK_SET) != 0)
        return systemError(u"The archive cannot be read twice"_s, errno);
    return {};
}

// A root file system needs places for what is mounted into it, and a root that all inside may
// enter.
Result<void> completeRoot(const QByteArray &root)
{
    if (::chmod(root.constData(), 0755) != 0)
        return systemError(QString::fromLocal8Bit(root), errno);
    for (const char *name : {"dev", "proc", "sys", "run", "tmp", "root", "etc", "var"}) {
        const QByteArray path = root + '/' + name;
        if (::mkdir(path.constData(), 0755) == 0 && qstrcmp(name, "tmp") == 0)
            ::chmod(path.constData(), 01777);
    }
    return {};
}

QJsonObject answer(const Unpacker &unpacker, const QString &kind)
{
    return {{u"kind"_s, kind},
            {u"bytes"_s, unpacker.bytes()},
            {u"files"_s, unpacker.entries()},
            {u"left_out"_s, unpacker.leftOut()},
            {u"owners_kept"_s, unpacker.ownersKept()}};
}

void addConfig(QJsonObject &object, const OciImage &image)
{
    object.insert(u"env"_s, image.env);
    object.insert(u"command"_s, image.command);
    object.insert(u"workdir"_s, image.workdir);
}

QByteArray readMember(ArchiveReader &reader, qint64 limit)
{
    QByteArray content(limit, Qt::Uninitialized);
    qint64 size = 0;
    while (size < limit) {
        const la_ssize_t got
            = archive_read_data(reader.handle(), content.data() + size, size_t(limit - size));
        if (got <= 0)
            break;
        size += got;
    }
    content.truncate(size);
    return content;
}

QByteArray plainName(QByteArray name)
{
    while (name.startsWith("./"))
        name.remove(0, 2);
    while (name.endsWith('/'))
        name.chop(1);
    return name;
}

// What a look through an archive has found, when it may be a layout.
struct Layout {
    bool isLayout = false;
    QHash<QByteArray, QByteArray> files; // the small ones
    QHash<QByteArray, QByteArray> links; // a layer may be a link to an equal one

    QByteArray resolve(const QByteArray &name) const
    {
        const QByteArray target = links.value(name);
        if (target.isEmpty())
            return name;
        return QDir::cleanPath(QString::fromUtf8(name.left(name.lastIndexOf('/') + 1) + target))
            .toUtf8();
    }
};

// Ends at the first member that no layout has: for a root file system that is the first of all.
Result<Layout> lookThrough(int fd, const Tick &tick)
{
    Layout layout;
    Result<ArchiveReader> reader = ArchiveReader::fromFile(fd);
    if (!reader)
        return reader.error();
    qint64 kept = 0;
    qint64 members = 0;
    for (;;) {
        const Result<archive_entry *> next = reader->next();
        if (!next)
            return next.error();
        if (!*next)
            break;
        const QByteArray name = memberName(*next);
        if (!belongsToLayout(name) || ++members > 10000)
            return Layout();
        if (tick && !tick(0, members))
            return cancelledError();
        if (archive_entry_filetype(*next) == AE_IFLNK)
            layout.links.insert(plainName(name), memberSymbolicLink(*next));
        const qint64 size = archive_entry_size(*next);
        if (archive_entry_filetype(*next) != AE_IFREG || size > smallFile
            || kept + size > allSmallFiles)
            continue;
        layout.files.insert(plainName(name), readMember(*reader, size));
        kept += size;
    }
    layout.isLayout = layout.files.contains("manifest.json") || layout.files.contains("index.json");
    return layout;
}

Result<void> addLayerOf(int fd, const QByteArray &layer, Unpacker &unpacker, bool later)
{
    if (const Result<void> back = rewind(fd); !back)
        return back;
    Result<ArchiveReader> outer = ArchiveReader::fromFile(fd);
    if (!outer)
        return outer.error();
    for (;;) {
        const Result<archive_entry *> next = outer->next();
        if (!next)
            return next.error();
        if (!*next)
            return {ErrorCode::InvalidArgument,
                    u"The image archive is not complete: the layer \"%1\" is missing."_s.arg(
                        QString::fromUtf8(layer.left(200)))};
        if (plainName(memberName(*next)) != layer)
            continue;
        Result<ArchiveReader> inner = ArchiveReader::fromMember(*outer);
        if (!inner)
            return inner.error();
        return unpacker.addLayer(*inner, later);
    }
}

Result<QJsonObject> unpackLayout(int fd, const Layout &layout, Unpacker &unpacker)
{
    const Result<OciImage> image = readOciImage(
        [&](const QByteArray &name) { return layout.files.value(layout.resolve(name)); });
    if (!image)
        return image.error();
    bool later = false;
    for (const QByteArray &layer : image->layers) {
        if (const Result<void> added = addLayerOf(fd, layout.resolve(layer), unpacker, later);
            !added)
            return added.error();
        later = true;
    }
    if (const Result<void> finished = unpacker.finish(); !finished)
        return finished.error();
    QJsonObject result = answer(unpacker, u"rootfs"_s);
    addConfig(result, *image);
    return result;
}

// Layers over the host: all members lie below root/ or usr/.
Result<QJsonObject> unpackHostLayers(ArchiveReader &reader, const QByteArray &folder,
                                     UnpackLimits limits, const Tick &tick)
{
    const QJsonObject head = QJsonDocument::fromJson(readMember(reader, smallFile)).object();
    if (head.value("format"_L1).toInt() != exportFormat
        || head.value("base"_L1).toString() != "host"_L1)
        return {ErrorCode::Unsupported,
                u"The archive was exported by a newer version: its format is not known."_s};
    if (const Result<void> made = makeFolder(folder + "/usr"); !made)
        return made.error();
    Result<ImageRoot> root = ImageRoot::open(folder);
    if (!root)
        return root.error();
    Unpacker unpacker(std::move(*root), limits, Unpacker::Whiteouts::Keep, tick);
    for (;;) {
        const Result<archive_entry *> next = reader.next();
        if (!next)
            return next.error();
        if (!*next)
            break;
        const QByteArray name = memberName(*next);
        const Result<QByteArrayList> parts = splitMemberName(name);
        if (!parts)
            return parts.error();
        if (parts->isEmpty() || (parts->first() != "root" && parts->first() != "usr")
            || (parts->size() == 1 && archive_entry_filetype(*next) != AE_IFDIR))
            return memberError(name, u"lies neither below root/ nor below usr/"_s);
        if (const Result<void> added = unpacker.addMember(reader, *next); !added)
            return added.error();
    }
    if (const Result<void> finished = unpacker.finish(); !finished)
        return finished.error();
    QJsonObject result = answer(unpacker, u"host"_s);
    for (const QLatin1StringView key : {"env"_L1, "command"_L1, "workdir"_L1})
        result.insert(key, head.value(key));
    return result;
}

Result<QJsonObject> unpackRoot(ArchiveReader &reader, archive_entry *first, Unpacker &unpacker)
{
    if (const Result<void> added = unpacker.addMember(reader, first); !added)
        return added.error();
    if (const Result<void> added = unpacker.addLayer(reader, false); !added)
        return added.error();
    if (const Result<void> finished = unpacker.finish(); !finished)
        return finished.error();
    return answer(unpacker, u"rootfs"_s);
}

Result<QJsonObject> unpackPlain(int fd, Unpacker &unpacker, const QByteArray &folder,
                                UnpackLimits limits, const Tick &tick)
{
    if (const Result<void> back = rewind(fd); !back)
        return back.error();
    Result<ArchiveReader> reader = ArchiveReader::fromFile(fd);
    if (!reader)
        return reader.error();
    const Result<archive_entry *> first = reader->next();
    if (!first)
        return first.error();
    if (!*first)
        return {ErrorCode::InvalidArgument, u"The archive is empty."_s};
    if (plainName(memberName(*first)) == exportMark)
        return unpackHostLayers(*reader, folder, limits, tick);
    return unpackRoot(*reader, *first, unpacker);
}

Result<QJsonObject> unpackLayoutFolder(const QByteArray &source, Unpacker &unpacker)
{
    const auto small = [&source](const QByteArray &name) {
        const UniqueFd fd(::open((source + '/' + name).constData(), O_RDONLY | O_CLOEXEC));
        QByteArray content(smallFile, Qt::Uninitialized);
        const ssize_t size = fd ? ::read(fd.get(), content.data(), size_t(content.size())) : 0;
        return size > 0 ? content.first(size) : QByteArray();
    };
    // A layout's manifest.json, if it has one, is docker's and would name files of an archive.
    const Result<OciImage> image = readOciImage([&](const QByteArray &name) {
        return name == "manifest.json" ? QByteArray() : small(name);
    });
    if (!image)
        return image.error();
    bool later = false;
    for (const QByteArray &layer : image->layers) {
        const UniqueFd fd(::open((source + '/' + layer).constData(), O_RDONLY | O_CLOEXEC));
        if (!fd)
            return systemError(u"The layer \"%1\""_s.arg(QString::fromUtf8(layer)), errno);
        Result<ArchiveReader> reader = ArchiveReader::fromFile(fd.get());
        if (!reader)
            return reader.error();
        if (const Result<void> added = unpacker.addLayer(*reader, later); !added)
            return added.error();
        later = true;
    }
    if (const Result<void> finished = unpacker.finish(); !finished)
        return finished.error();
    QJsonObject result = answer(unpacker, u"rootfs"_s);
    addConfig(result, *image);
    return result;
}

} // namespace

Result<QJsonObject> unpackArchive(int fd, const QByteArray &folder, UnpackLimits limits,
                                  const Tick &tick)
{
    const Utf8Locale locale;
    const QByteArray rootFolder = folder + "/root";
    if (const Result<void> made = makeFolder(rootFolder); !made)
        return made.error();
    const Result<Layout> layout = lookThrough(fd, tick);
    if (!layout)
        return layout.error();
    Result<ImageRoot> root = ImageRoot::open(rootFolder);
    if (!root)
        return root.error();
    Unpacker unpacker(std::move(*root), limits, Unpacker::Whiteouts::Apply, tick);
    Result<QJsonObject> result = layout->isLayout ? unpackLayout(fd, *layout, unpacker)
                                                  : unpackPlain(fd, unpacker, folder, limits, tick);
    if (!result || result->value("kind"_L1).toString() == "host"_L1)
        return result;
    if (const Result<void> completed = completeRoot(rootFolder); !completed)
        return completed.error();
    return result;
}

Result<QJsonObject> unpackFolder(const QByteArray &source, const QByteArray &folder,
                                 UnpackLimits limits, const Tick &tick)
{
    const QByteArray rootFolder = folder + "/root";
    if (const Result<void> made = makeFolder(rootFolder); !made)
        return made.error();
    if (::access((source + "/oci-layout").constData(), F_OK) == 0) {
        const Utf8Locale locale;
        Result<ImageRoot> root = ImageRoot::open(rootFolder);
        if (!root)
            return root.error();
        Unpacker unpacker(std::move(*root), limits, Unpacker::Whiteouts::Apply, tick);
        Result<QJsonObject> result = unpackLayoutFolder(source, unpacker);
        if (result) {
            if (const Result<void> completed = completeRoot(rootFolder); !completed)
                return completed.error();
        }
        return result;
    }
    const Result<TreeCopyResult> copied = copyTree(
        source, rootFolder,
        {.layer = false, .maxBytes = limits.maxBytes, .maxEntries = limits.maxEntries}, tick);
    if (!copied)
        return copied.error();
    if (const Result<void> completed = completeRoot(rootFolder); !completed)
        return completed.error();
    return QJsonObject{{u"kind"_s, u"rootfs"_s},
                       {u"bytes"_s, copied->bytes},
                       {u"files"_s, copied->entries},
                       {u"left_out"_s, copied->leftOut},
                       {u"owners_kept"_s, copied->ownersKept}};
}

} // namespace quarry::runtime
