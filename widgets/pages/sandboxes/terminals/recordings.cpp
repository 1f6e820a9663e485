// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/terminals/recordings.h"

#include "terminal/asciicastreader.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTimeZone>

#include <algorithm>

namespace quarry::widgets {

namespace {

constexpr qint64 HeaderMax = 64 << 10;
constexpr qint64 EndMax = 8 << 10; // an end marker is shorter
constexpr auto StampFormat = "yyyyMMddHHmmss";
constexpr QStringView EndMark = u"ended: ";

QString nameIn(QFile &file)
{
    terminal::CastReader reader;
    std::vector<terminal::CastEvent> events;
    const Result<void> read = reader.feed(file.readLine(HeaderMax), events);
    return read.ok() && reader.hasHeader() ? reader.header().title : QString();
}

QString endIn(QFile &file)
{
    if (!file.seek(std::max<qint64>(0, file.size() - EndMax)))
        return {};
    const QByteArray end = file.read(EndMax).trimmed();
    const QJsonArray event = QJsonDocument::fromJson(end.sliced(end.lastIndexOf('\n') + 1)).array();
    const QString text = event.at(2).toString();
    return event.at(1).toString() == u"m" && text.startsWith(EndMark) ? text.sliced(EndMark.size())
                                                                      : QString();
}

} // namespace

QList<Recording> findRecordings(const QString &folder, const QDateTime &running, int max)
{
    const QString alive = running.toString(QLatin1String(StampFormat));
    QList<Recording> found;
    const auto files = QDir(folder).entryInfoList({QStringLiteral("session-*.cast")},
                                                  QDir::Files | QDir::NoSymLinks, QDir::Time);
    for (const QFileInfo &each : files) {
        // session-DATE-TIME-NUMBER
        const QStringList parts = each.completeBaseName().split(u'-');
        const QString stamp = parts.value(1) + parts.value(2);
        QFile file(each.filePath());
        if (stamp == alive || found.size() >= max || !file.open(QIODevice::ReadOnly))
            continue;
        QDateTime start = QDateTime::fromString(stamp, QLatin1String(StampFormat));
        start.setTimeZone(QTimeZone::utc());
        const QString name = nameIn(file);
        found.append({each.filePath(), name.isEmpty() ? parts.value(3) : name, start, endIn(file)});
    }
    return found;
}

QString endOf(const QList<sandbox::HistoryEntry> &history, const QDateTime &start)
{
    const QString stopped = sandbox::toString(sandbox::State::Stopped);
    const auto end = std::find_if(history.begin(), history.end(), [&](const auto &entry) {
        return entry.toState == stopped && entry.time >= start;
    });
    return end == history.end() ? QString() : end->event;
}

} // namespace quarry::widgets
