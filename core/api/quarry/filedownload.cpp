// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/quarry/filedownload.h"

#include "api/common/answers.h"

namespace quarry::api::own {

namespace {

constexpr qint64 highWater = 512 * 1024;

} // namespace

FileDownload::FileDownload(http::ExchangePtr exchange, SandboxReaderPtr reader)
    : m_exchange(std::move(exchange)), m_reader(std::move(reader))
{
    connect(m_reader.get(), &SandboxReader::opened, this, &FileDownload::begin);
    connect(m_reader.get(), &SandboxReader::dataArrived, this, &FileDownload::take);
    connect(m_reader.get(), &SandboxReader::ended, this, &FileDownload::end);
    connect(m_exchange.get(), &http::Exchange::drained, this,
            [this] { m_reader->setPaused(false); });
    connect(m_exchange.get(), &http::Exchange::aborted, this, &QObject::deleteLater);
}

// Without a length: a file may grow meanwhile, and those of the kernel have none.
void FileDownload::begin()
{
    if (std::exchange(m_begun, true))
        return;
    m_exchange->beginResponse(200,
                              {{"Content-Type", "application/octet-stream"},
                               {"X-Content-Type-Options", "nosniff"},
                               {"Content-Security-Policy", "sandbox"}});
}

void FileDownload::take(const QByteArray &data)
{
    begin();
    m_exchange->write(data);
    if (m_exchange->bytesToWrite() > highWater)
        m_reader->setPaused(true);
}

void FileDownload::end(const Result<void> &result)
{
    if (result) {
        begin();
        m_exchange->finish();
    } else if (m_begun) {
        m_exchange->abort();
    } else {
        respondError(m_exchange, result.error());
    }
    deleteLater();
}

} // namespace quarry::api::own
