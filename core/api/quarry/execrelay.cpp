// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/quarry/execrelay.h"

#include <QtEndian>

#include <csignal>

namespace quarry::api::own {

using namespace Qt::StringLiterals;
using agent::AgentProcess;
using http::Stream;

namespace {

constexpr qint64 highWater = 512 * 1024;
constexpr qint64 lowWater = 128 * 1024;
constexpr qint64 inputWindow = 256 * 1024;

} // namespace

ExecRelay::ExecRelay(ContextPtr context, QString sandboxId, http::UpgradedStream connection,
                     std::unique_ptr<AgentProcess> process)
    : m_context(std::move(context)), m_sandboxId(std::move(sandboxId)),
      m_stream(std::move(connection.stream)), m_process(std::move(process))
{
    connect(m_process.get(), &AgentProcess::output, this, &ExecRelay::sendOutput);
    connect(m_process.get(), &AgentProcess::inputSent, this,
            [this] { m_stream->setReading(true); });
    connect(m_process.get(), &AgentProcess::finished, this,
            [this](const agent::ExitStatus &status) { endWith(execExit(status.shellCode())); });
    connect(m_process.get(), &AgentProcess::failed, this,
            [this](const Error &error) { endWith(execFailure(error)); });
    connect(m_stream.get(), &Stream::readable, this, &ExecRelay::readClient);
    connect(m_stream.get(), &Stream::written, this, &ExecRelay::clientTook);
    connect(m_stream.get(), &Stream::writeFailed, this, &QObject::deleteLater);
    connect(&m_lastWord, &QTimer::timeout, this, &QObject::deleteLater);
    connect(&m_touch, &QTimer::timeout, this,
            [this] { m_context->sandboxes().touch(m_sandboxId); });
    m_lastWord.setSingleShot(true);
    m_touch.start(std::chrono::minutes(1));
    m_context->sandboxes().touch(m_sandboxId);
    m_stream->setReading(true);
    takeClient(connection.first);
}

ExecRelay::~ExecRelay() = default;

void ExecRelay::readClient()
{
    QByteArray data;
    switch (m_stream->read(data)) {
    case Stream::ReadResult::Data:
        takeClient(data);
        break;
    case Stream::ReadResult::Nothing:
        break;
    case Stream::ReadResult::End:
    case Stream::ReadResult::Failed:
        m_stream->setReading(false);
        deleteLater();
        break;
    }
}

void ExecRelay::takeClient(QByteArrayView data)
{
    if (m_over || data.isEmpty())
        return;
    const Result<QList<ExecFrame>> frames = m_frames.push(data);
    if (!frames) {
        endWith(execFailure(frames.error()));
        m_process->kill();
        return;
    }
    for (const ExecFrame &frame : *frames)
        takeFrame(frame);
    if (m_process->bytesQueued() > inputWindow)
        m_stream->setReading(false);
}

void ExecRelay::takeFrame(const ExecFrame &frame)
{
    const char *bytes = frame.payload.constData();
    switch (frame.type) {
    case ExecInput::Bytes:
        m_process->write(frame.payload);
        break;
    case ExecInput::End:
        m_process->closeInput();
        break;
    case ExecInput::Resize:
        m_process->resize(qFromLittleEndian<quint16>(bytes + 2), qFromLittleEndian<quint16>(bytes));
        break;
    case ExecInput::Signal:
        if (bytes[0] > 0 && bytes[0] < NSIG)
            m_process->signal(bytes[0]);
        break;
    }
}

void ExecRelay::sendOutput(AgentProcess::Channel channel, const QByteArray &data)
{
    if (m_over)
        return;
    m_stream->write(execFrames(channel == AgentProcess::Channel::Error ? ExecOutput::ErrorOutput
                                                                       : ExecOutput::Output,
                               data));
    m_stream->flush();
    m_owed += data.size();
    if (m_stream->bytesToWrite() < highWater)
        m_process->consume(std::exchange(m_owed, 0));
}

void ExecRelay::clientTook()
{
    if (m_over)
        closeWhenSent();
    else if (m_owed > 0 && m_stream->bytesToWrite() < lowWater)
        m_process->consume(std::exchange(m_owed, 0));
}

void ExecRelay::endWith(const QByteArray &frame)
{
    if (std::exchange(m_over, true))
        return;
    m_context->sandboxes().touch(m_sandboxId);
    m_touch.stop();
    m_stream->write(frame);
    m_stream->flush();
    m_lastWord.start(std::chrono::seconds(30));
    m_stream->setReading(true);
    closeWhenSent();
}

// Then the client closes: what it still sends is read and thrown away, or its kernel would throw
// away our last frame.
void ExecRelay::closeWhenSent()
{
    if (m_stream->bytesToWrite() == 0 && !std::exchange(m_closing, true))
        m_stream->shutdownWrite();
}

} // namespace quarry::api::own
