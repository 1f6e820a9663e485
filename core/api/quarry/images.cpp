// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// images: list, show, import, export, remove.
#include "api/common/answers.h"
#include "api/quarry/objects.h"
#include "api/quarry/routes.h"
#include "api/common/onleave.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace quarry::api::own {

using namespace Qt::StringLiterals;
using engine::ImageInfo;
using engine::ImageProgress;

namespace {

void list(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &)
{
    context->engine.images().list([exchange](const Result<QList<ImageInfo>> &images) {
        if (!images) {
            respondError(exchange, images.error());
            return;
        }
        QJsonArray items;
        for (const ImageInfo &image : *images)
            items.append(imageObject(image));
        respond(exchange, listObject(items, items.size(), false));
    });
}

void show(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const QString name = fields.name(u"name"_s);
    if (refused(exchange, fields))
        return;
    context->engine.images().show(name, [exchange](const Result<ImageInfo> &image) {
        if (image)
            respond(exchange, imageObject(*image));
        else
            respondError(exchange, image.error());
    });
}

void remove(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const QString name = fields.name(u"name"_s);
    if (refused(exchange, fields))
        return;
    context->engine.images().remove(name, [exchange, name](const Result<void> &done) {
        if (done)
            respond(exchange, {{u"name"_s, name}});
        else
            respondError(exchange, done.error());
    });
}

// ---- work that tells its progress, a line of JSON each

void writeLine(const http::ExchangePtr &exchange, const QJsonObject &line)
{
    exchange->write(QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n');
}

void beginLines(const http::ExchangePtr &exchange)
{
    exchange->beginResponse(200, {{"Content-Type", "application/x-ndjson"}});
}

engine::ImageService::Progress progressLines(const http::ExchangePtr &exchange)
{
    return [exchange](const ImageProgress &progress) {
        writeLine(exchange,
                  {{u"event"_s, u"progress"_s},
                   {u"bytes_done"_s, progress.bytesDone},
                   {u"bytes_total"_s, progress.bytesTotal}});
    };
}

void endLines(const http::ExchangePtr &exchange, const Error *error, QJsonObject done)
{
    if (error) {
        writeLine(exchange,
                  {{u"event"_s, u"error"_s},
                   {u"code"_s, toString(error->code)},
                   {u"message"_s, error->message},
                   {u"details"_s, error->details}});
    } else {
        done.insert(u"event"_s, u"done"_s);
        writeLine(exchange, done);
    }
    exchange->finish();
}

struct PathAndName {
    QString path;
    QString name;
};

PathAndName readPathAndName(FieldReader &fields)
{
    PathAndName both{fields.text(u"path"_s), fields.name(u"name"_s)};
    if (!both.path.isEmpty() && !both.path.startsWith(u'/'))
        fields.addFault(u"path"_s, u"must be absolute"_s);
    return both;
}

void importImage(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const PathAndName from = readPathAndName(fields);
    if (!from.name.isEmpty() && !isImageReference(from.name))
        fields.addFault(u"name"_s, u"must be an image reference, like name:tag"_s);
    if (refused(exchange, fields))
        return;
    beginLines(exchange);
    OnLeave leave;
    leave.set(exchange,
              context->engine.images().importFrom(
                  from.path, from.name, progressLines(exchange),
                  [exchange, leave](const Result<ImageInfo> &image) mutable {
                      leave.drop();
                      if (image)
                          endLines(exchange, nullptr, {{u"image"_s, imageObject(*image)}});
                      else
                          endLines(exchange, &image.error(), {});
                  }));
}

void exportImage(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const PathAndName to = readPathAndName(fields);
    if (refused(exchange, fields))
        return;
    beginLines(exchange);
    OnLeave leave;
    leave.set(exchange,
              context->engine.images().exportTo(
                  to.name, to.path, progressLines(exchange),
                  [exchange, to, leave](const Result<void> &done) mutable {
                      leave.drop();
                      endLines(exchange, done ? nullptr : &done.error(),
                               {{u"path"_s, to.path}, {u"name"_s, to.name}});
                  }));
}

} // namespace

void addImageRoutes(http::Router &router, const ContextPtr &context)
{
    router.add("GET", below(u"/images"), withQuery(context, list));
    router.add("GET", below(u"/images/show"), withQuery(context, show));
    router.add("DELETE", below(u"/images"), withQuery(context, remove));
    router.add("POST", below(u"/images/import"), withBody(context, importImage));
    router.add("POST", below(u"/images/export"), withBody(context, exportImage));
}

} // namespace quarry::api::own
