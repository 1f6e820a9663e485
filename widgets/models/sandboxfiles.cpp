// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/sandboxfiles.h"

#include "base/escapedname.h"
#include "sandbox/files/fileerror.h"

namespace quarry::widgets {

using agent::AgentClient;
using agent::FileInfo;
using agent::FileList;
using sandbox::aboutFile;

namespace {

constexpr quint32 folderMode = 0755;

template <typename T>
Callback<T> naming(const QByteArray &path, const Callback<T> &done)
{
    return [path, done](Result<T> result) {
        if (result)
            done(std::move(result));
        else
            done(aboutFile(result.error(), path));
    };
}

void removeFrom(AgentClient *client, const QList<QByteArray> &paths, qsizetype at,
                const Callback<void> &done)
{
    if (at == paths.size()) {
        done({});
        return;
    }
    client->remove(paths[at], true, client, [=](const Result<void> &removed) {
        if (removed)
            removeFrom(client, paths, at + 1, done);
        else
            done(aboutFile(removed.error(), paths[at]));
    });
}

} // namespace

template <typename T>
void SandboxFiles::ask(QObject *context,
                       std::function<void(AgentClient *client, const Callback<T> &done)> work,
                       Callback<T> done) const
{
    m_host->ask<T>(
        context,
        [id = m_id, work = std::move(work)](engine::Engine &engine, const Callback<T> &answer) {
            const Result<AgentClient *> client = engine.sandboxes().agent(id);
            if (!client) {
                answer(client.error());
                return;
            }
            engine.sandboxes().touch(id);
            work(*client, answer);
        },
        std::move(done));
}

void SandboxFiles::list(const QByteArray &path, quint64 cursor, QObject *context,
                        Callback<FileList> done) const
{
    ask<FileList>(
        context,
        [path, cursor](AgentClient *client, const Callback<FileList> &answer) {
            client->list(path, cursor, client, naming(path, answer));
        },
        std::move(done));
}

void SandboxFiles::stat(const QByteArray &path, QObject *context, Callback<FileInfo> done) const
{
    ask<FileInfo>(
        context,
        [path](AgentClient *client, const Callback<FileInfo> &answer) {
            client->stat(path, true, client, naming(path, answer));
        },
        std::move(done));
}

void SandboxFiles::read(const QByteArray &path, qint64 limit, QObject *context,
                        Callback<sandbox::FileContent> done) const
{
    ask<sandbox::FileContent>(
        context,
        [path, limit](AgentClient *client, const Callback<sandbox::FileContent> &answer) {
            sandbox::readContent(client, path, limit, answer);
        },
        std::move(done));
}

void SandboxFiles::write(const sandbox::ContentWrite &write, QObject *context,
                         Callback<FileInfo> done) const
{
    ask<FileInfo>(
        context,
        [write](AgentClient *client, const Callback<FileInfo> &answer) {
            sandbox::writeContent(client, write, answer);
        },
        std::move(done));
}

void SandboxFiles::makeFolder(const QByteArray &path, QObject *context, Callback<void> done) const
{
    ask<void>(
        context,
        [path](AgentClient *client, const Callback<void> &answer) {
            client->makeFolder(path, folderMode, false, client, naming(path, answer));
        },
        std::move(done));
}

// The agent's rename would take the place of a file without a word.
void SandboxFiles::rename(const QByteArray &from, const QByteArray &to, QObject *context,
                          Callback<void> done) const
{
    ask<void>(
        context,
        [from, to](AgentClient *client, const Callback<void> &answer) {
            client->stat(to, false, client, [=](const Result<FileInfo> &there) {
                if (there)
                    answer({ErrorCode::AlreadyExists,
                            QStringLiteral("%1 is there already.").arg(escapedName(to))});
                else if (there.error().code != ErrorCode::NotFound)
                    answer(aboutFile(there.error(), to));
                else
                    client->rename(from, to, client, naming(from, answer));
            });
        },
        std::move(done));
}

void SandboxFiles::remove(const QList<QByteArray> &paths, QObject *context,
                          Callback<void> done) const
{
    ask<void>(
        context,
        [paths](AgentClient *client, const Callback<void> &answer) {
            removeFrom(client, paths, 0, answer);
        },
        std::move(done));
}

void SandboxFiles::count(const QList<QByteArray> &paths, qint64 limit, QObject *context,
                         Callback<sandbox::TreeCount> done) const
{
    ask<sandbox::TreeCount>(
        context,
        [paths, limit](AgentClient *client, const Callback<sandbox::TreeCount> &answer) {
            sandbox::countTree(client, paths, limit, answer);
        },
        std::move(done));
}

} // namespace quarry::widgets
