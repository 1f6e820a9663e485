// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// An episode's steps on their way out, derived in a pool.
#pragma once

#include "gem/episodes/episodejson.h"
#include "http/exchange.h"

#include <QObject>

namespace quarry::api::gem {

// {"items":[step…],"total":N,"damaged":B}: COUNT steps from step FROM on (0 is the reset) as the
// export's lines have them. Any thread.
Result<QByteArray> stepsText(const QString &path, const quarry::gem::EpisodeInfo &info, qint64 from,
                             qint64 count);

// All of it as JSON Lines, a piece at a time: the next is made when the client has taken the last.
class EpisodeDownload : public QObject
{
    Q_OBJECT
public:
    static void start(const http::ExchangePtr &exchange, const QString &path,
                      const quarry::gem::EpisodeInfo &info);

private:
    explicit EpisodeDownload(http::ExchangePtr exchange) : m_exchange(std::move(exchange)) { }
    void makeMore();
    void take(const Result<QByteArray> &piece);

    http::ExchangePtr m_exchange;
    std::shared_ptr<std::optional<quarry::gem::EpisodeExport>> m_export
        = std::make_shared<std::optional<quarry::gem::EpisodeExport>>();
    QString m_path;
    quarry::gem::EpisodeInfo m_info;
    bool m_begun = false;
    bool m_working = false;
};

} // namespace quarry::api::gem
