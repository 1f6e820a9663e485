// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// ImageStore, the reading half: names, what they stand for, fresh layers.
#include "runtime/images/imagestore.h"

#include "base/nearest.h"
#include "runtime/images/host/hostskeleton.h"
#include "runtime/images/imagename.h"
#include "runtime/images/imagestoreprivate.h"
#include "runtime/images/layer.h"
#include "runtime/images/layerfill.h"
#include "runtime/images/content/tree.h"

#include <QDir>
#include <QFileInfo>

#include <cerrno>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace quarry::runtime {

namespace {

constexpr int longestChain = 64; // of images on images, read back from disk
constexpr int longestAliasChain = 8;

std::shared_ptr<const void> keep(HeldLocks locks)
{
    return std::make_shared<HeldLocks>(std::move(locks));
}

Result<void> makePublicFolder(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    if (::mkdir(name.constData(), 0755) != 0 || ::chmod(name.constData(), 0755) != 0)
        return systemError(path, errno);
    return {};
}

} // namespace

ImageStore::ImageStore(const QString &folder, WorkerHost &worker, ImageStoreOptions options)
    : d(std::make_unique<Private>(QDir::cleanPath(QFileInfo(folder).absoluteFilePath()), worker,
                                  std::move(options)))
{
}

ImageStore::~ImageStore() = default;

// FILL makes what is to lie at PATH, in a draft that is moved there when it is whole.
Result<void> ImageStore::Private::buildAt(const QString &path,
                                          const std::function<Result<void>(const QString &)> &fill)
{
    Result<StoreFolder::Draft> draft = folder.makeDraft();
    if (!draft)
        return draft.error();
    const QString fresh = draft->folder + "/host"_L1;
    Result<void> built = makePublicFolder(fresh);
    if (built)
        built = fill(fresh);
    // Another program may have been quicker: what it made is as good.
    if (built
        && ::rename(QFile::encodeName(fresh).constData(), QFile::encodeName(path).constData()) != 0
        && errno != EEXIST && errno != ENOTEMPTY)
        built = systemError(path, errno);
    removeOwn(draft->folder);
    return built;
}

// The lowest layers of `host` as it is now, top first, locked; built when they are not there yet.
Result<QStringList> ImageStore::Private::skeleton(HeldLocks &locks, bool withPackages)
{
    const QString key = skeletonKey(options.hostRoot);
    const QString path = folder.skeletonFolder(key);
    const std::lock_guard guard(skeletonMutex);
    FileLock lock = StoreFolder::lockShared(path);
    if (!lock) {
        if (const Result<void> made = folder.make(); !made)
            return made.error();
        const Result<void> built = buildAt(path, [this](const QString &fresh) {
            if (const Result<void> locked = StoreFolder::makeLock(fresh); !locked)
                return locked;
            const Result<void> made = makePublicFolder(fresh + "/root"_L1);
            return made ? buildSkeleton(options.hostRoot, fresh + "/root"_L1) : made;
        });
        if (!built)
            return built.error();
        lock = StoreFolder::lockShared(path);
    }
    if (!lock)
        return {ErrorCode::Io,
                u"The files of the image host in %1 could not be locked."_s.arg(path)};
    locks.push_back(std::move(lock));
    QStringList lowers{path + "/root"_L1};
    const QString packages = path + "/packages"_L1;
    if (withPackages && !QFileInfo::exists(packages)) {
        const Result<void> built = buildAt(packages, [this](const QString &fresh) {
            return buildPackageFiles(options.hostRoot, fresh);
        });
        if (!built)
            return built.error();
    }
    if (QFileInfo::exists(packages))
        lowers.append(packages);
    return lowers;
}

Result<Image> ImageStore::Private::hostImage(const QString &name, const QString &servedBy,
                                             const QString &python)
{
    HeldLocks locks;
    const Result<QStringList> lowers = skeleton(locks, false);
    if (!lowers)
        return lowers.error();
    Image image;
    image.name = name;
    image.id = u"host"_s;
    image.servedBy = servedBy;
    image.rootLowers = *lowers;
    image.usrLowers = {QDir::cleanPath(options.hostRoot + "/usr"_L1)};
    image.python = python;
    image.locks = keep(std::move(locks));
    return image;
}

Result<Image> ImageStore::Private::storedImage(const QString &name, const QString &id)
{
    const std::optional<Manifest> top = folder.manifest(id);
    if (!top)
        return {ErrorCode::NotFound,
                u"The files of the image \"%1\" are gone; import it again."_s.arg(name)};
    Image image;
    image.name = name;
    image.id = id;
    image.servedBy = top->servedBy;
    image.kind = top->kind;
    image.env = top->env;
    image.command = top->command;
    image.workdir = top->workdir;
    HeldLocks locks;
    QString next = id;
    for (int depth = 0; !next.isEmpty(); ++depth) {
        const QString path = folder.imageFolder(next);
        FileLock lock = StoreFolder::lockShared(path);
        const std::optional<Manifest> manifest = folder.manifest(next);
        if (!lock || !manifest || depth > longestChain)
            return {ErrorCode::NotFound,
                    u"The image \"%1\" stands on another one that is gone or being removed."_s.arg(
                        name)};
        locks.push_back(std::move(lock));
        if (QFileInfo::exists(path + "/root"_L1))
            image.rootLowers.append(path + "/root"_L1);
        if (image.kind == ImageKind::Host && QFileInfo::exists(path + "/usr"_L1))
            image.usrLowers.append(path + "/usr"_L1);
        next = manifest->base;
    }
    if (image.kind == ImageKind::Host) {
        HeldLocks hostLocks;
        const Result<QStringList> lowers = skeleton(hostLocks, false);
        if (!lowers)
            return lowers.error();
        image.rootLowers.append(*lowers);
        image.usrLowers.append(QDir::cleanPath(options.hostRoot + "/usr"_L1));
        locks.insert(locks.end(), std::make_move_iterator(hostLocks.begin()),
                     std::make_move_iterator(hostLocks.end()));
    }
    image.locks = keep(std::move(locks));
    return image;
}

Result<Image> ImageStore::Private::resolveStep(const QString &name, QStringList &passed)
{
    const QString canonical = canonicalImageName(name);
    if (canonical == "host:latest"_L1)
        return hostImage(name, u"host"_s, {});
    for (auto alias = options.aliases.cbegin(); alias != options.aliases.cend(); ++alias) {
        if (canonicalImageName(alias.key()) != canonical)
            continue;
        if (passed.contains(canonical) || passed.size() >= longestAliasChain)
            return {ErrorCode::InvalidArgument,
                    u"The configured image alias \"%1\" leads back to itself."_s.arg(alias.key())};
        passed.append(canonical);
        const Result<QString> target = checkImageName(alias.value());
        if (!target)
            return target.error();
        Result<Image> image = resolveStep(*target, passed);
        if (image)
            image->name = name;
        if (image && !image->servedBy.contains(" (alias "_L1))
            image->servedBy += u" (alias %1)"_s.arg(name);
        return image;
    }
    if (const std::optional<QString> id = folder.idOf(canonical))
        return storedImage(name, *id);
    for (const HostAlias &alias : hostAliases(options.hostRoot)) {
        if (canonicalImageName(alias.name) == canonical)
            return hostImage(name, u"host (alias %1)"_s.arg(name), alias.python);
    }
    return unknown(name);
}

Error ImageStore::Private::unknown(const QString &name) const
{
    QStringList known = folder.names().keys();
    known += options.aliases.keys();
    known.append(u"host"_s);
    for (const HostAlias &alias : hostAliases(options.hostRoot))
        known.append(alias.name);
    QString text = u"There is no image \"%1\" here."_s.arg(name);
    const QString near = nearest(name, known);
    if (!near.isEmpty())
        text += u" Did you mean \"%1\"?"_s.arg(near);
    text
        += u" A folder or tar file becomes one by `quarry image import PATH %1`; `quarry image ls` lists what is here."_s
               .arg(name);
    return {ErrorCode::NotFound, text, {{u"image"_s, name}, {u"nearest"_s, near}}};
}

Result<void> ImageStore::warm()
{
    HeldLocks locks;
    const Result<QStringList> made = d->skeleton(locks, true);
    if (!made)
        return made.error();
    return {};
}

Result<Image> ImageStore::resolve(const QString &name) const
{
    const Result<QString> checked = checkImageName(name);
    if (!checked)
        return checked.error();
    QStringList passed;
    return d->resolveStep(*checked, passed);
}

Result<Image> ImageStore::imageOfLayer(const QString &layerFolder) const
{
    const QJsonObject note = readJson(LayerPaths(layerFolder).imageNote);
    const QString id = note.value("id"_L1).toString();
    const QString name = note.value("name"_L1).toString();
    if (id.isEmpty())
        return {ErrorCode::NotFound,
                u"The layer %1 does not say which image it stands on."_s.arg(layerFolder)};
    if (id == "host"_L1)
        return d->hostImage(name, note.value("served_by"_L1).toString(),
                            note.value("python"_L1).toString());
    return d->storedImage(name, id);
}

Result<void> ImageStore::prepareLayer(const Image &image, const QString &layerFolder) const
{
    const QString folder = QDir::cleanPath(QFileInfo(layerFolder).absoluteFilePath());
    if (!QFileInfo::exists(folder) && !QDir().mkpath(folder))
        return systemError(folder, errno);
    if (image.id != "host"_L1) {
        if (const Result<void> added = d->folder.addUser(image.id, folder); !added)
            return added;
    }
    if (const Result<void> filled = fillLayer(image, d->options.hostRoot, folder); !filled)
        return filled;
    return writeJson(LayerPaths(folder).imageNote,
                     {{u"id"_s, image.id},
                      {u"name"_s, image.name},
                      {u"served_by"_s, image.servedBy},
                      {u"python"_s, image.python}},
                     Durable::No);
}

ImageRecord ImageStore::Private::record(const QString &name, const Manifest &manifest) const
{
    return {name,           manifest.id,    manifest.kind,   manifest.servedBy, manifest.source,
            manifest.bytes, manifest.files, manifest.created};
}

Result<QList<ImageRecord>> ImageStore::list(bool withAliases) const
{
    QList<ImageRecord> records;
    records.append({u"host"_s, u"host"_s, ImageKind::Host, u"host"_s, {}, 0, 0, {}});
    if (withAliases) {
        for (auto alias = d->options.aliases.cbegin(); alias != d->options.aliases.cend(); ++alias)
            records.append({alias.key(),
                            {},
                            ImageKind::Host,
                            u"alias of %1"_s.arg(alias.value()),
                            {},
                            0,
                            0,
                            {}});
        for (const HostAlias &alias : hostAliases(d->options.hostRoot)) {
            if (!d->folder.idOf(alias.name))
                records.append({alias.name,
                                u"host"_s,
                                ImageKind::Host,
                                u"host (alias %1)"_s.arg(alias.name),
                                {},
                                0,
                                0,
                                {}});
        }
    }
    const QMap<QString, QString> names = d->folder.names();
    for (auto name = names.cbegin(); name != names.cend(); ++name) {
        if (const std::optional<Manifest> manifest = d->folder.manifest(name.value()))
            records.append(d->record(name.key(), *manifest));
    }
    return records;
}

Result<ImageRecord> ImageStore::show(const QString &name) const
{
    const Result<Image> image = resolve(name);
    if (!image)
        return image.error();
    const std::optional<Manifest> manifest = d->folder.manifest(image->id);
    ImageRecord shown = manifest
        ? d->record(image->name, *manifest)
        : ImageRecord{image->name, image->id, image->kind, {}, {}, 0, 0, {}};
    shown.servedBy = image->servedBy;
    return shown;
}

} // namespace quarry::runtime
