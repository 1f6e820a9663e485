// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// ImageStore, the changing half: import, export, commit, removal, sweep.
#include "base/ids.h"
#include "runtime/images/host/hostskeleton.h"
#include "runtime/images/imagename.h"
#include "runtime/images/content/imagesource.h"
#include "runtime/images/imagestore.h"
#include "runtime/images/imagestoreprivate.h"
#include "runtime/images/layer.h"
#include "runtime/images/content/tree.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include <cerrno>
#include <cstdio>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace quarry::runtime {

namespace {

constexpr int mostStacked = 32; // commits of commits; overlayfs wants each as a layer of its own

// "{3}" or "{3}/root": what the worker sees of the task's place number 3.
QString place(qsizetype index)
{
    return u"{%1}"_s.arg(index);
}

Result<void> makeNewFolder(const QString &path)
{
    if (::mkdir(QFile::encodeName(path).constData(), 0755) != 0)
        return systemError(path, errno);
    return {};
}

bool isCancelled(const ImageJob &job)
{
    return job.cancelled && job.cancelled->load();
}

void takeRunSettings(const QJsonObject &answer, Manifest &manifest)
{
    const QJsonObject env = answer.value("env"_L1).toObject();
    for (auto entry = env.begin(); entry != env.end(); ++entry)
        manifest.env.insert(entry.key(), entry.value().toString());
    for (const QJsonValue &word : answer.value("command"_L1).toArray())
        manifest.command.append(word.toString());
    manifest.workdir = answer.value("workdir"_L1).toString();
}

QJsonObject runSettings(const Image &image)
{
    QJsonObject env;
    for (auto entry = image.env.cbegin(); entry != image.env.cend(); ++entry)
        env.insert(entry.key(), entry.value());
    return {{u"format"_s, exportFormat},
            {u"base"_s, u"host"_s},
            {u"env"_s, env},
            {u"command"_s, QJsonArray::fromStringList(image.command)},
            {u"workdir"_s, image.workdir}};
}

} // namespace

// One worker, its lines turned into progress, its answer into an object.
Result<QJsonObject> ImageStore::Private::runJob(const WorkerTask &task, const ImageJob &job)
{
    QElapsedTimer clock;
    clock.start();
    const Result<QByteArray> answer = worker.run(task, [&](const QByteArray &line) {
        const QJsonObject object
            = line.isEmpty() ? QJsonObject() : QJsonDocument::fromJson(line).object();
        if (!object.isEmpty() && job.progress) {
            ImageProgress progress;
            progress.bytesDone = object.value("bytes_done"_L1).toInteger();
            progress.bytesTotal = object.value("bytes_total"_L1).toInteger();
            progress.entries = object.value("entries"_L1).toInteger();
            progress.bytesPerSecond
                = double(progress.bytesDone) * 1000 / double(std::max<qint64>(clock.elapsed(), 1));
            job.progress(progress);
        }
        return !isCancelled(job);
    });
    if (!answer)
        return answer.error();
    const QJsonDocument document = QJsonDocument::fromJson(*answer);
    if (!document.isObject())
        return {ErrorCode::Internal, u"The worker gave no answer."_s};
    return document.object();
}

// The owners of what is in it may be others: a worker empties it.
Result<void> ImageStore::Private::deleteFolder(const QString &path)
{
    if (!QFileInfo::exists(path))
        return {};
    const Result<QJsonObject> deleted
        = runJob({.arguments = {u"delete"_s, place(0)}, .places = {{path, false}}}, {});
    if (!deleted)
        return deleted.error();
    if (::rmdir(QFile::encodeName(path).constData()) != 0 && errno != ENOENT)
        return systemError(path, errno);
    return {};
}

void ImageStore::Private::dropDraft(StoreFolder::Draft &draft)
{
    // What stays for lack of a worker is swept at the next start.
    if (deleteFolder(draft.folder + "/image"_L1).ok())
        removeOwn(draft.folder);
    draft.lock = FileLock();
}

Result<ImageRecord> ImageStore::Private::publish(StoreFolder::Draft &draft, Manifest manifest,
                                                 const QString &name)
{
    manifest.id = randomHex(6);
    manifest.name = name;
    manifest.created = QDateTime::currentDateTimeUtc();
    const QString fresh = draft.folder + "/image"_L1;
    if (const Result<void> written = StoreFolder::writeManifest(fresh, manifest); !written)
        return written.error();
    std::optional<QString> before;
    {
        const Result<FileLock> store = folder.lockStore();
        if (!store)
            return store.error();
        if (!manifest.base.isEmpty() && !folder.manifest(manifest.base))
            return {ErrorCode::NotFound, u"The image below has been removed meanwhile."_s};
        before = folder.idOf(name);
        const QString place = folder.imageFolder(manifest.id);
        if (::rename(QFile::encodeName(fresh).constData(), QFile::encodeName(place).constData())
            != 0)
            return systemError(place, errno);
        if (const Result<void> named = folder.setName(name, manifest.id); !named) {
            if (::rename(QFile::encodeName(place).constData(), QFile::encodeName(fresh).constData())
                != 0)
                return systemError(place, errno);
            return named.error();
        }
    }
    if (before)
        collect(*before);
    return record(name, manifest);
}

// Nothing stands on it and nothing uses it, or why not. With the store's lock held.
Result<void> ImageStore::Private::free(const QString &id) const
{
    for (const QString &other : folder.imageIds()) {
        const std::optional<Manifest> manifest = folder.manifest(other);
        if (manifest && manifest->base == id)
            return {ErrorCode::WrongState, u"the image \"%1\" stands on it"_s.arg(manifest->name)};
    }
    const QStringList layers = folder.users(id);
    if (!layers.isEmpty())
        return {ErrorCode::WrongState, u"a sandbox stands on it (%1)"_s.arg(layers.first())};
    return {};
}

Result<StoreFolder::Draft> ImageStore::Private::takeAway(const QString &id, bool onlyUnnamed)
{
    Result<StoreFolder::Draft> draft = folder.makeDraft();
    if (!draft)
        return draft;
    const QString path = folder.imageFolder(id);
    Result<void> moved;
    {
        const Result<FileLock> store = folder.lockStore();
        moved = store ? free(id) : store.error();
        const FileLock lock = moved ? StoreFolder::lockExclusive(path) : FileLock();
        if (moved && !lock && QFileInfo::exists(path + "/lock"_L1))
            moved = Error{ErrorCode::WrongState, u"a running program uses it"_s, {}};
        // The name goes first: without one the folder is rubbish, and swept if this ends here.
        const QMap<QString, QString> names = moved ? folder.names() : QMap<QString, QString>();
        for (auto name = names.cbegin(); moved && name != names.cend(); ++name) {
            if (name.value() == id)
                moved = onlyUnnamed ? Error{ErrorCode::WrongState, u"it has a name"_s, {}}
                                    : folder.dropName(name.key());
        }
        if (moved
            && ::rename(QFile::encodeName(path).constData(),
                        QFile::encodeName(draft->folder + "/image"_L1).constData())
                != 0)
            moved = systemError(path, errno);
    }
    if (moved)
        return draft;
    dropDraft(*draft);
    return moved.error();
}

// An image without a name goes when nothing holds it; otherwise a later sweep takes it.
void ImageStore::Private::collect(const QString &id)
{
    if (Result<StoreFolder::Draft> taken = takeAway(id, true))
        dropDraft(*taken);
}

int ImageStore::Private::depth(const QString &id) const
{
    int count = 0;
    for (QString next = id; !next.isEmpty() && count <= mostStacked; ++count) {
        const std::optional<Manifest> manifest = folder.manifest(next);
        next = manifest ? manifest->base : QString();
    }
    return count;
}

Result<ImageRecord> ImageStore::importFrom(const QString &path, const QString &name,
                                           const ImageJob &job)
{
    const Result<QString> checked = checkNewImageName(name);
    if (!checked)
        return checked.error();
    const QFileInfo source(path);
    if (!source.exists())
        return {
            ErrorCode::NotFound,
            u"\"%1\" is not there: an image is imported from a folder or a tar file."_s.arg(path)};
    if (!source.isFile() && !source.isDir())
        return {ErrorCode::InvalidArgument, u"\"%1\" is neither a folder nor a file."_s.arg(path)};
    if (const Result<void> made = d->folder.make(); !made)
        return made.error();
    Result<StoreFolder::Draft> draft = d->folder.makeDraft();
    if (!draft)
        return draft.error();
    const QString target = draft->folder + "/image"_L1;
    WorkerTask task;
    task.places = {{target, false}};
    task.arguments = {u"unpack"_s,
                      u"-"_s,
                      place(0),
                      u"--max-bytes"_s,
                      QString::number(d->options.maxBytes),
                      u"--max-entries"_s,
                      QString::number(d->options.maxEntries)};
    if (source.isDir()) {
        task.places.append({source.canonicalFilePath(), true});
        task.arguments[1] = place(1);
    } else {
        task.inputFile = source.canonicalFilePath();
    }
    Result<void> made = makeNewFolder(target);
    Result<QJsonObject> answer = made ? d->runJob(task, job) : made.error();
    if (answer && isCancelled(job))
        answer = cancelledError();
    Result<ImageRecord> result = ImageRecord();
    if (answer) {
        Manifest manifest;
        manifest.kind = answer->value("kind"_L1).toString() == "host"_L1 ? ImageKind::Host
                                                                         : ImageKind::Rootfs;
        manifest.servedBy
            = manifest.kind == ImageKind::Host ? u"imported on host"_s : u"imported"_s;
        manifest.source = source.absoluteFilePath();
        manifest.bytes = answer->value("bytes"_L1).toInteger();
        manifest.files = answer->value("files"_L1).toInteger();
        takeRunSettings(*answer, manifest);
        result = d->publish(*draft, manifest, *checked);
    } else {
        result = Error{answer.error().code,
                       u"%1 was not imported. %2"_s.arg(path, answer.error().message),
                       answer.error().details};
    }
    d->dropDraft(*draft);
    return result;
}

Result<void> ImageStore::exportTo(const QString &name, const QString &path, const ImageJob &job)
{
    const Result<Image> image = resolve(name);
    if (!image)
        return image.error();
    if (image->id == "host"_L1)
        return {
            ErrorCode::InvalidArgument,
            u"\"%1\" is this machine's own /usr (%2), which is not exported; commit a sandbox and export that."_s
                .arg(name, image->servedBy)};
    const QFileInfo target(path);
    if (target.isDir() || !target.absoluteDir().exists())
        return {ErrorCode::InvalidArgument,
                u"\"%1\" is not a file name in a folder that is there."_s.arg(path)};
    WorkerTask task;
    task.arguments = {u"export"_s};
    QStringList roots = image->rootLowers;
    QStringList usrs = image->usrLowers;
    if (image->kind == ImageKind::Host) {
        roots.removeIf([this](const QString &lower) {
            return lower.startsWith(d->folder.skeletonFolder({}));
        });
        usrs.removeLast(); // the host's own
        task.arguments += {
            u"--host"_s,
            QString::fromUtf8(QJsonDocument(runSettings(*image)).toJson(QJsonDocument::Compact))};
    }
    for (const auto &[option, layers] :
         {std::pair{u"--root"_s, roots}, std::pair{u"--usr"_s, usrs}}) {
        for (const QString &layer : layers) {
            task.arguments += {option, place(task.places.size())};
            task.places.append({layer, true});
        }
    }
    task.outputFile = target.absoluteFilePath() + u".%1.part"_s.arg(randomHex(4));
    const Result<QJsonObject> answer = d->runJob(task, job);
    const QByteArray part = QFile::encodeName(task.outputFile);
    Result<void> result;
    if (!answer)
        result = answer.error();
    else if (isCancelled(job))
        result = cancelledError();
    else if (::rename(part.constData(), QFile::encodeName(target.absoluteFilePath()).constData())
             != 0)
        result = systemError(path, errno);
    if (!result)
        ::unlink(part.constData());
    return result;
}

Result<ImageRecord> ImageStore::commit(const QString &layerFolder, const QString &name,
                                       const QString &source, const ImageJob &job)
{
    const Result<QString> checked = checkNewImageName(name);
    if (!checked)
        return checked.error();
    const Result<Image> below = imageOfLayer(layerFolder);
    if (!below)
        return below.error();
    const QString base = below->id == "host"_L1 ? QString() : below->id;
    if (d->depth(base) >= mostStacked)
        return {
            ErrorCode::LimitExceeded,
            u"The sandbox stands on %1 commits, one over the other; export its image and import that to go on."_s
                .arg(mostStacked)};
    Result<StoreFolder::Draft> draft = d->folder.makeDraft();
    if (!draft)
        return draft.error();
    const QString target = draft->folder + "/image"_L1;
    const Result<void> made = makeNewFolder(target);
    const WorkerTask task{.arguments = {u"commit"_s, place(0), place(1)},
                          .places
                          = {{QFileInfo(layerFolder).absoluteFilePath(), true}, {target, false}}};
    Result<QJsonObject> answer = made ? d->runJob(task, job) : made.error();
    if (answer && isCancelled(job))
        answer = cancelledError();
    Result<ImageRecord> result = ImageRecord();
    if (answer) {
        Manifest manifest;
        manifest.kind = below->kind;
        manifest.base = base;
        manifest.servedBy
            = u"commit of %1 on %2"_s.arg(source, below->id == "host"_L1 ? u"host"_s : below->name);
        manifest.source = source;
        manifest.bytes = answer->value("bytes"_L1).toInteger();
        manifest.files = answer->value("files"_L1).toInteger();
        manifest.env = below->env;
        manifest.command = below->command;
        manifest.workdir = below->workdir;
        result = d->publish(*draft, manifest, *checked);
    } else {
        result = answer.error();
    }
    d->dropDraft(*draft);
    return result;
}

Result<void> ImageStore::remove(const QString &name)
{
    const Result<QString> checked = checkImageName(name);
    if (!checked)
        return checked.error();
    const std::optional<QString> id = d->folder.idOf(*checked);
    if (!id) {
        const Result<Image> image = resolve(name);
        if (!image)
            return image.error();
        return {ErrorCode::InvalidArgument,
                u"\"%1\" is served by %2 and has nothing of its own that could be removed."_s.arg(
                    name, image->servedBy)};
    }
    if (!d->folder.manifest(*id))
        return d->folder.dropName(*checked);
    Result<StoreFolder::Draft> taken = d->takeAway(*id, false);
    if (!taken)
        return {taken.error().code,
                u"The image \"%1\" was not removed: %2."_s.arg(*checked, taken.error().message)};
    d->dropDraft(*taken);
    return {};
}

// One that nobody holds. It is moved first: nobody may find half of it.
bool ImageStore::Private::removeSkeleton(const QString &key)
{
    Result<StoreFolder::Draft> draft = folder.makeDraft();
    if (!draft)
        return false;
    const QString path = folder.skeletonFolder(key);
    bool moved = false;
    {
        const Result<FileLock> store = folder.lockStore();
        const FileLock lock = store ? StoreFolder::lockExclusive(path) : FileLock();
        moved = lock
            && ::rename(QFile::encodeName(path).constData(),
                        QFile::encodeName(draft->folder + "/host"_L1).constData())
                == 0;
    }
    removeOwn(draft->folder);
    return moved;
}

Result<QStringList> ImageStore::sweep()
{
    if (const Result<void> made = d->folder.make(); !made)
        return made.error();
    QStringList removed;
    for (const QString &path : d->folder.draftFolders()) {
        FileLock lock;
        {
            const Result<FileLock> store = d->folder.lockStore();
            if (!store)
                return store.error();
            lock = StoreFolder::lockExclusive(path);
            if (!lock && QFileInfo::exists(path + "/lock"_L1))
                continue; // somebody works there
        }
        if (!d->deleteFolder(path + "/image"_L1).ok() || !removeOwn(path))
            continue;
        removed.append(u"half-made image %1"_s.arg(QFileInfo(path).fileName()));
    }
    const QStringList named = d->folder.names().values();
    for (const QString &id : d->folder.imageIds()) {
        if (named.contains(id))
            continue;
        if (Result<StoreFolder::Draft> taken = d->takeAway(id, true)) {
            d->dropDraft(*taken);
            removed.append(u"image %1, which had no name any more"_s.arg(id));
        }
    }
    const QString current = skeletonKey(d->options.hostRoot);
    for (const QString &key : d->folder.skeletonKeys()) {
        if (key != current && d->removeSkeleton(key))
            removed.append(u"files of the host as it was before (%1)"_s.arg(key));
    }
    return removed;
}

} // namespace quarry::runtime
