// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "copy/copyplan.h"

#include "base/escapedname.h"

#include <algorithm>

namespace quarry::copy {

using namespace Qt::StringLiterals;

namespace {

Result<void> checkRoom(const CopyPlan &plan)
{
    if (plan.items.size() + plan.leftOut.size() < copyItemsMax)
        return {};
    return {ErrorCode::LimitExceeded, u"There are more than %1 files to copy."_s.arg(copyItemsMax)};
}

QByteArrayView withoutSlashes(QByteArrayView path)
{
    while (path.size() > 1 && path.endsWith('/'))
        path.chop(1);
    return path;
}

} // namespace

Result<void> CopyPlan::add(CopyItem item)
{
    const Result<void> room = checkRoom(*this);
    if (room) {
        bytes += item.size;
        items.append(std::move(item));
    }
    return room;
}

Result<void> CopyPlan::leaveOut(const QString &sentence)
{
    const Result<void> room = checkRoom(*this);
    if (room)
        leftOut.append(sentence);
    return room;
}

void putLinksLast(CopyPlan &plan)
{
    std::stable_partition(plan.items.begin(), plan.items.end(),
                          [](const CopyItem &item) { return item.kind != CopyItem::Kind::Link; });
}

Error inTheWay(const QByteArray &path, CopyItem::Kind wanted)
{
    return {ErrorCode::AlreadyExists,
            (wanted == CopyItem::Kind::Folder
                 ? u"%1 is there already, and is no folder; nothing was copied."_s
                 : u"%1 is there already, and is a folder; nothing was copied."_s)
                .arg(escapedName(path)),
            {}};
}

bool isPlainName(QByteArrayView name)
{
    return !name.isEmpty() && name != "." && name != ".." && !name.contains('/')
        && !name.contains('\0');
}

Result<void> checkListedName(QByteArrayView name, QByteArrayView folder)
{
    if (isPlainName(name))
        return {};
    return {
        ErrorCode::PermissionDenied,
        u"The sandbox lists \"%1\" in %2, which is no name of a file; nothing was copied."_s.arg(
            escapedName(name), escapedName(folder))};
}

QByteArray joined(const QByteArray &folder, const QByteArray &name)
{
    return folder.endsWith('/') ? folder + name : folder + '/' + name;
}

QByteArray lastName(const QByteArray &path)
{
    const QByteArrayView plain = withoutSlashes(path);
    return plain.sliced(plain.lastIndexOf('/') + 1).toByteArray();
}

QByteArray folderOf(const QByteArray &path)
{
    const QByteArrayView plain = withoutSlashes(path);
    const qsizetype slash = plain.lastIndexOf('/');
    if (slash < 0)
        return ".";
    return slash == 0 ? QByteArray("/") : plain.first(slash).toByteArray();
}

} // namespace quarry::copy
