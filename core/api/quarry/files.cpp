// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Files of a sandbox: get, put, list, stat, mkdir, remove.
#include "agent/client/agentclient.h"
#include "api/common/sandboxreader.h"
#include "api/common/sandboxwriter.h"
#include "api/common/sandboxid.h"
#include "api/common/answers.h"
#include "api/quarry/filedownload.h"
#include "api/quarry/routes.h"
#include "base/clock.h"

#include <QJsonArray>

namespace quarry::api::own {

using namespace Qt::StringLiterals;
using agent::FileInfo;
using agent::FileList;

namespace {

constexpr qsizetype mostEntries = 100'000;

QString pathOf(FieldReader &fields)
{
    const QString path = fields.text(u"path"_s);
    if (fields.has(u"path"_s) && path.isEmpty())
        fields.addFault(u"path"_s, u"must not be empty"_s);
    return path;
}

// Octal as text ("0644"), or a number.
std::optional<quint32> modeOf(FieldReader &fields)
{
    if (!fields.has(u"mode"_s))
        return {};
    const QJsonValue value = fields.value(u"mode"_s);
    bool good = value.isDouble() && value.toDouble() >= 0 && value.toDouble() <= 07777;
    const quint32 mode
        = value.isString() ? value.toString().toUInt(&good, 8) : quint32(value.toInt());
    if (good && mode <= 07777)
        return mode;
    fields.addFault(u"mode"_s, u"must be permission bits, like \"0644\""_s);
    return {};
}

QString typeText(FileInfo::Type type)
{
    switch (type) {
    case FileInfo::Type::File:
        return u"file"_s;
    case FileInfo::Type::Folder:
        return u"directory"_s;
    case FileInfo::Type::Link:
        return u"symlink"_s;
    case FileInfo::Type::Fifo:
    case FileInfo::Type::Socket:
    case FileInfo::Type::Device:
        break;
    }
    return u"other"_s;
}

QJsonObject fileObject(const FileInfo &info)
{
    return {
        {u"name"_s, QString::fromStdString(info.name)},
        {u"type"_s, typeText(info.type)},
        {u"size"_s, qint64(info.size)},
        {u"mode"_s, int(info.mode)},
        {u"uid"_s, qint64(info.uid)},
        {u"gid"_s, qint64(info.gid)},
        {u"mtime"_s, toRfc3339(QDateTime::fromMSecsSinceEpoch(info.modified / 1'000'000, Qt::UTC))},
        {u"target"_s, QString::fromStdString(info.target)}};
}

// The agent of the call's sandbox; null after an answer that says why not.
agent::AgentClient *agentOf(const ContextPtr &context, const http::ExchangePtr &exchange)
{
    const Result<agent::AgentClient *> client = context->sandboxes().agent(sandboxId(exchange));
    if (!client) {
        respondError(exchange, client.error());
        return nullptr;
    }
    context->sandboxes().touch(sandboxId(exchange));
    return *client;
}

void get(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const QString path = pathOf(fields);
    if (refused(exchange, fields))
        return;
    Result<SandboxReaderPtr> reader = SandboxReader::open(*context, sandboxId(exchange), path);
    if (reader)
        new FileDownload(exchange, std::move(*reader)); // ends itself with the answer
    else
        respondError(exchange, reader.error());
}

void put(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const QString path = pathOf(fields);
    const std::optional<quint32> mode = modeOf(fields);
    if (refused(exchange, fields))
        return;
    Result<SandboxWriterPtr> opened
        = SandboxWriter::open(*context, sandboxId(exchange), path, mode);
    if (!opened) {
        respondError(exchange, opened.error());
        return;
    }
    const std::shared_ptr<SandboxWriter> writer(opened->release(), FreeLater());
    // By the exchange as context, without holding it.
    http::Exchange *raw = exchange.get();
    QObject::connect(writer.get(), &SandboxWriter::drained, raw, [raw] { raw->resumeBody(); });
    // At once: the rest of the body is of no use.
    const std::weak_ptr<http::Exchange> weak = exchange;
    QObject::connect(writer.get(), &SandboxWriter::failed, raw, [weak](const Error &error) {
        if (const http::ExchangePtr held = weak.lock())
            respondError(held, error);
    });
    exchange->streamBody(
        context->settings.maxUpload,
        {[raw, writer](QByteArrayView data) {
             writer->write(data);
             if (writer->isFull())
                 raw->pauseBody();
         },
         [exchange, writer, path](const Result<void> &received) {
             if (!received)
                 return;
             keepAlive(exchange);
             writer->finish([exchange, writer, path](const Result<qint64> &written) {
                 if (written)
                     respond(exchange, {{u"path"_s, path}, {u"bytes"_s, *written}});
                 else
                     respondError(exchange, written.error());
             });
         }});
}

// Page after page until the folder's end.
void listFrom(const ContextPtr &context, const http::ExchangePtr &exchange, const QString &path,
              quint64 cursor, QJsonArray items)
{
    agent::AgentClient *client = agentOf(context, exchange);
    if (!client)
        return;
    client->list(path.toUtf8(), cursor, exchange.get(),
                 [context, exchange, path, items](const Result<FileList> &page) mutable {
                     if (!page) {
                         respondError(exchange, aboutFile(page.error(), path));
                         return;
                     }
                     for (const FileInfo &info : page->entries)
                         items.append(fileObject(info));
                     if (page->next != 0 && items.size() < mostEntries)
                         listFrom(context, exchange, path, page->next, std::move(items));
                     else
                         respond(exchange, listObject(items, items.size(), page->next != 0));
                 });
}

void list(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const QString path = pathOf(fields);
    if (!refused(exchange, fields))
        listFrom(context, exchange, path, 0, {});
}

void stat(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const QString path = pathOf(fields);
    const bool follow = fields.flag(u"follow"_s);
    if (refused(exchange, fields))
        return;
    if (agent::AgentClient *client = agentOf(context, exchange))
        client->stat(path.toUtf8(), follow, exchange.get(),
                     [exchange, path](const Result<FileInfo> &info) {
                         if (info)
                             respond(exchange, fileObject(*info));
                         else
                             respondError(exchange, aboutFile(info.error(), path));
                     });
}

Callback<void> answerDone(const http::ExchangePtr &exchange, const QString &path)
{
    return [exchange, path](const Result<void> &done) {
        if (done)
            respond(exchange, {{u"path"_s, path}});
        else
            respondError(exchange, aboutFile(done.error(), path));
    };
}

void makeFolder(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const QString path = pathOf(fields);
    const quint32 mode = modeOf(fields).value_or(0755);
    if (refused(exchange, fields))
        return;
    if (agent::AgentClient *client = agentOf(context, exchange))
        client->makeFolder(path.toUtf8(), mode, true, exchange.get(), answerDone(exchange, path));
}

void remove(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const QString path = pathOf(fields);
    const bool recursive = fields.flag(u"recursive"_s);
    if (refused(exchange, fields))
        return;
    if (agent::AgentClient *client = agentOf(context, exchange)) {
        keepAlive(exchange);
        client->remove(path.toUtf8(), recursive, exchange.get(), answerDone(exchange, path));
    }
}

} // namespace

void addFileRoutes(http::Router &router, const ContextPtr &context)
{
    const QString files = below(u"/sandboxes/{id}/files");
    router.add("GET", files, withQuery(context, get));
    router.add("PUT", files, withQuery(context, put),
               {.maxBody = context->settings.maxUpload, .streaming = true});
    router.add("DELETE", files, withQuery(context, remove));
    router.add("GET", files + u"/list"_s, withQuery(context, list));
    router.add("GET", files + u"/stat"_s, withQuery(context, stat));
    router.add("POST", files + u"/mkdir"_s, withBody(context, makeFolder));
}

} // namespace quarry::api::own
