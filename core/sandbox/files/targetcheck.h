// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Which files of a plan would take the place of files in a sandbox.
#pragma once

#include "agent/client/agentclient.h"
#include "copy/copyplan.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QSet>

#include <optional>

namespace quarry::sandbox {

// Lists the folders that are on both sides, so that the cost is that of what is there already.
// Lives on the agent's thread.
class TargetCheck : public QObject
{
    Q_OBJECT
public:
    TargetCheck(agent::AgentClient *client, QList<copy::CopyItem> items, QObject *parent = nullptr);

    // Once. The numbers of the items; AlreadyExists when something is in the way. DONE may delete
    // this (deleteLater).
    void start(Callback<QList<qsizetype>> done);

private:
    using Type = agent::FileInfo::Type;

    void next();
    void look(const QByteArray &path);
    void judge(std::optional<Type> there);
    void list(const QByteArray &folder, quint64 cursor);

    QPointer<agent::AgentClient> m_client;
    QList<copy::CopyItem> m_items;
    QSet<QByteArray> m_folders; // that the plan makes
    QSet<QByteArray> m_wanted;
    QHash<QByteArray, Type> m_there; // of the wanted
    QList<qsizetype> m_replaced;
    qsizetype m_next = 0;
    Callback<QList<qsizetype>> m_done;
};

} // namespace quarry::sandbox
