// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/gem/episodeexport.h"

#include "api/common/answers.h"
#include "base/pool.h"

namespace quarry::api::gem {

using quarry::gem::EpisodeExport;
using quarry::gem::EpisodeInfo;
using quarry::gem::EpisodeSteps;

namespace {

constexpr std::size_t pieceBytes = 256 * 1024;
constexpr qint64 enoughWaits = 512 * 1024;

Result<EpisodeExport> openExport(const QString &path, const EpisodeInfo &info)
{
    Result<EpisodeSteps> read = quarry::gem::readSteps(path, info);
    if (!read)
        return read.error();
    return EpisodeExport::open(info, std::move(*read));
}

} // namespace

Result<QByteArray> stepsText(const QString &path, const EpisodeInfo &info, qint64 from,
                             qint64 count)
{
    Result<EpisodeExport> source = openExport(path, info);
    if (!source)
        return source.error();
    source->skipTo(from);
    std::string text = "{\"items\":[";
    std::string line;
    for (qint64 done = 0; done < count && !source->atEnd(); ++done) {
        line.clear();
        source->next(line, 1);
        line.pop_back(); // its line break
        if (done > 0)
            text += ',';
        text += line;
    }
    text += "],\"total\":" + std::to_string(source->steps() + 1);
    text += source->isDamaged() ? ",\"damaged\":true}" : ",\"damaged\":false}";
    return QByteArray::fromStdString(text);
}

void EpisodeDownload::start(const http::ExchangePtr &exchange, const QString &path,
                            const EpisodeInfo &info)
{
    auto *download = new EpisodeDownload(exchange);
    download->m_path = path;
    download->m_info = info;
    connect(exchange.get(), &http::Exchange::drained, download, &EpisodeDownload::makeMore);
    connect(exchange.get(), &http::Exchange::aborted, download, &QObject::deleteLater);
    download->makeMore();
}

void EpisodeDownload::makeMore()
{
    if (std::exchange(m_working, true))
        return;
    runInPool<QByteArray>(
        *QThreadPool::globalInstance(), this,
        [source = m_export, path = m_path, info = m_info]() -> Result<QByteArray> {
            if (!*source) {
                Result<EpisodeExport> opened = openExport(path, info);
                if (!opened)
                    return opened.error();
                *source = std::move(*opened);
            }
            std::string piece;
            (*source)->next(piece, pieceBytes);
            return QByteArray::fromStdString(piece);
        },
        [this](const Result<QByteArray> &piece) { take(piece); });
}

void EpisodeDownload::take(const Result<QByteArray> &piece)
{
    m_working = false;
    if (!piece) {
        if (m_begun)
            m_exchange->abort();
        else
            own::respondError(m_exchange, piece.error());
        deleteLater();
        return;
    }
    if (!std::exchange(m_begun, true))
        m_exchange->beginResponse(200, {{"Content-Type", "application/jsonl"}});
    m_exchange->write(*piece);
    if ((*m_export)->atEnd()) {
        m_exchange->finish();
        deleteLater();
    } else if (m_exchange->bytesToWrite() < enoughWaits) {
        makeMore();
    }
}

} // namespace quarry::api::gem
