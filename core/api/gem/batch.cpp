// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Many environments in one call: a faulty item harms no other.
#include "api/common/answers.h"
#include "api/gem/routes.h"
#include "api/json/jsonbody.h"

#include <simdjson.h>

namespace quarry::api::gem {

using namespace Qt::StringLiterals;
using quarry::gem::BatchItem;
namespace json = simdjson::dom;

namespace {

constexpr std::size_t itemsMax = 65536;

// The body and what was read of it: the items point in here.
struct BatchBody {
    explicit BatchBody(const QByteArray &bytes) : text(bytes.constData(), std::size_t(bytes.size()))
    {
    }

    simdjson::padded_string text;
    json::parser parser;
    std::vector<BatchItem> items;
};

using ReadItem = void (*)(const json::object &, BatchItem &);

void readId(const json::object &object, BatchItem &item)
{
    if (object["sandbox_id"].get(item.id) != simdjson::SUCCESS)
        item.fault = "sandbox_id: must be a text";
}

void readStep(const json::object &object, BatchItem &item)
{
    readId(object, item);
    if (item.fault.empty() && object["action"].get(item.action) != simdjson::SUCCESS)
        item.fault = "action: must be a text";
}

void readReset(const json::object &object, BatchItem &item)
{
    readId(object, item);
    json::element seed;
    if (!item.fault.empty() || object["seed"].get(seed) != simdjson::SUCCESS || seed.is_null())
        return;
    std::uint64_t number = 0;
    if (seed.get(number) != simdjson::SUCCESS || number > UINT32_MAX)
        item.fault = "seed: must be a whole number from 0 to 4294967295";
    else
        item.seed = quint32(number);
}

Error faulty(const QString &what)
{
    return {ErrorCode::InvalidArgument, what, {}};
}

Result<void> readItems(BatchBody &body, ReadItem readItem)
{
    json::element document;
    json::array array;
    if (const auto fault = body.parser.parse(body.text).get(document); fault != simdjson::SUCCESS)
        return faulty(
            u"body: not JSON (%1)"_s.arg(QString::fromUtf8(simdjson::error_message(fault))));
    if (document["items"].get(array) != simdjson::SUCCESS)
        return faulty(u"items: must be an array of objects"_s);
    if (array.size() > itemsMax)
        return faulty(u"items: at most %1 at once"_s.arg(itemsMax));
    body.items.reserve(array.size());
    for (const json::element element : array) {
        json::object object;
        BatchItem &item = body.items.emplace_back();
        if (element.get(object) != simdjson::SUCCESS)
            item.fault = "must be an object";
        else
            readItem(object, item);
    }
    return {};
}

using Play = void (quarry::gem::EnvironmentService::*)(std::vector<BatchItem>,
                                                       std::function<void(std::string)>);

http::Handler batch(const ContextPtr &context, ReadItem readItem, Play play)
{
    return [context, readItem, play](const http::ExchangePtr &exchange) {
        exchange->readBody(0, [context, exchange, readItem, play](const Result<QByteArray> &bytes) {
            if (!bytes)
                return;
            const auto body = std::make_shared<BatchBody>(*bytes);
            if (const Result<void> read = readItems(*body, readItem); !read) {
                own::respondError(exchange, read.error());
                return;
            }
            own::keepAlive(exchange);
            (context->engine.gem().*play)(body->items, [exchange, body](const std::string &answer) {
                exchange->respond(200, jsonFields(), QByteArray::fromStdString(answer));
            });
        });
    };
}

} // namespace

void addBatchRoutes(http::Router &router, const ContextPtr &context)
{
    using quarry::gem::EnvironmentService;
    router.add("POST", u"/api/quarry/v1/gem/step_batch"_s,
               batch(context, readStep, &EnvironmentService::stepBatch));
    router.add("POST", u"/api/quarry/v1/gem/reset_batch"_s,
               batch(context, readReset, &EnvironmentService::resetBatch));
}

} // namespace quarry::api::gem
