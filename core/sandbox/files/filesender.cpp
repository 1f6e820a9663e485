// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/files/filesender.h"

#include "base/pool.h"
#include "sandbox/files/fileerror.h"

namespace quarry::sandbox {

namespace {
constexpr qsizetype pieceSize = 256 * 1024;
}

FileSender::FileSender(agent::AgentClient *client, const copy::CopyItem &item, QObject *parent)
    : QObject(parent), m_writer(client, item.to, {.mode = item.mode & 0777}),
      m_source(std::make_shared<copy::SourceFile>(item.from))
{
    connect(&m_writer, &agent::AgentFileWriter::sent, this, &FileSender::pump);
    connect(&m_writer, &agent::AgentFileWriter::finished, this, &FileSender::finished);
    connect(&m_writer, &agent::AgentFileWriter::failed, this, [this, to = item.to](const Error &e) {
        m_ended = true;
        Q_EMIT failed(aboutFile(e, to));
    });
    pump();
}

void FileSender::pump()
{
    if (m_reading || m_ended || m_writer.bytesQueued() >= qint64(agent::streamWindow))
        return;
    m_reading = true;
    runInPool<QByteArray>(
        *QThreadPool::globalInstance(), this,
        [source = m_source] { return source->read(pieceSize); },
        [this](const Result<QByteArray> &piece) { take(piece); });
}

void FileSender::take(const Result<QByteArray> &piece)
{
    m_reading = false;
    if (m_ended)
        return;
    m_ended = !piece || piece->isEmpty();
    if (!piece) {
        Q_EMIT failed(piece.error());
    } else if (m_ended) {
        m_writer.commit();
    } else {
        m_writer.write(*piece);
        Q_EMIT moved(piece->size());
        pump();
    }
}

} // namespace quarry::sandbox
