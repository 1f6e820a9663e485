// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Records a terminal as an asciicast, version 2 (https://docs.asciinema.org/manual/asciicast/v2/).
#pragma once

#include <QByteArray>
#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>

namespace quarry::terminal {

// Takes bytes on its own thread and writes them on the global thread pool, a quarter of a second
// later at most, so that a slow disk holds nobody up. What the disk cannot follow, and what passes
// the cap, is left out; a marker event ("m") says so at that place. A file that cannot be written
// is given up in silence but for one line in the log: a recording never fails what it records.
class AsciicastWriter : public QObject
{
    Q_OBJECT
public:
    static constexpr qint64 DefaultCap = qint64(64) << 20;

    // PATH is created (0600) or replaced; its folder must be there. TITLE is for people. CAP is the
    // whole file's size.
    AsciicastWriter(QString path, int columns, int rows, const QString &title = {},
                    qint64 cap = DefaultCap, QObject *parent = nullptr);
    // Waits for nothing: what is left is written by the pool.
    ~AsciicastWriter() override;

    void output(const QByteArray &bytes);
    void resized(int columns, int rows);
    // Of what is recorded: a marker "ended: REASON", the last event, also past the cap.
    void ended(const QString &reason);

    // Blocks until all that was given is in the file. For tests and tools, not for the engine.
    void flush();

private:
    class Sink;
    void add(char kind, const QByteArray &bytes, bool last = false);

    std::shared_ptr<Sink> m_sink;
    QElapsedTimer m_clock;
    QTimer m_timer;
};

} // namespace quarry::terminal
