// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "copy/localtree.h"

#include "base/escapedname.h"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <memory>
#include <sys/stat.h>
#include <vector>

namespace quarry::copy {

using namespace Qt::StringLiterals;

namespace {

Result<QList<QByteArray>> namesIn(const QByteArray &folder)
{
    const std::unique_ptr<DIR, int (*)(DIR *)> open(::opendir(folder.constData()), ::closedir);
    if (!open)
        return localError(u"Cannot read"_s, folder, errno);
    QList<QByteArray> names;
    errno = 0;
    while (const dirent *entry = ::readdir(open.get())) {
        const QByteArray name = entry->d_name;
        if (name != "." && name != "..")
            names.append(name);
        if (names.size() > copyItemsMax)
            break; // the plan refuses it
    }
    if (errno != 0)
        return localError(u"Cannot read"_s, folder, errno);
    std::sort(names.begin(), names.end());
    return names;
}

struct Place {
    QByteArray from;
    QByteArray to;
    bool named = false; // by the person, who may name a link
};

Result<void> addFile(CopyPlan &plan, const Place &place, const struct stat &info)
{
    if (S_ISREG(info.st_mode))
        return plan.add({.kind = CopyItem::Kind::File,
                         .from = place.from,
                         .to = place.to,
                         .size = qint64(info.st_size),
                         .mode = quint32(info.st_mode & 07777),
                         .target = {}});
    const QString shown = escapedName(place.from);
    if (place.named)
        return {ErrorCode::InvalidArgument, u"%1 is neither a file nor a folder."_s.arg(shown)};
    return plan.leaveOut(u"%1 is %2, and left out."_s.arg(
        shown, S_ISLNK(info.st_mode) ? u"a symbolic link"_s : u"no file"_s));
}

} // namespace

Result<void> planLocal(CopyPlan &plan, const QByteArray &from, const QByteArray &to, bool recursive,
                       const std::stop_token &stop)
{
    std::vector<Place> waiting{{from, to, true}};
    while (!waiting.empty()) {
        if (stop.stop_requested())
            return cancelled();
        const Place place = std::move(waiting.back());
        waiting.pop_back();
        struct stat info = {};
        const char *path = place.from.constData();
        if ((place.named ? ::stat(path, &info) : ::lstat(path, &info)) != 0)
            return localError(u"Cannot read"_s, place.from, errno);
        if (!S_ISDIR(info.st_mode)) {
            if (const Result<void> added = addFile(plan, place, info); !added)
                return added;
            continue;
        }
        if (!recursive)
            return needsRecursion(place.from);
        const Result<void> added = plan.add({.kind = CopyItem::Kind::Folder,
                                             .from = place.from,
                                             .to = place.to,
                                             .mode = quint32(info.st_mode & 07777),
                                             .target = {}});
        if (!added)
            return added;
        const Result<QList<QByteArray>> names = namesIn(place.from);
        if (!names)
            return names.error();
        for (auto name = names->crbegin(); name != names->crend(); ++name)
            waiting.push_back({joined(place.from, *name), joined(place.to, *name)});
    }
    return {};
}

Result<QList<qsizetype>> findReplaced(const QList<CopyItem> &items, const std::stop_token &stop)
{
    QList<qsizetype> replaced;
    for (qsizetype i = 0; i < items.size(); ++i) {
        if (stop.stop_requested())
            return cancelled();
        struct stat info = {};
        if (::lstat(items[i].to.constData(), &info) != 0) {
            if (errno == ENOENT)
                continue;
            return localError(u"Cannot look at"_s, items[i].to, errno);
        }
        const bool folder = items[i].kind == CopyItem::Kind::Folder;
        if (folder != bool(S_ISDIR(info.st_mode)))
            return inTheWay(items[i].to, items[i].kind);
        if (!folder)
            replaced.append(i);
    }
    return replaced;
}

Error cancelled()
{
    return {ErrorCode::Cancelled, u"The copy was cancelled."_s, {}};
}

Error localError(const QString &what, const QByteArray &path, int errnoValue)
{
    return systemError(what + u' ' + escapedName(path), errnoValue);
}

Error needsRecursion(const QByteArray &folder)
{
    return {ErrorCode::InvalidArgument,
            u"%1 is a folder; copy it with -r."_s.arg(escapedName(folder)),
            {}};
}

} // namespace quarry::copy
