// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A terminal's emulator and the bytes that wait for it, apart from any view.
//
// What comes is fed in slices of a few milliseconds from the event loop, so that a flood holds
// nobody up. Lives on the thread of the windows; one view shows it at a time.
#pragma once

#include "terminal/emulator/emulator.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <deque>

namespace quarry::widgets {

class TerminalSurface : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds Slice{4};

    TerminalSurface(int columns, int rows, QObject *parent = nullptr);

    // Keeps the scrollback in a file of FOLDER, with bounded memory. Where that fails it stays in
    // memory, the newest lines of it.
    void spillTo(const QString &folder);

    const terminal::Emulator &emulator() const { return m_emulator; }
    terminal::Damage takeDamage() { return m_emulator.takeDamage(); }
    void resize(int columns, int rows);

    // Output of the program. consumed() tells when it is on the screen.
    void receive(const QByteArray &bytes);
    // A line of our own on the main screen: what a person should know about the output.
    void addNote(const QString &text);
    qsizetype pending() const { return m_pending; } // bytes
    quint64 slices() const { return m_slices; } // fed so far

    qint64 lineCount() const; // from the oldest that is kept to the cursor's
    std::uint64_t cursorLine() const; // as the history numbers them
    QString title() const;
    // Of the program's working folder, as it says; may be empty.
    const QString &folder() const { return m_news.folder; }
    // A command runs: the shell said that it began and not yet that it ended.
    bool isCommandRunning() const { return m_news.running; }

Q_SIGNALS:
    void changed(); // something was fed, or the size is another
    void consumed(qint64 bytes);
    void replied(const QByteArray &bytes); // for the program
    void titleChanged();
    void rang();
    void commandEnded(int exitCode); // the last of a slice; -1: it was not told
    // A program wants TEXT on the clipboard. Nothing happens by itself.
    void clipboardRequested(const QString &text);

private:
    // What the emulator told during a slice; acted upon after it.
    struct News : terminal::Listener {
        void rang() override { bell = true; }
        void titleChanged(const std::string &) override { title = true; }
        void folderChanged(const std::string &host, const std::string &path) override;
        void clipboardRequested(const std::string &bytes) override;
        void marked(terminal::MarkKind kind, std::uint64_t line, int exitCode) override;

        bool bell = false;
        bool title = false;
        bool ended = false;
        int exitCode = -1;
        bool running = false;
        QString folder;
        QString clipboard;
    };

    void feedSlice();
    void tell();

    News m_news;
    terminal::Emulator m_emulator;
    std::deque<QByteArray> m_queue;
    qsizetype m_head = 0; // of the first piece, fed already
    qsizetype m_pending = 0;
    quint64 m_slices = 0;
    QTimer m_next; // no wait: the event loop's turn
};

} // namespace quarry::widgets
