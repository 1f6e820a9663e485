// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/copyplaces.h"

#include "cli/engineclient.h"
#include "cli/table.h"
#include "copy/localtree.h"

#include <QFile>
#include <QFileInfo>

namespace quarry::cli {

using namespace Qt::StringLiterals;
using copy::CopyItem;
using copy::CopyPlan;

namespace {

Result<QJsonObject> statIn(client::Client &engine, const CopyPlace &place)
{
    return engine.get(sandboxPath(place.sandbox, u"/files/stat"_s),
                      {{u"path"_s, place.path}, {u"follow"_s, u"true"_s}});
}

class DownloadPlanner
{
public:
    DownloadPlanner(client::Client &engine, QString sandbox, bool recursive)
        : m_engine(engine), m_sandbox(std::move(sandbox)), m_recursive(recursive)
    {
    }

    Result<void> add(const QString &from, const QByteArray &to, const QJsonObject &entry)
    {
        const QString type = entry.value("type"_L1).toString();
        const quint32 mode = quint32(entry.value("mode"_L1).toInt(0644)) & 0777;
        CopyItem item{.from = from.toUtf8(), .to = to, .mode = mode, .target = {}};
        if (type == "directory"_L1)
            return addFolder(item);
        if (type == "file"_L1) {
            item.size = std::max<qint64>(0, entry.value("size"_L1).toInteger());
        } else if (type == "symlink"_L1) {
            item.kind = CopyItem::Kind::Link;
            item.target = entry.value("target"_L1).toString().toUtf8();
        } else {
            return m_plan.leaveOut(u"%1 is no file, and left out."_s.arg(tame(from)));
        }
        return m_plan.add(item);
    }

    CopyPlan take()
    {
        copy::putLinksLast(m_plan);
        return std::move(m_plan);
    }

private:
    Result<void> addFolder(CopyItem item)
    {
        if (!m_recursive)
            return copy::needsRecursion(item.from);
        const QString from = QString::fromUtf8(item.from);
        const Result<QJsonObject> list
            = m_engine.get(sandboxPath(m_sandbox, u"/files/list"_s), {{u"path"_s, from}});
        if (!list)
            return list.error();
        if (list->value("has_more"_L1).toBool())
            return Error{ErrorCode::LimitExceeded,
                         u"%1 has too many entries to copy."_s.arg(tame(from)),
                         {}};
        item.kind = CopyItem::Kind::Folder;
        if (const Result<void> added = m_plan.add(item); !added)
            return added;
        const QJsonArray entries = list->value("items"_L1).toArray();
        for (const QJsonValue &entry : entries) {
            const QByteArray name = entry["name"_L1].toString().toUtf8();
            Result<void> added = copy::checkListedName(name, item.from);
            if (added)
                added = add(QString::fromUtf8(copy::joined(item.from, name)),
                            copy::joined(item.to, name), entry.toObject());
            if (!added)
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
    QByteArray target = to.path.toUtf8();
    const Result<QJsonObject> there = statIn(engine, to);
    if (!there && there.error().code != ErrorCode::NotFound)
        return there.error();
    const bool folder = there && there->value("type"_L1).toString() == "directory"_L1;
    if (folder || target.endsWith('/') || target.isEmpty())
        target = copy::joined(
            target, copy::lastName(QFile::encodeName(QFileInfo(from).absoluteFilePath())));
    CopyPlan plan;
    if (const Result<void> added
        = copy::planLocal(plan, QFile::encodeName(from), target, recursive);
        !added)
        return added.error();
    return plan;
}

Result<CopyPlan> planDownload(client::Client &engine, const CopyPlace &from, const QString &to,
                              bool recursive)
{
    const Result<QJsonObject> entry = statIn(engine, from);
    if (!entry)
        return entry.error();
    QByteArray target = QFile::encodeName(to);
    if (QFileInfo(to).isDir() || to.endsWith(u'/')) {
        const QByteArray name = copy::lastName(from.path.toUtf8());
        if (!name.isEmpty())
            target = copy::joined(target, name);
    }
    DownloadPlanner planner(engine, from.sandbox, recursive);
    if (const Result<void> added = planner.add(from.path, target, *entry); !added)
        return added.error();
    return planner.take();
}

} // namespace quarry::cli
