// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How far long work is: a line that moves on a terminal, events with --json, nothing otherwise.
#pragma once

#include <QElapsedTimer>
#include <QString>

namespace quarry::cli {

class Context;

class Progress
{
public:
    // WHAT names the work in a few words.
    Progress(Context &context, QString what);
    ~Progress(); // takes its line away

    // TOTAL 0 or less: unknown. May be called as often as one likes.
    void bytes(qint64 done, qint64 total);
    void text(const QString &text);

private:
    bool isDue();
    void draw(const QString &line);

    Context &m_context;
    QString m_what;
    QElapsedTimer m_clock;
    qint64 m_next = 0; // milliseconds
    qsizetype m_drawn = 0;
    bool m_animated;
};

} // namespace quarry::cli
