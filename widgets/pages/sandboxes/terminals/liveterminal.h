// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A terminal that the tab has opened: its screen, kept also while nobody looks, and where it comes
// from: the engine, or a recording.
#pragma once

#include "terminal/asciicastreader.h"
#include "widgets/models/terminalfeed.h"
#include "widgets/models/terminallist.h"
#include "widgets/pages/sandboxes/terminals/recordings.h"
#include "widgets/terminal/terminalsurface.h"

#include <QFile>

#include <optional>

namespace quarry::widgets {

class LiveTerminal : public QObject
{
    Q_OBJECT
public:
    enum class Source { Shell, Session, Recording };

    // Its scrollback is kept in a file of FOLDER.
    LiveTerminal(engine::EngineHost &host, const TerminalEntry &entry, const QString &folder,
                 QObject *parent = nullptr);
    // Shows a recording; its end reason is not empty.
    LiveTerminal(const Recording &recording, const QString &folder, QObject *parent = nullptr);

    Source source() const { return m_source; }
    const QString &name() const { return m_name; }
    const QString &file() const { return m_file; } // of a recording
    const TerminalEntry &entry() const { return m_entry; }
    TerminalSurface *surface() { return &m_surface; }

    bool isReadOnly() const { return state().readOnly; }
    bool isTakenOver() const { return state().takenOver; }
    bool hasEnded() const { return state().ended; }
    const QString &endReason() const { return state().endReason; }

    // A person looks away, and back: how many commands have ended between, and the line where they
    // begin.
    void lookAway();
    struct Missed {
        int commands = 0;
        std::uint64_t line = 0;
    };
    Missed lookBack();

    // Nothing happens for a recording.
    void type(const QByteArray &bytes);
    void resize(int columns, int rows);
    void takeOver();
    void giveBack();
    void close();

Q_SIGNALS:
    void stateChanged();
    void refused(const QString &reason);

private:
    const sandbox::TerminalState &state() const { return m_feed ? m_feed->state() : m_still; }
    void follow();
    void readMore();

    const Source m_source;
    const QString m_name;
    const QString m_file;
    const TerminalEntry m_entry;
    TerminalSurface m_surface;
    TerminalFeed *m_feed = nullptr;
    sandbox::TerminalState m_still; // of a recording
    QFile m_recording;
    terminal::CastReader m_reader;
    std::optional<std::uint64_t> m_lookedAway; // at this line
};

} // namespace quarry::widgets
