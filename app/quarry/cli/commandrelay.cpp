// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commandrelay.h"

#include "cli/context.h"
#include "service/signalwatch.h"

#include <csignal>
#include <unistd.h>

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {
constexpr qint64 inputAhead = 256 * 1024;
}

CommandRelay::CommandRelay(CommandChannel &channel, Context &context, RelayOptions options,
                           QObject *parent)
    : QObject(parent), m_channel(channel), m_context(context),
      m_input(std::make_unique<InputPump>(STDIN_FILENO))
{
    if (options.terminal)
        m_mode = std::make_unique<TerminalMode>();
    m_output.pump = std::make_unique<OutputPump>(STDOUT_FILENO);
    m_error.pump = std::make_unique<OutputPump>(context.json() ? STDOUT_FILENO : STDERR_FILENO);
    if (context.json()) {
        m_output.events = std::make_unique<OutputEvents>(u"stdout"_s);
        m_error.events = std::make_unique<OutputEvents>(u"stderr"_s);
        m_error.pump.reset(); // lines of both go through one, so that none is torn
    }

    using Stream = CommandChannel::Stream;
    connect(&channel, &CommandChannel::received, this, &CommandRelay::take);
    connect(&channel, &CommandChannel::exited, this, &CommandRelay::commandEnded);
    connect(&channel, &CommandChannel::failed, this, [this](const Error &error) {
        if (!std::exchange(m_over, true))
            Q_EMIT failed(error);
    });
    connect(&channel, &CommandChannel::inputTaken, this, &CommandRelay::feedInput);
    connect(m_input.get(), &InputPump::received, this, [this](const QByteArray &bytes) {
        m_channel.sendInput(bytes);
        feedInput();
    });
    connect(m_input.get(), &InputPump::ended, &channel, &CommandChannel::endInput);
    connect(m_output.pump.get(), &OutputPump::drained, this, [this] {
        settle(Stream::Output);
        if (!m_error.pump)
            settle(Stream::Error);
    });
    // Our reader has gone: as for any program in a pipe, that is the end.
    connect(m_output.pump.get(), &OutputPump::failed, this, [this] { finish(128 + SIGPIPE); });
    if (m_error.pump) {
        connect(m_error.pump.get(), &OutputPump::drained, this, [this] { settle(Stream::Error); });
        connect(m_error.pump.get(), &OutputPump::failed, this, [this] { settle(Stream::Error); });
    }

    service::SignalWatch &watch = context.signalWatch();
    connect(&watch, &service::SignalWatch::interrupted, this,
            [this](int number) { finish(128 + number); });
    if (options.terminal) {
        connect(&watch, &service::SignalWatch::windowResized, this, [this] {
            const TerminalSize size = TerminalMode::size();
            m_channel.resize(size.rows, size.columns);
        });
    }
    if (options.seconds) {
        m_deadline.setSingleShot(true);
        connect(&m_deadline, &QTimer::timeout, this, [this] {
            m_timedOut = true;
            finish(exitcode::timedOut);
        });
        m_deadline.start(int(std::min(*options.seconds * 1000, 2e9)));
    }
    m_input->setReading(true);
}

CommandRelay::~CommandRelay() = default;

CommandRelay::Sink &CommandRelay::sinkOf(CommandChannel::Stream stream)
{
    return stream == CommandChannel::Stream::Output ? m_output : m_error;
}

void CommandRelay::take(CommandChannel::Stream stream, const QByteArray &bytes)
{
    if (m_over)
        return;
    Sink &sink = sinkOf(stream);
    OutputPump &pump = sink.pump ? *sink.pump : *m_output.pump;
    pump.write(sink.events ? sink.events->take(bytes) : bytes);
    sink.unconsumed += bytes.size();
    if (pump.pending() == 0)
        settle(stream);
}

void CommandRelay::settle(CommandChannel::Stream stream)
{
    const qint64 count = std::exchange(sinkOf(stream).unconsumed, 0);
    if (count > 0 && !m_code)
        m_channel.consume(stream, count);
    if (m_code)
        finishWhenDrained();
}

void CommandRelay::feedInput()
{
    m_input->setReading(m_channel.inputQueued() < inputAhead);
}

void CommandRelay::commandEnded(int code)
{
    if (m_over)
        return;
    m_code = code;
    m_deadline.stop();
    m_input->setReading(false);
    for (Sink *sink : {&m_output, &m_error}) {
        if (sink->events)
            m_output.pump->write(sink->events->takeEnd());
    }
    finishWhenDrained();
}

void CommandRelay::finishWhenDrained()
{
    const bool errorDrained = !m_error.pump || m_error.pump->pending() == 0;
    if (m_output.pump->pending() == 0 && !m_output.pump->hasFailed() && errorDrained)
        finish(*m_code);
}

void CommandRelay::finish(int code)
{
    if (std::exchange(m_over, true))
        return;
    m_input->setReading(false);
    m_deadline.stop();
    m_mode.reset();
    Q_EMIT finished(code);
}

} // namespace quarry::cli
