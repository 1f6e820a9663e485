// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A file's bytes as the body of an answer.
#pragma once

#include "api/common/sandboxreader.h"
#include "http/exchange.h"

#include <QObject>

namespace quarry::api::own {

// Deletes itself when all is said or the client has left. A fault behind the first byte cuts the
// connection, so that nobody takes a part for the whole.
class FileDownload : public QObject
{
    Q_OBJECT
public:
    FileDownload(http::ExchangePtr exchange, SandboxReaderPtr reader);

private:
    void begin();
    void take(const QByteArray &data);
    void end(const Result<void> &result);

    http::ExchangePtr m_exchange;
    SandboxReaderPtr m_reader;
    bool m_begun = false;
};

} // namespace quarry::api::own
