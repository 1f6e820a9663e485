// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/files/treewalk.h"

#include "copy/copyplan.h"
#include "sandbox/files/fileerror.h"

namespace quarry::sandbox {

using agent::FileInfo;
using agent::FileList;

TreeWalk::TreeWalk(agent::AgentClient *client, Visit visit, QObject *parent)
    : QObject(parent), m_client(client), m_visit(std::move(visit))
{
}

void TreeWalk::start(const QList<QByteArray> &roots, bool followRoots, Callback<void> done)
{
    m_roots = roots;
    m_followRoots = followRoots;
    m_done = std::move(done);
    next();
}

void TreeWalk::next()
{
    if (!m_client) {
        proceed(agentGone());
        return;
    }
    if (!m_waiting.empty()) {
        const Folder folder = std::move(m_waiting.back());
        m_waiting.pop_back();
        list(folder);
        return;
    }
    if (m_nextRoot == m_roots.size()) {
        m_done({});
        return;
    }
    const qsizetype root = m_nextRoot++;
    const QByteArray path = m_roots[root];
    m_client->stat(path, m_followRoots, this, [this, root, path](const Result<FileInfo> &info) {
        proceed(info ? take({root, {}, path, *info}) : aboutFile(info.error(), path));
    });
}

void TreeWalk::list(const Folder &folder)
{
    m_client->list(folder.path, folder.cursor, this, [this, folder](const Result<FileList> &page) {
        proceed(page ? takePage(folder, *page) : aboutFile(page.error(), folder.path));
    });
}

Result<void> TreeWalk::take(const Found &found)
{
    const Result<void> visited = m_visit(found);
    if (visited && found.info.type == FileInfo::Type::Folder)
        m_waiting.push_back({found.root, found.path, 0});
    return visited;
}

Result<void> TreeWalk::takePage(Folder folder, const FileList &page)
{
    // What a page brought comes before the next page: so what waits is bounded by pages, not by
    // folders.
    const auto rest = qsizetype(m_waiting.size());
    for (const FileInfo &info : page.entries) {
        const auto name = QByteArray::fromStdString(info.name);
        Result<void> taken = copy::checkListedName(name, folder.path);
        if (taken)
            taken = take({folder.root, folder.path, copy::joined(folder.path, name), info});
        if (!taken)
            return taken;
    }
    if (page.next != 0) {
        const QByteArray path = folder.path;
        folder.cursor = page.next;
        m_waiting.insert(m_waiting.begin() + rest, std::move(folder));
    }
    return {};
}

void TreeWalk::proceed(const Result<void> &so)
{
    if (so)
        next();
    else
        m_done(so);
}

} // namespace quarry::sandbox
