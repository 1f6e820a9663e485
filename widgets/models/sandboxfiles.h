// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the window asks of one sandbox's files.
#pragma once

#include "engine/enginehost.h"
#include "sandbox/files/filecontent.h"
#include "sandbox/files/treecount.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace quarry::widgets {

// A value. Paths are absolute, and bytes. Every answer comes on the host's thread, unless CONTEXT
// has gone; NotFound or WrongState when the sandbox does not run. Asking counts as use of the
// sandbox.
class SandboxFiles
{
public:
    // HOST lives as long.
    SandboxFiles(engine::EngineHost &host, QString id) : m_host(&host), m_id(std::move(id)) { }

    const QString &id() const { return m_id; }
    engine::EngineHost &host() const { return *m_host; }

    // One page; see AgentClient::list.
    void list(const QByteArray &path, quint64 cursor, QObject *context,
              Callback<agent::FileList> done) const;
    // Of what a link leads to.
    void stat(const QByteArray &path, QObject *context, Callback<agent::FileInfo> done) const;
    // See readContent() and writeContent().
    void read(const QByteArray &path, qint64 limit, QObject *context,
              Callback<sandbox::FileContent> done) const;
    void write(const sandbox::ContentWrite &write, QObject *context,
               Callback<agent::FileInfo> done) const;

    // AlreadyExists when the name is taken.
    void makeFolder(const QByteArray &path, QObject *context, Callback<void> done) const;
    void rename(const QByteArray &from, const QByteArray &to, QObject *context,
                Callback<void> done) const;
    // One after the other with all that is in them; stops at the first failure.
    void remove(const QList<QByteArray> &paths, QObject *context, Callback<void> done) const;
    void count(const QList<QByteArray> &paths, qint64 limit, QObject *context,
               Callback<sandbox::TreeCount> done) const;

private:
    template <typename T>
    void ask(QObject *context,
             std::function<void(agent::AgentClient *client, const Callback<T> &done)> work,
             Callback<T> done) const;

    engine::EngineHost *m_host;
    QString m_id;
};

} // namespace quarry::widgets
