// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/images/storefolder.h"

#include "base/ids.h"
#include "runtime/images/imagename.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QThread>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace quarry::runtime {

namespace {

constexpr int storeLockMilliseconds = 10000;
constexpr int retryMilliseconds = 5;
constexpr qint64 longestJson = 1 << 20;

UniqueFd openLock(const QString &path, int flags)
{
    return UniqueFd(::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC, 0600));
}

FileLock tryLock(const QString &folder, int operation)
{
    UniqueFd fd = openLock(folder + "/lock"_L1, O_RDONLY);
    if (!fd || ::flock(fd.get(), operation | LOCK_NB) != 0)
        return {};
    // Moved away between the two steps: what is locked is no longer what was asked for.
    struct stat held;
    struct stat named;
    if (::fstat(fd.get(), &held) != 0
        || ::stat(QFile::encodeName(folder + "/lock"_L1).constData(), &named) != 0
        || held.st_ino != named.st_ino || held.st_dev != named.st_dev)
        return {};
    return FileLock(std::move(fd));
}

Result<void> makeOwnFolder(const QString &path)
{
    if (::mkdir(QFile::encodeName(path).constData(), 0700) != 0 && errno != EEXIST)
        return systemError(path, errno);
    return {};
}

QString shortHash(const QString &text)
{
    return QString::fromLatin1(
        QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256).toHex().first(32));
}

QStringList foldersIn(const QString &path)
{
    return QDir(path).entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::Hidden, QDir::Name);
}

QMap<QString, QString> textMap(const QJsonObject &object)
{
    QMap<QString, QString> map;
    for (auto entry = object.begin(); entry != object.end(); ++entry)
        map.insert(entry.key(), entry.value().toString());
    return map;
}

QJsonObject toJson(const QMap<QString, QString> &map)
{
    QJsonObject object;
    for (auto entry = map.cbegin(); entry != map.cend(); ++entry)
        object.insert(entry.key(), entry.value());
    return object;
}

} // namespace

Result<void> writeJson(const QString &path, const QJsonObject &object, Durable durable)
{
    const QByteArray target = QFile::encodeName(path);
    const QByteArray fresh = target + ".new-" + randomHex(4).toLatin1();
    const QByteArray text = QJsonDocument(object).toJson(QJsonDocument::Compact);
    const UniqueFd fd(::open(fresh.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!fd)
        return systemError(path, errno);
    errno = ENOSPC; // what a short write means
    const bool written = ::write(fd.get(), text.constData(), size_t(text.size())) == text.size()
        && (durable == Durable::No || ::fsync(fd.get()) == 0)
        && ::rename(fresh.constData(), target.constData()) == 0;
    if (written)
        return {};
    const int failed = errno;
    ::unlink(fresh.constData());
    return systemError(path, failed);
}

QJsonObject readJson(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.read(longestJson)).object();
}

Result<void> StoreFolder::make() const
{
    if (!QDir().mkpath(QFileInfo(m_path).path()))
        return systemError(m_path, errno);
    for (const QString &folder : {m_path, m_path + "/.names"_L1, m_path + "/.host"_L1,
                                  m_path + "/.host/sandboxes"_L1, m_path + "/.tmp"_L1}) {
        if (const Result<void> made = makeOwnFolder(folder); !made)
            return made;
    }
    return {};
}

Result<FileLock> StoreFolder::lockStore() const
{
    UniqueFd fd = openLock(m_path + "/.lock"_L1, O_RDWR | O_CREAT);
    if (!fd)
        return systemError(m_path, errno);
    QDeadlineTimer deadline(storeLockMilliseconds);
    while (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return systemError(m_path, errno);
        if (deadline.hasExpired())
            return {ErrorCode::Timeout, u"Another program holds the images in %1."_s.arg(m_path)};
        QThread::msleep(retryMilliseconds);
    }
    return FileLock(std::move(fd));
}

FileLock StoreFolder::lockShared(const QString &folder)
{
    return tryLock(folder, LOCK_SH);
}

FileLock StoreFolder::lockExclusive(const QString &folder)
{
    return tryLock(folder, LOCK_EX);
}

Result<void> StoreFolder::makeLock(const QString &folder)
{
    if (!openLock(folder + "/lock"_L1, O_RDWR | O_CREAT))
        return systemError(folder, errno);
    return {};
}

Result<StoreFolder::Draft> StoreFolder::makeDraft() const
{
    // Under the store's lock, so that no sweep sees it before it is locked.
    const Result<FileLock> store = lockStore();
    if (!store)
        return store.error();
    Draft draft;
    draft.folder = m_path + "/.tmp/"_L1 + randomHex(8);
    if (const Result<void> made = makeOwnFolder(draft.folder); !made)
        return made.error();
    UniqueFd fd = openLock(draft.folder + "/lock"_L1, O_RDWR | O_CREAT);
    if (!fd || ::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
        const int failed = errno;
        QDir().rmdir(draft.folder);
        return systemError(draft.folder, failed);
    }
    draft.lock = FileLock(std::move(fd));
    return draft;
}

QStringList StoreFolder::draftFolders() const
{
    QStringList folders;
    for (const QString &name : foldersIn(m_path + "/.tmp"_L1))
        folders.append(m_path + "/.tmp/"_L1 + name);
    return folders;
}

QStringList StoreFolder::skeletonKeys() const
{
    return foldersIn(m_path + "/.host/sandboxes"_L1);
}

QStringList StoreFolder::imageIds() const
{
    QStringList ids = foldersIn(m_path);
    ids.removeIf([](const QString &name) { return name.startsWith(u'.'); });
    return ids;
}

QString StoreFolder::nameFile(const QString &name) const
{
    return m_path + "/.names/"_L1 + shortHash(canonicalImageName(name)) + ".json"_L1;
}

std::optional<QString> StoreFolder::idOf(const QString &canonicalName) const
{
    const QString id = readJson(nameFile(canonicalName)).value("id"_L1).toString();
    return id.isEmpty() ? std::nullopt : std::optional(id);
}

QMap<QString, QString> StoreFolder::names() const
{
    QMap<QString, QString> found;
    const QDir dir(m_path + "/.names"_L1);
    for (const QString &file : dir.entryList({u"*.json"_s}, QDir::Files | QDir::Hidden)) {
        const QJsonObject object = readJson(dir.filePath(file));
        const QString name = object.value("name"_L1).toString();
        if (!name.isEmpty())
            found.insert(name, object.value("id"_L1).toString());
    }
    return found;
}

Result<void> StoreFolder::setName(const QString &name, const QString &id) const
{
    return writeJson(nameFile(name), {{u"name"_s, name}, {u"id"_s, id}});
}

Result<void> StoreFolder::dropName(const QString &name) const
{
    if (::unlink(QFile::encodeName(nameFile(name)).constData()) != 0 && errno != ENOENT)
        return systemError(name, errno);
    return {};
}

std::optional<Manifest> StoreFolder::manifest(const QString &id) const
{
    if (id.isEmpty() || id.startsWith(u'.') || id.contains(u'/'))
        return std::nullopt;
    const QJsonObject object = readJson(imageFolder(id) + "/manifest.json"_L1);
    if (object.value("id"_L1).toString() != id)
        return std::nullopt;
    Manifest manifest;
    manifest.id = id;
    manifest.name = object.value("name"_L1).toString();
    manifest.kind
        = object.value("kind"_L1).toString() == "host"_L1 ? ImageKind::Host : ImageKind::Rootfs;
    manifest.base = object.value("base"_L1).toString();
    manifest.servedBy = object.value("served_by"_L1).toString();
    manifest.source = object.value("source"_L1).toString();
    manifest.bytes = object.value("bytes"_L1).toInteger();
    manifest.files = object.value("files"_L1).toInteger();
    manifest.created
        = QDateTime::fromString(object.value("created"_L1).toString(), Qt::ISODateWithMs);
    manifest.env = textMap(object.value("env"_L1).toObject());
    for (const QJsonValue &word : object.value("command"_L1).toArray())
        manifest.command.append(word.toString());
    manifest.workdir = object.value("workdir"_L1).toString();
    return manifest;
}

Result<void> StoreFolder::writeManifest(const QString &folder, const Manifest &manifest)
{
    if (const Result<void> made = makeOwnFolder(folder + "/users"_L1); !made)
        return made;
    if (const Result<void> locked = makeLock(folder); !locked)
        return locked;
    return writeJson(folder + "/manifest.json"_L1,
                     {{u"id"_s, manifest.id},
                      {u"name"_s, manifest.name},
                      {u"kind"_s, manifest.kind == ImageKind::Host ? u"host"_s : u"rootfs"_s},
                      {u"base"_s, manifest.base},
                      {u"served_by"_s, manifest.servedBy},
                      {u"source"_s, manifest.source},
                      {u"bytes"_s, manifest.bytes},
                      {u"files"_s, manifest.files},
                      {u"created"_s, manifest.created.toString(Qt::ISODateWithMs)},
                      {u"env"_s, toJson(manifest.env)},
                      {u"command"_s, QJsonArray::fromStringList(manifest.command)},
                      {u"workdir"_s, manifest.workdir}});
}

QStringList StoreFolder::users(const QString &id) const
{
    QStringList living;
    QDir dir(imageFolder(id) + "/users"_L1);
    for (const QString &file : dir.entryList(QDir::Files | QDir::Hidden)) {
        const QString layer = readJson(dir.filePath(file)).value("layer"_L1).toString();
        if (!layer.isEmpty() && QFileInfo::exists(layer))
            living.append(layer);
        else
            dir.remove(file);
    }
    return living;
}

Result<void> StoreFolder::addUser(const QString &id, const QString &layerFolder) const
{
    return writeJson(imageFolder(id) + "/users/"_L1 + shortHash(layerFolder) + ".json"_L1,
                     {{u"layer"_s, layerFolder}}, Durable::No);
}

} // namespace quarry::runtime
