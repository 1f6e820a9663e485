// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The answer of read_file: decoded and escaped as it comes.
#pragma once

#include "api/common/sandboxreader.h"
#include "api/json/textdecoder.h"
#include "http/exchange.h"

#include <QJsonObject>
#include <QObject>

#include <memory>

namespace quarry::api::rock {

// What a failed read_file has beside its code: clients read the content whatever the status. The
// reason says nothing of what was asked for; the envelope's error does.
QJsonObject unreadFile();

// The head goes out once a mebibyte is there, with the result before the status: a fault that shows
// later still ends in "Failed" and an empty content (the last of two members counts). Deletes
// itself.
class FileAnswer : public QObject
{
    Q_OBJECT
public:
    FileAnswer(http::ExchangePtr exchange, SandboxReaderPtr reader,
               std::unique_ptr<TextDecoder> decoder);

private:
    void take(const QByteArray &data);
    void send();
    void end(Result<void> result);
    void fail(const Error &error);

    http::ExchangePtr m_exchange;
    SandboxReaderPtr m_reader;
    std::unique_ptr<TextDecoder> m_decoder;
    QByteArray m_text; // decoded, not escaped yet
    QByteArray m_escaped; // not sent yet
    bool m_begun = false;
    bool m_over = false;
};

} // namespace quarry::api::rock
