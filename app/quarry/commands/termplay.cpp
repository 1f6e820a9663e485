// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry term play
#include "cli/arguments.h"
#include "cli/context.h"
#include "commands/commands.h"
#include "commands/terminput.h"
#include "service/signalwatch.h"
#include "terminal/asciicastreader.h"

#include <algorithm>
#include <chrono>
#include <poll.h>
#include <unistd.h>

namespace quarry::cli {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using terminal::CastEvent;
using Clock = std::chrono::steady_clock;

namespace {

// Whatever the recording left switched on: colours, the other screen, a hidden cursor, the mouse.
constexpr char restore[]
    = "\033[0m\033[?1049l\033[?25h\033[?1000;1002;1003;1004;1006;2004l\033[0 q\r\n";
// A pause of the recording is at most so long.
constexpr auto pauseMax = 3s;

class Player
{
public:
    Player(Context &context, double speed) : m_context(context), m_speed(speed) { }

    Result<void> play(const std::vector<CastEvent> &events)
    {
        for (const CastEvent &event : events) {
            if (event.kind != CastEvent::Kind::Output)
                continue;
            if (m_context.onTerminal() && !pause(event.microseconds))
                return Error{ErrorCode::Cancelled, u"Interrupted."_s, {}};
            if (!writeAll(STDOUT_FILENO, event.data))
                return Error{ErrorCode::Io, u"Nobody reads what is played."_s, {}};
        }
        return {};
    }

private:
    // Until it is time for what was printed at TIME. False when a person interrupts.
    bool pause(qint64 time)
    {
        const auto gap = std::min<Clock::duration>(
            std::chrono::microseconds(qint64(double(time - m_last) / m_speed)), pauseMax);
        m_last = time;
        m_next = std::max(m_next + gap, Clock::now() - pauseMax);
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_next - Clock::now());
        pollfd entry{m_context.signalWatch().descriptor(), POLLIN, 0};
        ::poll(&entry, 1, int(std::max<qint64>(left.count(), 0)));
        return m_context.signalWatch().received() == 0;
    }

    Context &m_context;
    double m_speed;
    qint64 m_last = 0;
    Clock::time_point m_next = Clock::now();
};

int play(Context &context, const Arguments &arguments)
{
    Player player(context, arguments.number(u"--speed"_s).value_or(1));
    terminal::CastReader reader;
    Result<void> done = readInput(context, arguments.word(0), [&](QByteArrayView bytes) {
        std::vector<CastEvent> events;
        const Result<void> read = reader.feed(bytes, events);
        const Result<void> played = player.play(events);
        return read ? played : read;
    });
    if (done) {
        std::vector<CastEvent> events;
        done = reader.finish(events);
        if (const Result<void> played = player.play(events); done && !played)
            done = played;
    }
    if (context.onTerminal())
        writeAll(STDOUT_FILENO, restore);
    return done ? exitcode::done : context.fail(done.error());
}

} // namespace

CommandSpec termPlayCommand()
{
    return {.path = {u"term"_s, u"play"_s},
            .summary = u"Play a recorded terminal."_s,
            .text
            = u"FILE is an asciicast, version 2 or 3, such as those of bash sessions in the "
              u"data folder. On a terminal it is played as it was recorded, with pauses of at "
              u"most 3 s; elsewhere at once. Ctrl-C ends it."_s,
            .flags = {{u"--speed"_s, Kind::Number, u"N"_s, u"so many times as fast"_s}},
            .words = {{u"FILE.cast"_s}},
            .examples = {u"quarry term play --speed 2 session.cast"_s},
            .run = play};
}

} // namespace quarry::cli
