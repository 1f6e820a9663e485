// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/rock/fileanswer.h"

#include "api/json/jsonbody.h"
#include "api/json/jsontext.h"
#include "api/rock/envelope.h"

namespace quarry::api::rock {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype heldBack = 1 << 20;
constexpr qint64 highWater = 512 * 1024;

} // namespace

QJsonObject unreadFile()
{
    return {{u"content"_s, QString()}, {u"failure_reason"_s, u"the file could not be read"_s}};
}

FileAnswer::FileAnswer(http::ExchangePtr exchange, SandboxReaderPtr reader,
                       std::unique_ptr<TextDecoder> decoder)
    : m_exchange(std::move(exchange)), m_reader(std::move(reader)), m_decoder(std::move(decoder))
{
    connect(m_reader.get(), &SandboxReader::dataArrived, this, &FileAnswer::take);
    connect(m_reader.get(), &SandboxReader::ended, this, &FileAnswer::end);
    connect(m_exchange.get(), &http::Exchange::drained, this,
            [this] { m_reader->setPaused(false); });
    connect(m_exchange.get(), &http::Exchange::aborted, this, &QObject::deleteLater);
}

void FileAnswer::take(const QByteArray &data)
{
    if (m_over)
        return;
    m_text.resize(0);
    if (const Result<void> decoded = m_decoder->push(data, m_text); !decoded) {
        fail(decoded.error());
        return;
    }
    appendEscaped(m_escaped, m_text);
    if (m_begun || m_escaped.size() > heldBack)
        send();
}

void FileAnswer::send()
{
    if (!std::exchange(m_begun, true)) {
        m_exchange->beginResponse(200, jsonFields());
        m_exchange->write(R"({"result":{"content":")");
    }
    m_exchange->write(std::exchange(m_escaped, {}));
    if (m_exchange->bytesToWrite() > highWater)
        m_reader->setPaused(true);
}

void FileAnswer::end(Result<void> result)
{
    if (m_over)
        return;
    m_text.resize(0);
    if (result)
        result = m_decoder->finish(m_text);
    if (!result) {
        fail(result.error());
        return;
    }
    m_over = true;
    appendEscaped(m_escaped, m_text);
    if (m_begun) {
        m_exchange->write(std::exchange(m_escaped, {})
                          + R"("},"status":"Success","message":null,"error":null})");
        m_exchange->finish();
    } else {
        m_exchange->respond(200, jsonFields(), successText("{\"content\":\"" + m_escaped + "\"}"));
    }
    deleteLater();
}

void FileAnswer::fail(const Error &error)
{
    m_over = true;
    if (m_begun) {
        QJsonObject result = unreadFile();
        result.insert(u"code"_s, int(codeOf(error.code)));
        result.insert(u"exit_code"_s, QJsonValue());
        m_exchange->write("\"," + toJson(result).mid(1)
                          + R"(,"status":"Failed","message":null,"error":)" + quoted(error.message)
                          + '}');
        m_exchange->finish();
    } else {
        rock::fail(m_exchange, error, unreadFile());
    }
    deleteLater();
}

} // namespace quarry::api::rock
