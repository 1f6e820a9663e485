// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// commit: a sandbox's files become an image.
#include "api/rock/call.h"
#include "api/rock/routes.h"
#include "api/rock/status.h"

namespace quarry::api::rock {

using namespace Qt::StringLiterals;

namespace {

void commit(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &fields)
{
    const QString id = sandboxId(exchange, fields);
    const QString tag = fields.name(u"image_tag"_s);
    const QString user = fields.text(u"username"_s);
    fields.text(u"password"_s);
    if (!tag.isEmpty() && !isImageReference(tag))
        fields.addFault(u"image_tag"_s, u"must be an image reference, like name:tag"_s);
    if (refused(exchange, fields))
        return;
    context->sandboxes().touch(id);
    context->sandboxes().commit(id, tag, !user.isEmpty(),
                                [exchange](Result<sandbox::CommitInfo> started) {
                                    if (started)
                                        succeed(exchange, commitObject(*started));
                                    else
                                        fail(exchange, started.error());
                                });
}

void commitStatus(const ContextPtr &context, const http::ExchangePtr &exchange, FieldReader &)
{
    const Result<sandbox::CommitInfo> info = context->sandboxes().commitInfo(sandboxId(exchange));
    if (info)
        succeed(exchange, commitObject(*info));
    else
        fail(exchange, info.error());
}

} // namespace

void addCommitRoutes(http::Router &router, const ContextPtr &context)
{
    router.add("POST", below(u"/commit"), withBody(context, commit));
    router.add("GET", below(u"/commit/{id}"), withQuery(context, commitStatus));
}

} // namespace quarry::api::rock
