// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/format.h"
#include "widgets/pages/sandboxes/terminals/liveterminal.h"

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
constexpr auto Everything = "\x1b"
                            "c\x1b[3J"; // is taken off the screen and forgotten
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
    m_playTimer.setSingleShot(true);
    m_playTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_playTimer, &QTimer::timeout, this, &LiveTerminal::playNext);
    connect(&m_surface, &TerminalSurface::consumed, this, [this] {
        if (m_playing && !m_playTimer.isActive())
            playNext();
        else
            readMore();
    });
    QMetaObject::invokeMethod(this, &LiveTerminal::readMore, Qt::QueuedConnection);
}

// A screen that a person does not use has the size that its program knows.
void LiveTerminal::follow()
{
    if (isReadOnly() && !hasEnded())
        m_surface.resize(state().columns, state().rows);
    Q_EMIT stateChanged();
}

std::vector<terminal::CastEvent> LiveTerminal::readEvents()
{
    const QByteArray bytes = m_recording.read(ReadAtOnce);
    std::vector<terminal::CastEvent> events;
    const bool known = m_reader.hasHeader();
    const Result<void> read
        = bytes.isEmpty() ? m_reader.finish(events) : m_reader.feed(bytes, events);
    if (!known && m_reader.hasHeader())
        m_surface.resize(m_reader.header().columns, m_reader.header().rows);
    if (!read) {
        m_still.endReason = tr("The recording cannot be read: %1").arg(read.error().message);
        Q_EMIT stateChanged();
    }
    if (!read || bytes.isEmpty())
        m_recording.close();
    return events;
}

void LiveTerminal::show(const terminal::CastEvent &event)
{
    if (event.kind == terminal::CastEvent::Kind::Output)
        m_surface.receive(event.data);
}

void LiveTerminal::readMore()
{
    while (!m_playing && m_recording.isOpen() && m_surface.pending() < ReadAhead) {
        const std::vector<terminal::CastEvent> events = readEvents();
        for (const terminal::CastEvent &event : events)
            show(event);
        if (!events.empty())
            return; // the rest when this is shown
    }
}

void LiveTerminal::play()
{
    m_recording.close();
    if (!m_recording.open(QIODevice::ReadOnly))
        return;
    m_reader = {};
    m_ahead.clear();
    m_surface.receive(Everything);
    m_playing = true;
    Q_EMIT stateChanged();
    playNext();
}

void LiveTerminal::stopPlaying()
{
    if (!std::exchange(m_playing, false))
        return;
    m_playTimer.stop();
    for (const terminal::CastEvent &event : std::exchange(m_ahead, {}))
        show(event);
    readMore();
    Q_EMIT stateChanged();
}

void LiveTerminal::playNext()
{
    using namespace std::chrono;
    microseconds before{0};
    if (!m_ahead.empty()) {
        before = microseconds(m_ahead.front().microseconds);
        show(m_ahead.front());
        m_ahead.pop_front();
    }
    while (m_ahead.empty() && m_recording.isOpen()) {
        const std::vector<terminal::CastEvent> events = readEvents();
        m_ahead.insert(m_ahead.end(), events.begin(), events.end());
    }
    if (m_ahead.empty()) {
        stopPlaying();
        return;
    }
    if (m_surface.pending() > ReadAhead)
        return; // goes on when that is shown
    const microseconds pause = microseconds(m_ahead.front().microseconds) - before;
    m_playTimer.start(duration_cast<milliseconds>(std::min<microseconds>(pause, LongestPause)));
}

void LiveTerminal::lookAway()
{
    m_lookedAway = m_surface.cursorLine();
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
