// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry term render
#include "cli/arguments.h"
#include "cli/context.h"
#include "commands/commands.h"
#include "commands/terminput.h"
#include "terminal/asciicastreader.h"
#include "terminal/text/lines.h"

#include <QJsonArray>
#include <QSize>

namespace quarry::cli {

using namespace Qt::StringLiterals;
using terminal::CastEvent;
using terminal::Emulator;

namespace {

// COLUMNSxROWS; nothing when it is none, or too large.
std::optional<QSize> sizeOf(const QString &text)
{
    const QStringList parts = text.split(u'x');
    bool columnsOk = false;
    bool rowsOk = false;
    const QSize size(parts.value(0).toInt(&columnsOk), parts.value(1).toInt(&rowsOk));
    const auto fits = [](int n) { return n >= 1 && n <= terminal::Screen::MaximumSize; };
    if (parts.size() != 2 || !columnsOk || !rowsOk || !fits(size.width()) || !fits(size.height()))
        return std::nullopt;
    return size;
}

// What was printed, or a recording of it.
class Feeder
{
public:
    Feeder(Emulator &emulator, bool isCast) : m_emulator(emulator), m_isCast(isCast) { }

    Result<void> take(QByteArrayView bytes)
    {
        if (!m_isCast) {
            m_emulator.feed(std::string_view(bytes.data(), std::size_t(bytes.size())));
            return {};
        }
        std::vector<CastEvent> events;
        const Result<void> read = m_reader.feed(bytes, events);
        show(events);
        return read;
    }
    Result<void> end()
    {
        std::vector<CastEvent> events;
        const Result<void> read = m_isCast ? m_reader.finish(events) : Result<void>();
        show(events);
        return read;
    }

private:
    void show(const std::vector<CastEvent> &events)
    {
        for (const CastEvent &event : events) {
            if (event.kind == CastEvent::Kind::Output)
                m_emulator.feed(
                    std::string_view(event.data.constData(), std::size_t(event.data.size())));
        }
    }

    Emulator &m_emulator;
    terminal::CastReader m_reader;
    bool m_isCast;
};

int render(Context &context, const Arguments &arguments)
{
    const std::optional<QSize> size = sizeOf(arguments.text(u"--size"_s, u"80x24"_s));
    if (!size)
        return context.fail({ErrorCode::InvalidArgument,
                             u"--size %1 is not COLUMNSxROWS with numbers from 1 to %2."_s
                                 .arg(arguments.text(u"--size"_s))
                                 .arg(terminal::Screen::MaximumSize),
                             {}},
                            exitcode::wrongUsage);
    Emulator emulator(size->width(), size->height());
    const QString path = arguments.word(0);
    Feeder feeder(emulator, path.endsWith(u".cast"_s));
    Result<void> read
        = readInput(context, path, [&](QByteArrayView bytes) { return feeder.take(bytes); });
    if (read)
        read = feeder.end();
    if (!read)
        return context.fail(read.error());

    terminal::Lines lines(emulator);
    QStringList shown;
    for (std::uint64_t line = lines.screenBegin(); line < lines.end(); ++line) {
        std::string text;
        lines.appendUtf8(line, text);
        shown.append(QString::fromStdString(text));
    }
    if (context.json()) {
        const terminal::Cursor &cursor = emulator.screen().cursor();
        context.printLine({{u"lines"_s, QJsonArray::fromStringList(shown)},
                           {u"cursor"_s, QJsonArray{cursor.row, cursor.column}}});
        return exitcode::done;
    }
    while (!shown.isEmpty() && shown.last().isEmpty())
        shown.removeLast();
    context.print(shown.isEmpty() ? QString() : shown.join(u'\n') + u'\n');
    return exitcode::done;
}

} // namespace

CommandSpec termRenderCommand()
{
    return {
        .path = {u"term"_s, u"render"_s},
        .summary = u"Show the screen that a terminal would show at the end."_s,
        .text = u"FILE holds what programs printed, or is a recording (*.cast); - is standard "
                u"input. With --json: {\"lines\":[…],\"cursor\":[row,column]}, counted from 0."_s,
        .flags = {{u"--size"_s, Kind::Text, u"COLSxROWS"_s, u"of the screen (default: 80x24)"_s}},
        .words = {{u"FILE"_s}},
        .examples = {u"quarry term render --size 120x40 build.log"_s,
                     u"htop | timeout 2 quarry term render -"_s},
        .run = render};
}

} // namespace quarry::cli
