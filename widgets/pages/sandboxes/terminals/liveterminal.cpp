// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/format.h"
#include "widgets/pages/sandboxes/terminals/liveterminal.h"

#include "terminal/text/lines.h"
#include "widgets/terminal/commandmarks.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace quarry::widgets {

namespace {
constexpr qint64 ReadAtOnce = 64 << 10;
constexpr qsizetype ReadAhead = 1 << 20; // of what the surface has not shown yet
constexpr int FirstColumns = 80;
constexpr int FirstRows = 24;
} // namespace

LiveTerminal::LiveTerminal(engine::EngineHost &host, const TerminalEntry &entry,
                           const QString &folder, QObject *parent)
    : QObject(parent),
      m_source(entry.kind == sandbox::Terminal::Kind::Session ? Source::Session : Source::Shell),
      m_name(entry.name), m_entry(entry), m_surface(FirstColumns, FirstRows),
      m_feed(new TerminalFeed(host, entry.terminal, this))
{
    m_surface.spillTo(folder);
    connect(m_feed, &TerminalFeed::received, &m_surface, &TerminalSurface::receive);
    connect(&m_surface, &TerminalSurface::consumed, m_feed, &TerminalFeed::consumed);
    connect(m_feed, &TerminalFeed::refused, this, &LiveTerminal::refused);
    connect(m_feed, &TerminalFeed::stateChanged, this, &LiveTerminal::follow);
    connect(m_feed, &TerminalFeed::skipped, this, [this](qint64 bytes) {
        m_surface.addNote(tr("%1 of output were not kept").arg(formatBytes(bytes)));
    });
}

LiveTerminal::LiveTerminal(const Recording &recording, const QString &folder, QObject *parent)
    : QObject(parent), m_source(Source::Recording), m_name(recording.name), m_file(recording.file),
      m_surface(FirstColumns, FirstRows), m_recording(recording.file)
{
    m_surface.spillTo(folder);
    m_still.readOnly = true;
    m_still.ended = true;
    m_still.endReason = tr("This is a recording. %1").arg(recording.endReason);
    if (!m_recording.open(QIODevice::ReadOnly))
        m_still.endReason = tr("The recording cannot be read: %1").arg(m_recording.errorString());
    connect(&m_surface, &TerminalSurface::consumed, this, &LiveTerminal::readMore);
    QMetaObject::invokeMethod(this, &LiveTerminal::readMore, Qt::QueuedConnection);
}

// A screen that a person does not use has the size that its program knows.
void LiveTerminal::follow()
{
    if (isReadOnly() && !hasEnded())
        m_surface.resize(state().columns, state().rows);
    Q_EMIT stateChanged();
}

void LiveTerminal::readMore()
{
    while (m_recording.isOpen() && m_surface.pending() < ReadAhead) {
        const QByteArray bytes = m_recording.read(ReadAtOnce);
        std::vector<terminal::CastEvent> events;
        const bool known = m_reader.hasHeader();
        const Result<void> read
            = bytes.isEmpty() ? m_reader.finish(events) : m_reader.feed(bytes, events);
        if (!known && m_reader.hasHeader())
            m_surface.resize(m_reader.header().columns, m_reader.header().rows);
        for (const terminal::CastEvent &event : events) {
            if (event.kind == terminal::CastEvent::Kind::Output)
                m_surface.receive(event.data);
        }
        if (!read) {
            m_still.endReason = tr("The recording cannot be read: %1").arg(read.error().message);
            Q_EMIT stateChanged();
        }
        if (!read || bytes.isEmpty())
            m_recording.close();
        else if (!events.empty())
            return; // the rest when this is shown
    }
}

void LiveTerminal::lookAway()
{
    const terminal::Emulator &emulator = m_surface.emulator();
    m_lookedAway
        = terminal::Lines(emulator).screenBegin() + std::uint64_t(emulator.screen().cursor().row);
}

LiveTerminal::Missed LiveTerminal::lookBack()
{
    const std::optional<std::uint64_t> from = std::exchange(m_lookedAway, {});
    if (!from)
        return {};
    const auto commands = commandsIn(m_surface.emulator().marks(), *from,
                                     std::numeric_limits<std::uint64_t>::max());
    const auto ended = std::count_if(commands.begin(), commands.end(), [](const auto &command) {
        return command.state == CommandMark::State::Ended;
    });
    return {int(ended), *from};
}

void LiveTerminal::type(const QByteArray &bytes)
{
    if (m_feed && !isReadOnly())
        m_feed->type(bytes);
}

void LiveTerminal::resize(int columns, int rows)
{
    if (m_feed && !isReadOnly())
        m_feed->resize(columns, rows);
}

void LiveTerminal::takeOver()
{
    if (m_feed)
        m_feed->takeOver();
}

void LiveTerminal::giveBack()
{
    if (m_feed)
        m_feed->giveBack();
}

void LiveTerminal::close()
{
    if (m_feed)
        m_feed->close();
}

} // namespace quarry::widgets
