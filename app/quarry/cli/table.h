// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of text in aligned columns, for people.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace quarry::cli {

class Table
{
public:
    // A title that starts with ">" makes a column that is aligned to the right.
    explicit Table(QStringList titles);

    void add(const QStringList &cells);
    QString text() const; // no line ends in spaces

private:
    QStringList m_titles;
    QList<bool> m_right;
    QList<QStringList> m_rows;
};

// Two columns: names, and what they are.
QString nameValueLines(const QList<QPair<QString, QString>> &entries);

// TEXT on one line without control characters: what comes out of a sandbox never steers a terminal.
QString tame(const QString &text);

QString humanSize(double bytes); // "1.5 MiB"
QString humanTime(qint64 seconds); // "2 h 5 min"
// Since an RFC 3339 time; empty for an empty one.
QString humanAge(const QString &rfc3339);

} // namespace quarry::cli
