// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// read_file, write_file and upload.
#include "api/json/contentstream.h"
#include "api/common/sandboxwriter.h"
#include "api/rock/call.h"
#include "api/rock/fileanswer.h"
#include "api/rock/routes.h"
#include "api/rock/upload.h"

namespace quarry::api::rock {

using namespace Qt::StringLiterals;

namespace {

// A write_file whose content is on its way: the SDK sends it before the path.
struct WriteCall {
    WriteCall(const Context &context)
        : spool(std::make_shared<SpoolFile>(context.spoolFolder())),
          stream("content",
                 {[this](QByteArrayView data) { return spool->append(data); },
                  [this] {
                      spool->clear();
                      return Result<void>();
                  }},
                 {context.settings.jsonDepth})
    {
    }

    std::shared_ptr<SpoolFile> spool;
    ContentStream stream;
    SandboxWriterPtr writer;
    bool over = false;
};

void refuseOrFail(const http::ExchangePtr &exchange, const Error &error)
{
    if (error.code == ErrorCode::InvalidArgument || error.code == ErrorCode::LimitExceeded)
        refuse(exchange, error.message);
    else
        fail(exchange, error);
}

void write(const ContextPtr &context, const http::ExchangePtr &exchange,
           const std::shared_ptr<WriteCall> &call, const QString &id, const QString &path)
{
    context->sandboxes().touch(id);
    Result<SandboxWriterPtr> writer = SandboxWriter::open(*context, id, path);
    if (!writer) {
        fail(exchange, writer.error());
        return;
    }
    call->writer = std::move(*writer);
    keepAlive(exchange);
    call->writer->finishFrom(call->spool, [exchange, call, path](const Result<qint64> &written) {
        if (written)
            succeed(
                exchange,
                QJsonObject{{u"success"_s, true},
                            {u"message"_s, u"%1 bytes written to %2"_s.arg(*written).arg(path)}});
        else
            fail(exchange, written.error());
    });
}

void bodyEnded(const ContextPtr &context, const http::ExchangePtr &exchange,
               const std::shared_ptr<WriteCall> &call)
{
    const Result<QJsonObject> body = call->stream.finish();
    if (!body) {
        refuseOrFail(exchange, body.error());
        return;
    }
    FieldReader fields(*body);
    const QString id = sandboxId(exchange, fields);
    const QString path = fields.text(u"path"_s);
    fields.text(u"content"_s);
    if (fields.has(u"path"_s) && fields.value(u"path"_s).isString() && path.trimmed().isEmpty())
        fields.addFault(u"path"_s, u"must not be blank"_s);
    if (!refused(exchange, fields))
        write(context, exchange, call, id, path);
}

http::Handler writeFile(const ContextPtr &context)
{
    return [context](const http::ExchangePtr &exchange) {
        auto call = std::make_shared<WriteCall>(*context);
        exchange->streamBody(context->settings.maxUpload,
                             {[exchange, call](QByteArrayView data) {
                                  if (call->over)
                                      return;
                                  if (const Result<void> taken = call->stream.push(data); !taken) {
                                      call->over = true;
                                      refuseOrFail(exchange, taken.error());
                                  }
                              },
                              [context, exchange, call](const Result<void> &received) {
                                  if (received && !call->over)
                                      bodyEnded(context, exchange, call);
                              }});
    };
}

void readFile(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const QString id = sandboxId(exchange, fields);
    const QString path = fields.text(u"path"_s);
    const Result<DecodeErrors> errors = decodeErrorsFromText(fields.optionalText(u"errors"_s));
    if (!errors)
        fields.addFault(u"errors"_s, errors.error().message);
    Result<std::unique_ptr<TextDecoder>> decoder = TextDecoder::make(
        fields.optionalText(u"encoding"_s), errors ? *errors : DecodeErrors::Strict);
    if (!decoder)
        fields.addFault(u"encoding"_s, decoder.error().message);
    if (!fields.good()) {
        refuse(exchange, fields.faults(), unreadFile());
        return;
    }
    context->sandboxes().touch(id);
    Result<SandboxReaderPtr> reader = SandboxReader::open(*context, id, path);
    if (!reader) {
        fail(exchange, reader.error(), unreadFile());
        return;
    }
    keepAlive(exchange);
    // Ends itself with the answer.
    new FileAnswer(exchange, std::move(*reader), std::move(*decoder));
}

} // namespace

void addFileRoutes(http::Router &router, const ContextPtr &context)
{
    router.add("POST", below(u"/read_file"), withBody(context, readFile));
    const http::RouteOptions streamed{.maxBody = context->settings.maxUpload, .streaming = true};
    router.add("POST", below(u"/write_file"), writeFile(context), streamed);
    router.add(
        "POST", below(u"/upload"),
        [context](const http::ExchangePtr &exchange) { Upload::start(context, exchange); },
        streamed);
}

} // namespace quarry::api::rock
