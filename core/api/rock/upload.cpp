// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/rock/upload.h"

#include "api/json/fieldreader.h"
#include "api/rock/envelope.h"

#include <QJsonObject>
#include <QPointer>

namespace quarry::api::rock {

using namespace Qt::StringLiterals;

namespace {

constexpr int longestPath = 4000;

QString baseName(const QString &path)
{
    return path.mid(path.lastIndexOf(u'/') + 1);
}

} // namespace

Upload::Upload(ContextPtr context, http::ExchangePtr exchange)
    : m_context(std::move(context)), m_exchange(std::move(exchange))
{
    m_form.fileBegan = [this](const http::MultipartPart &part) { return fileBegan(part); };
    m_form.fileData = [this](QByteArrayView data) { return fileData(data); };
    m_form.fileEnded = [this] {
        m_inFile = false;
        return Result<void>();
    };
    connect(m_exchange.get(), &http::Exchange::aborted, this, &Upload::close);
}

void Upload::start(const ContextPtr &context, const http::ExchangePtr &exchange)
{
    auto *upload = new Upload(context, exchange);
    if (!upload->readBoundary())
        return;
    const QPointer<Upload> self(upload);
    exchange->streamBody(context->settings.maxUpload,
                         {[self](QByteArrayView data) {
                              if (!self || self->m_over)
                                  return;
                              if (const Result<void> taken = self->m_parser->push(data); !taken)
                                  self->fail(taken.error());
                          },
                          [self](const Result<void> &received) {
                              if (self)
                                  self->bodyEnded(received);
                          }});
}

bool Upload::readBoundary()
{
    const Result<QByteArray> boundary
        = http::MultipartParser::boundaryOf(m_exchange->request().fields.value("Content-Type"));
    if (!boundary) {
        refuse(u"body: must be multipart/form-data with file, target_path and sandbox_id ("_s
               + boundary.error().message + u')');
        return false;
    }
    m_parser = std::make_unique<http::MultipartParser>(*boundary, m_form);
    return true;
}

QString Upload::field(const QString &name) const
{
    return QString::fromUtf8(m_form.field(name).value_or(QByteArray()));
}

Result<void> Upload::fileBegan(const http::MultipartPart &part)
{
    m_inFile = part.name == "file"_L1;
    if (!m_inFile)
        return {};
    if (std::exchange(m_fileSeen, true))
        return Error{ErrorCode::InvalidArgument, u"file: must come once"_s, {}};
    if (m_form.field(u"sandbox_id"_s) && m_form.field(u"target_path"_s)) {
        if (const QString wrong = faults(); !wrong.isEmpty())
            return Error{ErrorCode::InvalidArgument, wrong, {}};
        openWriter();
    } else {
        m_spool = std::make_shared<SpoolFile>(m_context->spoolFolder());
    }
    return {};
}

void Upload::openWriter()
{
    const QString id = field(u"sandbox_id"_s).trimmed();
    m_exchange->setSubject(id);
    m_context->sandboxes().touch(id);
    Result<SandboxWriterPtr> writer = SandboxWriter::open(*m_context, id, field(u"target_path"_s));
    if (!writer) {
        fail(writer.error());
        return;
    }
    m_writer = std::move(*writer);
    connect(m_writer.get(), &SandboxWriter::failed, this, &Upload::fail);
    connect(m_writer.get(), &SandboxWriter::drained, this, [this] {
        if (m_exchange)
            m_exchange->resumeBody();
    });
}

Result<void> Upload::fileData(QByteArrayView data)
{
    if (!m_inFile || m_over)
        return {};
    if (m_spool)
        return m_spool->append(data);
    m_writer->write(data);
    if (m_writer->isFull())
        m_exchange->pauseBody();
    return {};
}

QString Upload::faults() const
{
    QJsonObject given;
    for (const QString &name : m_form.fieldNames())
        given.insert(name, field(name));
    FieldReader fields(given);
    fields.name(u"sandbox_id"_s);
    const QString target = fields.text(u"target_path"_s);
    if (m_form.field(u"target_path"_s)) {
        if (target.trimmed().isEmpty())
            fields.addFault(u"target_path"_s, u"must not be blank"_s);
        else if (target.endsWith(u'/') || baseName(target) == "."_L1 || baseName(target) == ".."_L1)
            fields.addFault(u"target_path"_s, u"must end with a file's name"_s);
        else if (target.toUtf8().size() > longestPath)
            fields.addFault(u"target_path"_s, u"is too long"_s);
    }
    if (!m_fileSeen)
        fields.addFault(u"file"_s,
                        m_form.field(u"file"_s) ? u"must be a file with a name"_s : u"missing"_s);
    return fields.faults();
}

void Upload::bodyEnded(const Result<void> &received)
{
    if (m_over)
        return;
    if (!received) { // the client has been answered, or is gone
        close();
        return;
    }
    if (const Result<void> whole = m_parser->finish(); !whole) {
        fail(whole.error());
        return;
    }
    if (const QString wrong = faults(); !wrong.isEmpty()) {
        refuse(wrong);
        return;
    }
    keepAlive(m_exchange);
    if (!m_writer)
        openWriter();
    if (m_over)
        return;
    const QPointer<Upload> self(this);
    const Callback<qint64> done = [self](const Result<qint64> &written) {
        if (self)
            self->fileWritten(written);
    };
    if (m_spool)
        m_writer->finishFrom(m_spool, done);
    else
        m_writer->finish(done);
}

void Upload::fileWritten(const Result<qint64> &written)
{
    if (m_over)
        return;
    if (!written) {
        fail(written.error());
        return;
    }
    const QString target = field(u"target_path"_s);
    succeed(m_exchange,
            QJsonObject{{u"success"_s, true},
                        {u"message"_s, u"%1 bytes written to %2"_s.arg(*written).arg(target)},
                        {u"file_name"_s, baseName(target)}});
    close();
}

void Upload::fail(const Error &error)
{
    if (m_over)
        return;
    if (error.code == ErrorCode::InvalidArgument)
        rock::refuse(m_exchange, error.message);
    else
        rock::fail(m_exchange, error);
    close();
}

void Upload::refuse(const QString &faults)
{
    rock::refuse(m_exchange, faults);
    close();
}

void Upload::close()
{
    if (std::exchange(m_over, true))
        return;
    // Not the parser: it may be the one that calls.
    m_spool.reset();
    deleteLater();
}

} // namespace quarry::api::rock
