// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How the APIs without an envelope answer: JSON with the right status, errors as {detail, code, details}.
#pragma once

#include "api/common/fieldhandler.h"

#include <QJsonObject>

namespace quarry::api::own {

int statusOf(ErrorCode code);

void respond(const http::ExchangePtr &exchange, const QJsonObject &object, int status = 200);
void respondError(const http::ExchangePtr &exchange, const Error &error);
// {items, total, has_more}
QJsonObject listObject(const QJsonArray &items, qsizetype total, bool hasMore);

// A body that is not a JSON object is answered with 400.
http::Handler withBody(const ContextPtr &context, FieldHandler handler);
// Answers 400 when a field is at fault.
bool refused(const http::ExchangePtr &exchange, const FieldReader &fields);

// For calls that may take long: a space now and then once 20 s are over. The status is 200 then,
// and a failure is known by its "detail".
void keepAlive(const http::ExchangePtr &exchange);

} // namespace quarry::api::own
