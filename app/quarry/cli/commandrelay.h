// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Ties a program in a sandbox to our own standard streams until it has ended.
#pragma once

#include "cli/commandchannel.h"
#include "cli/inputpump.h"
#include "cli/outputpump.h"
#include "cli/outputevents.h"
#include "cli/terminalmode.h"

#include <QTimer>

#include <memory>
#include <optional>

namespace quarry::cli {

class Context;

struct RelayOptions {
    bool terminal = false;         // the program has a terminal; ours goes into raw mode
    std::optional<double> seconds; // then 124
};

class CommandRelay : public QObject
{
    Q_OBJECT
public:
    CommandRelay(CommandChannel &channel, Context &context, RelayOptions options,
                 QObject *parent = nullptr);
    ~CommandRelay() override;

    // Whether finished(124) was ours and not the program's own.
    bool hasTimedOut() const { return m_timedOut; }

Q_SIGNALS:
    // Once. 124 timed out; 128+n we were interrupted, or the program by signal n; all that it has
    // written is out then, but for a reader who does not read. The program may still run: the
    // caller ends it with its sandbox or its connection.
    void finished(int code);
    void failed(const quarry::Error &error); // instead

private:
    struct Sink {
        std::unique_ptr<OutputPump> pump;
        std::unique_ptr<OutputEvents> events; // with --json
        qint64 unconsumed = 0;
    };
    void take(CommandChannel::Stream stream, const QByteArray &bytes);
    void settle(CommandChannel::Stream stream);
    void feedInput();
    void commandEnded(int code);
    void finishWhenDrained();
    void finish(int code);
    Sink &sinkOf(CommandChannel::Stream stream);

    CommandChannel &m_channel;
    Context &m_context;
    std::unique_ptr<TerminalMode> m_mode;
    std::unique_ptr<InputPump> m_input;
    Sink m_output;
    Sink m_error;
    QTimer m_deadline;
    std::optional<int> m_code; // of the program, once it has ended
    bool m_timedOut = false;
    bool m_over = false;
};

} // namespace quarry::cli
