// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The recordings that a sandbox's earlier starts left: whose they are, and what ended them.
#pragma once

#include "sandbox/sandboxinfo.h"

#include <QDateTime>
#include <QList>
#include <QString>

namespace quarry::widgets {

struct Recording {
    QString file; // an asciicast
    QString name; // of the shell or session
    QDateTime start; // of its sandbox
    QString endReason; // a full sentence; empty: the recording stops without a word
};

// Those in FOLDER, a sandbox's, newest first, MAX at most; without those of the start at RUNNING,
// when that is valid. Reads the first line and the end of each: blocks, for a pool.
QList<Recording> findRecordings(const QString &folder, const QDateTime &running, int max);

// What HISTORY says of the end of what was started at START.
QString endOf(const QList<sandbox::HistoryEntry> &history, const QDateTime &start);

} // namespace quarry::widgets
