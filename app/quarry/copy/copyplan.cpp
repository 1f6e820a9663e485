// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "copy/copyplan.h"

#include "cli/engineclient.h"
#include "cli/table.h"

#include <QDir>
#include <QFileInfo>

#include <sys/stat.h>

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

QString joined(const QString &folder, const QString &name)
{
    return folder.endsWith(u'/') ? folder + name : folder + u'/' + name;
}

// The last name of a path; empty for "/".
QString lastName(const QString &path)
{
    return QDir::cleanPath(path).section(u'/', -1);
}

Error needsRecursion(const QString &path)
{
    return {ErrorCode::InvalidArgument, u"%1 is a folder; copy it with -r."_s.arg(path), {}};
}

Error tooMany()
{
    return {
        ErrorCode::LimitExceeded, u"There are more than %1 files to copy."_s.arg(copyItemsMax), {}};
}

// A name that a sandbox lists must not lead anywhere else on this machine.
bool isPlainName(const QString &name)
{
    return !name.isEmpty() && name != "."_L1 && name != ".."_L1 && !name.contains(u'/')
        && !name.contains(QChar(0));
}

Result<QJsonObject> statIn(client::Client &engine, const CopyPlace &place)
{
    return engine.get(sandboxPath(place.sandbox, u"/files/stat"_s),
                      {{u"path"_s, place.path}, {u"follow"_s, u"true"_s}});
}

class UploadPlanner
{
public:
    explicit UploadPlanner(bool recursive) : m_recursive(recursive) { }

    // FOLLOW: what the user names may be a link, what lies in a folder is taken as it is.
    Result<void> add(const QString &from, const QString &to, bool follow)
    {
        struct stat info = {};
        const QByteArray name = QFile::encodeName(from);
        if ((follow ? ::stat(name.constData(), &info) : ::lstat(name.constData(), &info)) != 0)
            return systemError(from, errno);
        if (m_plan.items.size() >= copyItemsMax)
            return tooMany();
        const quint32 mode = info.st_mode & 07777;
        if (S_ISDIR(info.st_mode))
            return addFolder(from, to, mode);
        if (S_ISREG(info.st_mode)) {
            m_plan.items << CopyItem{CopyItem::Kind::File, from, to,
                                     qint64(info.st_size), mode, {}};
            m_plan.bytes += info.st_size;
        } else if (follow) {
            return Error{
                ErrorCode::InvalidArgument, u"%1 is neither a file nor a folder."_s.arg(from), {}};
        } else {
            m_plan.leftOut << u"%1 is %2, and left out."_s.arg(
                from, S_ISLNK(info.st_mode) ? u"a symbolic link"_s : u"no file"_s);
        }
        return {};
    }

    CopyPlan take() { return std::move(m_plan); }

private:
    Result<void> addFolder(const QString &from, const QString &to, quint32 mode)
    {
        if (!m_recursive)
            return needsRecursion(from);
        m_plan.items << CopyItem{CopyItem::Kind::Folder, from, to, 0, mode, {}};
        const QStringList names = QDir(from).entryList(QDir::AllEntries | QDir::Hidden
                                                       | QDir::System | QDir::NoDotAndDotDot);
        for (const QString &name : names) {
            if (const Result<void> added = add(joined(from, name), joined(to, name), false); !added)
                return added;
        }
        return {};
    }

    bool m_recursive;
    CopyPlan m_plan;
};

class DownloadPlanner
{
public:
    DownloadPlanner(client::Client &engine, QString sandbox, bool recursive)
        : m_engine(engine), m_sandbox(std::move(sandbox)), m_recursive(recursive)
    {
    }

    Result<void> add(const QString &from, const QString &to, const QJsonObject &entry)
    {
        if (m_plan.items.size() >= copyItemsMax)
            return tooMany();
        const QString type = entry.value("type"_L1).toString();
        const quint32 mode = quint32(entry.value("mode"_L1).toInt(0644)) & 0777;
        if (type == "directory"_L1)
            return addFolder(from, to, mode);
        if (type == "file"_L1) {
            const qint64 size = std::max<qint64>(0, entry.value("size"_L1).toInteger());
            m_plan.items << CopyItem{CopyItem::Kind::File, from, to, size, mode, {}};
            m_plan.bytes += size;
        } else if (type == "symlink"_L1) {
            m_plan.items << CopyItem{
                CopyItem::Kind::Link, from, to, 0, 0, entry.value("target"_L1).toString()};
        } else {
            m_plan.leftOut << u"%1 is no file, and left out."_s.arg(tame(from));
        }
        return {};
    }

    CopyPlan take() { return std::move(m_plan); }

private:
    Result<void> addFolder(const QString &from, const QString &to, quint32 mode)
    {
        if (!m_recursive)
            return needsRecursion(from);
        m_plan.items << CopyItem{CopyItem::Kind::Folder, from, to, 0, mode, {}};
        const Result<QJsonObject> list
            = m_engine.get(sandboxPath(m_sandbox, u"/files/list"_s), {{u"path"_s, from}});
        if (!list)
            return list.error();
        if (list->value("has_more"_L1).toBool())
            return Error{ErrorCode::LimitExceeded,
                         u"%1 has too many entries to copy."_s.arg(tame(from)),
                         {}};
        const QJsonArray entries = list->value("items"_L1).toArray();
        for (const QJsonValue &entry : entries) {
            const QString name = entry["name"_L1].toString();
            if (!isPlainName(name))
                return Error{
                    ErrorCode::PermissionDenied,
                    u"The sandbox lists \"%1\" in %2, which is no name of a file; nothing was copied."_s
                        .arg(tame(name), tame(from)),
                    {}};
            if (const Result<void> added
                = add(joined(from, name), joined(to, name), entry.toObject());
                !added)
                return added;
        }
        return {};
    }

    client::Client &m_engine;
    QString m_sandbox;
    bool m_recursive;
    CopyPlan m_plan;
};

} // namespace

CopyPlace copyPlace(const QString &text)
{
    const qsizetype colon = text.indexOf(u':');
    if (colon <= 0 || text.startsWith(u'/') || text.startsWith(u'.'))
        return {{}, text};
    return {text.left(colon), text.mid(colon + 1)};
}

Result<CopyPlan> planUpload(client::Client &engine, const QString &from, const CopyPlace &to,
                            bool recursive)
{
    QString target = to.path;
    const Result<QJsonObject> there = statIn(engine, to);
    if (!there && there.error().code != ErrorCode::NotFound)
        return there.error();
    const bool folder = there && there->value("type"_L1).toString() == "directory"_L1;
    if (folder || target.endsWith(u'/') || target.isEmpty())
        target = joined(target, lastName(QFileInfo(from).absoluteFilePath()));
    UploadPlanner planner(recursive);
    if (const Result<void> added = planner.add(from, target, true); !added)
        return added.error();
    return planner.take();
}

Result<CopyPlan> planDownload(client::Client &engine, const CopyPlace &from, const QString &to,
                              bool recursive)
{
    const Result<QJsonObject> entry = statIn(engine, from);
    if (!entry)
        return entry.error();
    QString target = to;
    if (QFileInfo(to).isDir() || to.endsWith(u'/')) {
        const QString name = lastName(from.path);
        if (!name.isEmpty())
            target = joined(to, name);
    }
    DownloadPlanner planner(engine, from.sandbox, recursive);
    if (const Result<void> added = planner.add(from.path, target, *entry); !added)
        return added.error();
    return planner.take();
}

} // namespace quarry::cli
