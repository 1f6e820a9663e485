// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/table.h"

#include "base/clock.h"

#include <array>

namespace quarry::cli {

using namespace Qt::StringLiterals;

Table::Table(QStringList titles) : m_titles(std::move(titles))
{
    for (QString &title : m_titles) {
        m_right << title.startsWith(u'>');
        if (m_right.last())
            title.remove(0, 1);
    }
}

void Table::add(const QStringList &cells)
{
    QStringList row;
    for (const QString &cell : cells)
        row << tame(cell);
    m_rows << row;
}

QString Table::text() const
{
    const QList<QStringList> rows = QList<QStringList>{m_titles} + m_rows;
    QList<qsizetype> widths(m_titles.size(), 0);
    for (const QStringList &row : rows) {
        for (qsizetype i = 0; i < widths.size() && i < row.size(); ++i)
            widths[i] = std::max(widths[i], row[i].size());
    }
    QString out;
    for (const QStringList &row : rows) {
        QString line;
        for (qsizetype i = 0; i < widths.size(); ++i) {
            const QString cell = row.value(i);
            line += (m_right[i] ? cell.rightJustified(widths[i]) : cell.leftJustified(widths[i]))
                + u"  "_s;
        }
        while (line.endsWith(u' '))
            line.chop(1);
        out += line + u'\n';
    }
    return out;
}

QString nameValueLines(const QList<QPair<QString, QString>> &entries)
{
    qsizetype width = 0;
    for (const auto &entry : entries)
        width = std::max(width, entry.first.size());
    QString out;
    for (const auto &[name, value] : entries) {
        if (!value.isEmpty())
            out += (name + u':').leftJustified(width + 2) + tame(value) + u'\n';
    }
    return out;
}

QString tame(const QString &text)
{
    QString out = text;
    for (QChar &c : out) {
        if (c.category() == QChar::Other_Control)
            c = u' ';
    }
    return out;
}

QString humanSize(double bytes)
{
    static constexpr std::array units{"B", "KiB", "MiB", "GiB", "TiB"};
    size_t unit = 0;
    while (bytes >= 1024 && unit + 1 < units.size()) {
        bytes /= 1024;
        ++unit;
    }
    return QString::number(bytes, 'f', unit == 0 || bytes >= 100 ? 0 : 1) + u' '
        + QString::fromLatin1(units[unit]);
}

QString humanTime(qint64 seconds)
{
    if (seconds < 60)
        return u"%1 s"_s.arg(seconds);
    if (seconds < 3600)
        return u"%1 min"_s.arg(seconds / 60);
    if (seconds < 48 * 3600)
        return u"%1 h %2 min"_s.arg(seconds / 3600).arg(seconds / 60 % 60);
    return u"%1 days"_s.arg(seconds / 86400);
}

QString humanAge(const QString &rfc3339)
{
    const QDateTime time = fromRfc3339(rfc3339);
    return time.isValid() ? humanTime(std::max<qint64>(0, time.secsTo(utcNow()))) : QString();
}

} // namespace quarry::cli
