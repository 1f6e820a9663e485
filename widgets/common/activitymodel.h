// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Everything the program is doing for a person, and what became of it.
#pragma once

#include "widgets/theme/look.h"

#include <QAbstractTableModel>
#include <QList>
#include <QTimer>

#include <functional>

namespace quarry::widgets {

using ActivityId = quint64; // 0 is none

enum class ActivityUnit { Items, Bytes };

struct Activity {
    QString text; // "Commit sb-7f3a → webshop:fixed"
    QString kind; // "Image"
    ActivityUnit unit = ActivityUnit::Items;
    std::function<void()> cancel; // empty: cannot be cancelled. end() follows it.
    std::function<void()> open; // goes to where it happens; empty: nowhere
};

// Newest first. What ended stays, with its reason, until EndedKept newer ones have. Progress may be
// told as often as one likes: views hear of it ten times a second, in spans of rows.
class ActivityModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        StateColumn,
        WhatColumn,
        KindColumn,
        ProgressColumn,
        RateColumn,
        LeftColumn,
        ColumnCount
    };
    static constexpr qsizetype EndedKept = 200;

    // Milliseconds of a clock that only goes forward.
    using Clock = std::function<qint64()>;
    explicit ActivityModel(Clock clock = {}, QObject *parent = nullptr);

    ActivityId begin(Activity activity);
    // DONE of TOTAL; TOTAL 0: the end is unknown. Unknown or ended ids are ignored, here and below.
    void progress(ActivityId id, qint64 done, qint64 total);
    // "waiting for the model"; State::Running with an empty PHASE is how it begins.
    void setPhase(ActivityId id, State state, const QString &phase);
    // OUTCOME is Success, Failed, Stopped or Warning.
    void end(ActivityId id, State outcome, const QString &reason = {});

    // Asks it to stop; once. What it does then is its own.
    void cancel(ActivityId id);
    bool canCancel(ActivityId id) const;
    void open(ActivityId id) const;

    int underWay() const;
    // The newest that is under way, or 0.
    ActivityId current() const;
    ActivityId idAt(int row) const;
    // -1: it is not there.
    int rowOf(ActivityId id) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    // Something began, ended or went on; not more often than views are told.
    void summaryChanged();
    void ended(quarry::widgets::ActivityId id, quarry::widgets::State outcome);

private:
    struct Entry {
        ActivityId id = 0;
        Activity activity;
        State state = State::Running;
        QString phase; // or the reason, once it has ended
        bool running = true;
        bool cancelling = false;
        bool dirty = false;
        qint64 done = 0, total = 0;
        qint64 sampleTime = 0, sampleDone = 0;
        double rate = 0; // a second; 0: unknown
    };

    Entry *find(ActivityId id);
    const Entry *find(ActivityId id) const;
    void touch(Entry &entry);
    void flush();
    void dropOldest();
    QString text(const Entry &entry, int column) const;

    Clock m_clock;
    QList<Entry> m_entries;
    QTimer m_flush;
    ActivityId m_last = 0;
};

} // namespace quarry::widgets
