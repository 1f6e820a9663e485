// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One upload: a multipart form whose file goes into a sandbox.
#pragma once

#include "api/common/context.h"
#include "api/common/sandboxwriter.h"
#include "api/common/spoolfile.h"
#include "http/exchange.h"
#include "http/message/multipartform.h"

#include <QObject>

#include <memory>
#include <optional>

namespace quarry::api::rock {

// The parts may come in any order: when sandbox_id and target_path are known the file's bytes go
// straight into the sandbox, else by a spool file. Deletes itself when the call is answered or its
// client has left.
class Upload : public QObject
{
    Q_OBJECT
public:
    static void start(const ContextPtr &context, const http::ExchangePtr &exchange);

private:
    Upload(ContextPtr context, http::ExchangePtr exchange);
    bool readBoundary();

    Result<void> fileBegan(const http::MultipartPart &part);
    Result<void> fileData(QByteArrayView data);
    void openWriter();
    void bodyEnded(const Result<void> &received);
    QString faults() const;
    void fileWritten(const Result<qint64> &written);

    QString field(const QString &name) const;
    void fail(const Error &error);
    void refuse(const QString &faults);
    void close();

    ContextPtr m_context;
    http::ExchangePtr m_exchange;
    http::MultipartForm m_form;
    std::unique_ptr<http::MultipartParser> m_parser;
    SandboxWriterPtr m_writer;
    std::shared_ptr<SpoolFile> m_spool;
    bool m_fileSeen = false;
    bool m_inFile = false; // the part under way is the one that counts
    bool m_over = false;
};

} // namespace quarry::api::rock
