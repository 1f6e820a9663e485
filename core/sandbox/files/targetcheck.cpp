// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/files/targetcheck.h"

#include "sandbox/files/fileerror.h"

namespace quarry::sandbox {

using agent::FileInfo;
using agent::FileList;
using copy::CopyItem;

TargetCheck::TargetCheck(agent::AgentClient *client, QList<CopyItem> items, QObject *parent)
    : QObject(parent), m_client(client), m_items(std::move(items))
{
    for (const CopyItem &item : std::as_const(m_items)) {
        m_wanted.insert(item.to);
        if (item.kind == CopyItem::Kind::Folder)
            m_folders.insert(item.to);
    }
}

void TargetCheck::start(Callback<QList<qsizetype>> done)
{
    m_done = std::move(done);
    next();
}

void TargetCheck::next()
{
    while (m_next < m_items.size()) {
        const CopyItem &item = m_items[m_next];
        const bool known = m_folders.contains(copy::folderOf(item.to));
        const auto there = m_there.constFind(item.to);
        if (known && there == m_there.cend()) {
            ++m_next;
            continue;
        }
        if (!m_client)
            m_done(agentGone());
        else if (known && *there != Type::Link)
            judge(*there);
        else
            look(item.to);
        return;
    }
    m_done(m_replaced);
}

void TargetCheck::look(const QByteArray &path)
{
    m_client->stat(path, true, this, [this, path](const Result<FileInfo> &info) {
        if (info)
            judge(info->type);
        else if (info.error().code == ErrorCode::NotFound)
            judge({}); // or a link that leads nowhere, and will lead to the file
        else
            m_done(aboutFile(info.error(), path));
    });
}

// Only from the event loop, but for files, after which next() goes on.
void TargetCheck::judge(std::optional<Type> there)
{
    const qsizetype at = m_next++;
    const CopyItem &item = m_items[at];
    const bool folder = item.kind == CopyItem::Kind::Folder;
    if (there && folder != (*there == Type::Folder)) {
        m_done(copy::inTheWay(item.to, item.kind));
        return;
    }
    if (there && folder) {
        list(item.to, 0);
        return;
    }
    if (there)
        m_replaced.append(at);
    QMetaObject::invokeMethod(this, &TargetCheck::next, Qt::QueuedConnection);
}

void TargetCheck::list(const QByteArray &folder, quint64 cursor)
{
    if (!m_client) {
        m_done(agentGone());
        return;
    }
    m_client->list(folder, cursor, this, [this, folder](const Result<FileList> &page) {
        if (!page) {
            m_done(aboutFile(page.error(), folder));
            return;
        }
        for (const FileInfo &info : page->entries) {
            const QByteArray path = copy::joined(folder, QByteArray::fromStdString(info.name));
            if (m_wanted.contains(path))
                m_there.insert(path, info.type);
        }
        if (page->next != 0)
            list(folder, page->next);
        else
            next();
    });
}

} // namespace quarry::sandbox
