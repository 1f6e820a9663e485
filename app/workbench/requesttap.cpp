// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "requesttap.h"

#include "base/clock.h"
#include "engine/engine.h"
#include "http/message/request.h"
#include "http/peer/peer.h"

#include <algorithm>
#include <utility>

namespace quarry::workbench {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr auto watchedEvery = 100ms;
constexpr auto countedEvery = 1s;
constexpr int firstError = 400;

constexpr qsizetype subjectMax = 64; // of an id

QString shortened(QByteArrayView text)
{
    return QString::fromUtf8(text.first(std::min(text.size(), widgets::RequestTextMax)));
}

widgets::ClientCount clientOf(const http::Observed &one)
{
    return {one.peer.isLocal() ? u"unix socket"_s : one.peer.address.toString(),
            one.request ? shortened(one.request->fields.value("user-agent")) : QString()};
}

bool isError(int status)
{
    return status >= firstError || status == 0;
}

} // namespace

widgets::RequestRecord recordOf(const http::Observed &one)
{
    widgets::RequestRecord record;
    record.ended = utcNow();
    if (one.request) {
        record.method = shortened(one.request->method);
        record.path = shortened(one.request->rawPath);
        record.query = shortened(one.request->rawQuery);
        record.type = shortened(one.request->fields.value("content-type"));
    }
    const widgets::ClientCount client = clientOf(one);
    record.client
        = client.agent.isEmpty() ? client.from : u"%1 · %2"_s.arg(client.from, client.agent);
    record.status = one.status;
    record.received = one.received;
    record.sent = one.sent;
    record.took = one.took;
    record.requestBody = one.requestBody;
    record.answerBody = one.answerBody;
    record.sandbox = one.subject;
    record.local = one.peer.isLocal();
    return record;
}

bool isThere(engine::Engine &engine, const QString &sandbox)
{
    const Result<sandbox::SandboxInfo> info = engine.sandboxes().info(sandbox);
    return info && info->state != sandbox::State::Deleted;
}

http::Observer logOf(widgets::CallLog &log, engine::Engine &engine)
{
    return [&log, &engine](const http::Observed &one) {
        // Only what is there: a caller may make up ids without end.
        if (!one.subject.isEmpty() && one.subject.size() <= subjectMax
            && isThere(engine, one.subject))
            log.add(recordOf(one));
    };
}

RequestTap::RequestTap(QObject *parent) : QObject(parent)
{
    connect(&m_timer, &QTimer::timeout, this, &RequestTap::flush);
}

http::Observer RequestTap::observer()
{
    return [this](const http::Observed &one) { take(one); };
}

void RequestTap::setWatched(bool on)
{
    m_watched = on;
    m_timer.setInterval(on ? watchedEvery : countedEvery);
}

void RequestTap::start()
{
    m_since.start();
    m_timer.setInterval(m_watched ? watchedEvery : countedEvery);
    m_timer.start();
}

void RequestTap::stop()
{
    m_timer.stop();
    flush();
}

// On the path of every request: nothing but counting, and while watched a record of a ring.
void RequestTap::take(const http::Observed &one)
{
    ++m_batch.count;
    if (isError(one.status))
        ++m_batch.errors[one.status];
    countClient(one);
    if (!m_watched)
        return;
    widgets::RequestRecord record = recordOf(one);
    if (m_batch.newest.size() < widgets::RequestBatchMax) {
        m_batch.newest.append(std::move(record));
        return;
    }
    m_batch.newest[m_next] = std::move(record);
    m_next = (m_next + 1) % widgets::RequestBatchMax;
}

// Those that come are few and come again, so the search is short.
void RequestTap::countClient(const http::Observed &one)
{
    widgets::ClientCount client = clientOf(one);
    const auto known = std::find_if(
        m_batch.clients.begin(), m_batch.clients.end(), [&](const widgets::ClientCount &each) {
            return each.agent == client.agent && each.from == client.from;
        });
    if (known != m_batch.clients.end()) {
        ++known->requests;
        known->errors += int(isError(one.status));
    } else if (m_batch.clients.size() < widgets::ClientBatchMax) {
        client.requests = 1;
        client.errors = int(isError(one.status));
        m_batch.clients.append(client);
    }
}

void RequestTap::flush()
{
    std::rotate(m_batch.newest.begin(), m_batch.newest.begin() + m_next, m_batch.newest.end());
    m_next = 0;
    m_batch.span = std::chrono::milliseconds(m_since.restart());
    m_batch.connections = m_connections ? m_connections() : 0;
    Q_EMIT told(std::exchange(m_batch, {}));
}

} // namespace quarry::workbench
