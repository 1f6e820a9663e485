// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/files/filecontent.h"

#include "agent/client/agentfilereader.h"
#include "agent/client/agentfilewriter.h"
#include "base/escapedname.h"
#include "sandbox/files/fileerror.h"

#include <QPointer>

#include <memory>

namespace quarry::sandbox {

using namespace Qt::StringLiterals;
using agent::AgentClient;
using agent::AgentFileReader;
using agent::AgentFileWriter;
using agent::FileInfo;

namespace {

Error tooLarge(const QByteArray &path, qint64 limit)
{
    return {ErrorCode::LimitExceeded,
            u"%1 has more than %2 bytes."_s.arg(escapedName(path), QString::number(limit)),
            {}};
}

void commit(AgentClient *client, const ContentWrite &write, const Callback<FileInfo> &done)
{
    auto *writer = new AgentFileWriter(client, write.path, {.parents = false}, client);
    QObject::connect(writer, &AgentFileWriter::failed, writer,
                     [writer, done, path = write.path](const Error &error) {
                         writer->deleteLater();
                         done(aboutFile(error, path));
                     });
    QObject::connect(writer, &AgentFileWriter::finished, writer, [writer, done, path = write.path] {
        writer->deleteLater();
        if (writer->client())
            writer->client()->stat(path, true, writer->client(), done);
        else
            done(agentGone());
    });
    writer->write(write.bytes);
    writer->commit();
}

// Why the file must not be written over; empty: it may.
std::optional<Error> objection(const ContentWrite &write, const Result<FileInfo> &now)
{
    const QString name = escapedName(write.path);
    if (!now && now.error().code != ErrorCode::NotFound)
        return aboutFile(now.error(), write.path);
    if (write.fresh && now)
        return Error{ErrorCode::AlreadyExists, u"%1 is there already."_s.arg(name), {}};
    if (write.expected && !now)
        return Error{ErrorCode::WrongState,
                     u"%1 has been removed meanwhile."_s.arg(name),
                     {{u"conflict"_s, u"removed"_s}}};
    if (write.expected && FileStamp::of(*now) != *write.expected)
        return Error{ErrorCode::WrongState,
                     u"%1 has been changed meanwhile."_s.arg(name),
                     {{u"conflict"_s, u"changed"_s}}};
    return {};
}

} // namespace

void readContent(AgentClient *client, const QByteArray &path, qint64 limit,
                 Callback<FileContent> done)
{
    auto *reader = new AgentFileReader(client, path, 0, limit + 1, client);
    const auto content = std::make_shared<FileContent>();
    const auto end = [reader, done = std::move(done), path](Result<FileContent> result) {
        reader->disconnect();
        reader->deleteLater();
        done(result ? std::move(result) : aboutFile(result.error(), path));
    };
    QObject::connect(reader, &AgentFileReader::opened, reader, [=](const FileInfo &info) {
        content->info = info;
        if (info.size > quint64(limit))
            end(tooLarge(path, limit));
    });
    // Files of /proc say that they are empty.
    QObject::connect(reader, &AgentFileReader::dataArrived, reader, [=](const QByteArray &data) {
        content->bytes += data;
        if (content->bytes.size() > limit)
            end(tooLarge(path, limit));
        else
            reader->consume(data.size());
    });
    QObject::connect(reader, &AgentFileReader::finished, reader, [=] { end(std::move(*content)); });
    QObject::connect(reader, &AgentFileReader::failed, reader,
                     [=](const Error &error) { end(error); });
}

void writeContent(AgentClient *client, const ContentWrite &write, Callback<FileInfo> done)
{
    // A link counts as its file, but not where the name must be free.
    client->stat(write.path, !write.fresh, client,
                 [client = QPointer(client), write, done](const Result<FileInfo> &now) {
                     if (const std::optional<Error> why = objection(write, now))
                         done(*why);
                     else if (client)
                         commit(client, write, done);
                     else
                         done(agentGone());
                 });
}

} // namespace quarry::sandbox
