// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/engineclient.h"

#include "cli/arguments.h"
#include "cli/configuration.h"
#include "cli/context.h"
#include "cli/progress.h"
#include "service/signalwatch.h"

#include <poll.h>

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr int pageSize = 500;
constexpr int pagesMax = 1000;

// False when interrupted meanwhile.
bool pause(Context &context, int milliseconds)
{
    pollfd entry{context.signalWatch().descriptor(), POLLIN, 0};
    return ::poll(&entry, 1, milliseconds) == 0;
}

QString phaseText(const QJsonObject &sandbox)
{
    for (const QJsonValue &phase : sandbox.value("phases"_L1).toArray()) {
        if (phase["status"_L1].toString() == "running"_L1)
            return phase["name"_L1].toString() + u' ' + phase["message"_L1].toString();
    }
    return u"waiting"_s;
}

QString failureText(const QJsonObject &sandbox)
{
    for (const QJsonValue &phase : sandbox.value("phases"_L1).toArray()) {
        const QString status = phase["status"_L1].toString();
        if (status == "failed"_L1 || status == "timeout"_L1)
            return phase["message"_L1].toString();
    }
    return sandbox.value("reason"_L1).toString();
}

} // namespace

Result<client::Client> engineClient(const Arguments &arguments, Context &context)
{
    const Result<QString> folder = dataFolder(arguments);
    if (!folder)
        return folder.error();
    return client::Client(*folder, context.signalWatch().descriptor());
}

Result<QJsonArray> allItems(client::Client &engine, const QString &path, client::Query query)
{
    QJsonArray all;
    query << qMakePair(u"page_size"_s, QString::number(pageSize))
          << qMakePair(u"page"_s, QString());
    for (int page = 1; page <= pagesMax; ++page) {
        query.last().second = QString::number(page);
        const Result<QJsonObject> answer = engine.get(path, query);
        if (!answer)
            return answer.error();
        for (const QJsonValue &item : answer->value("items"_L1).toArray())
            all << item;
        if (!answer->value("has_more"_L1).toBool())
            break;
    }
    return all;
}

QString sandboxPath(const QString &id, const QString &rest)
{
    return u"/sandboxes/"_s + client::Client::segment(id) + rest;
}

Result<QJsonObject> awaitSandbox(client::Client &engine, const QString &id, Context &context)
{
    Progress progress(context, u"Starting "_s + id);
    for (int wait = 5;; wait = std::min(wait * 2, 200)) {
        Result<QJsonObject> sandbox = engine.get(sandboxPath(id));
        if (!sandbox)
            return sandbox;
        const QString state = sandbox->value("state"_L1).toString();
        if (state == "running"_L1)
            return sandbox;
        if (state != "pending"_L1)
            return Error{ErrorCode::CommandFailed,
                         u"The sandbox %1 did not start: %2"_s.arg(id, failureText(*sandbox)),
                         {{u"sandbox"_s, *sandbox}}};
        progress.text(phaseText(*sandbox));
        if (!pause(context, wait))
            return Error{ErrorCode::Cancelled, u"Interrupted."_s, {}};
    }
}

} // namespace quarry::cli
