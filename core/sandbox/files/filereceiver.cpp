// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/files/filereceiver.h"

#include "base/pool.h"
#include "sandbox/files/fileerror.h"

#include <utility>

namespace quarry::sandbox {

FileReceiver::FileReceiver(agent::AgentClient *client, const copy::CopyItem &item, QObject *parent)
    : QObject(parent), m_reader(client, item.from),
      m_part(std::make_shared<copy::PartFile>(item.to)), m_mode(item.mode)
{
    connect(&m_reader, &agent::AgentFileReader::dataArrived, this, [this](const QByteArray &data) {
        m_waiting += data;
        pump();
    });
    connect(&m_reader, &agent::AgentFileReader::finished, this, [this] {
        m_arrived = true;
        pump();
    });
    connect(&m_reader, &agent::AgentFileReader::failed, this,
            [this, from = item.from](const Error &error) { fail(aboutFile(error, from)); });
}

void FileReceiver::pump()
{
    if (m_writing || m_over)
        return;
    if (!m_waiting.isEmpty()) {
        write(std::exchange(m_waiting, {}));
    } else if (m_arrived) {
        m_over = true;
        runInPool<void>(
            *QThreadPool::globalInstance(), this,
            [part = m_part, mode = m_mode] { return part->finish(mode); },
            [this](const Result<void> &done) {
                if (done)
                    Q_EMIT finished();
                else
                    Q_EMIT failed(done.error());
            });
    }
}

void FileReceiver::write(const QByteArray &bytes)
{
    m_writing = true;
    runInPool<void>(
        *QThreadPool::globalInstance(), this, [part = m_part, bytes] { return part->write(bytes); },
        [this, size = bytes.size()](const Result<void> &done) {
            m_writing = false;
            if (!done) {
                fail(done.error());
                return;
            }
            m_reader.consume(size);
            Q_EMIT moved(size);
            pump();
        });
}

void FileReceiver::fail(const Error &error)
{
    if (!std::exchange(m_over, true))
        Q_EMIT failed(error);
}

} // namespace quarry::sandbox
