// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal/asciicastwriter.h"

#include "terminal/utf8stream.h"

#include <QDateTime>
#include <QFile>
#include <QLoggingCategory>
#include <QMutex>
#include <QThreadPool>
#include <QWaitCondition>

#include <utility>
#include <vector>

namespace quarry::terminal {

namespace {

Q_LOGGING_CATEGORY(lcRecording, "quarry.recording", QtWarningMsg)

constexpr qint64 PendingMax = 8 << 20;  // what may wait for the disk
constexpr qint64 PendingSoon = 1 << 20; // past this the pool is called at once
constexpr qint64 MarkerRoom = 2048;     // kept free below the cap for the last markers
constexpr int FlushMilliseconds = 250;
constexpr qsizetype TitleMax = 200;
constexpr qsizetype ReasonMax = 250;

void appendJsonText(QByteArray &line, QByteArrayView text)
{
    static constexpr char Hex[] = "0123456789abcdef";
    const char *at = text.begin();
    while (at != text.end()) {
        const char *const plain = at;
        while (at != text.end() && uchar(*at) >= 0x20 && *at != '"' && *at != '\\' && *at != 0x7f)
            ++at;
        line.append(plain, at - plain);
        if (at == text.end())
            break;
        const char byte = *at++;
        if (byte == '\n')
            line.append("\\n");
        else if (byte == '\r')
            line.append("\\r");
        else if (byte == '"' || byte == '\\')
            line.append('\\').append(byte);
        else
            line.append("\\u00").append(Hex[uchar(byte) >> 4]).append(Hex[uchar(byte) & 15]);
    }
}

QByteArray jsonEvent(qint64 microseconds, char kind, QByteArrayView text)
{
    QByteArray line;
    line.reserve(text.size() + text.size() / 8 + 40);
    line.append('[').append(QByteArray::number(microseconds / 1000000)).append('.');
    line.append(QByteArray::number(microseconds % 1000000).rightJustified(6, '0'));
    line.append(", \"").append(kind).append("\", \"");
    appendJsonText(line, text);
    line.append("\"]\n");
    return line;
}

} // namespace

// What the pool works on; outlives the writer until its last byte is written.
class AsciicastWriter::Sink : public std::enable_shared_from_this<AsciicastWriter::Sink>
{
public:
    struct Event {
        qint64 microseconds;
        char kind;
        QByteArray bytes;
        bool last = false;
    };

    Sink(QString path, qint64 cap) : m_path(std::move(path)), m_cap(cap) { }

    void setHeader(QByteArray header) { m_header = std::move(header); }

    // True when there is enough for the disk to begin at once.
    bool add(Event event)
    {
        const QMutexLocker lock(&m_mutex);
        if (m_done || (m_full && !event.last))
            return false;
        if (!event.last && m_pendingSize + event.bytes.size() > PendingMax) {
            m_dropped += event.bytes.size();
            m_droppedAt = event.microseconds;
            return true;
        }
        noteDropped();
        m_pendingSize += event.bytes.size();
        m_pending.push_back(std::move(event));
        return m_pendingSize >= PendingSoon;
    }

    void start()
    {
        const QMutexLocker lock(&m_mutex);
        if (m_working)
            return;
        m_working = true;
        QThreadPool::globalInstance()->start([self = shared_from_this()] { self->work(); });
    }

    void wait()
    {
        QMutexLocker lock(&m_mutex);
        while (m_working)
            m_idle.wait(&m_mutex);
    }

private:
    enum class Outcome { Written, Full, GaveUp };

    void noteDropped()
    {
        if (m_dropped == 0)
            return;
        const QByteArray label = "gap: " + QByteArray::number(m_dropped) + " bytes not recorded";
        m_pending.push_back({m_droppedAt, 'm', label});
        m_dropped = 0;
    }

    void work()
    {
        QMutexLocker lock(&m_mutex);
        for (;;) {
            noteDropped();
            if (m_done || (m_pending.empty() && m_file.isOpen()))
                break;
            std::vector<Event> events;
            events.swap(m_pending);
            m_pendingSize = 0;
            lock.unlock();
            const Outcome outcome = write(events);
            lock.relock();
            m_full = m_full || outcome == Outcome::Full;
            m_done = outcome == Outcome::GaveUp;
            if (m_full)
                std::erase_if(m_pending, [](const Event &event) { return !event.last; });
            if (m_done)
                m_pending.clear();
        }
        m_working = false;
        m_idle.wakeAll();
    }

    Outcome write(const std::vector<Event> &events)
    {
        if (!m_file.isOpen() && !open())
            return Outcome::GaveUp;
        QByteArray lines;
        bool full = false;
        for (const Event &event : events) {
            QByteArray text;
            if (event.kind == 'o')
                m_utf8.feed(event.bytes, text);
            else
                text = event.bytes;
            const QByteArray line = jsonEvent(event.microseconds, event.kind, text);
            if (!event.last && (full || m_size + line.size() + MarkerRoom > m_cap)) {
                if (!std::exchange(full, true))
                    lines.append(jsonEvent(event.microseconds, 'm',
                                           "gap: the recording has reached its largest size"));
                continue;
            }
            m_size += line.size();
            lines.append(line);
        }
        if (!put(lines))
            return Outcome::GaveUp;
        return full ? Outcome::Full : Outcome::Written;
    }

    bool open()
    {
        m_file.setFileName(m_path);
        if (!m_file.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered)) {
            qCWarning(lcRecording) << "cannot record to" << m_path << m_file.errorString();
            return false;
        }
        m_file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        m_size = m_header.size();
        return put(m_header);
    }

    bool put(const QByteArray &bytes)
    {
        if (m_file.write(bytes) == bytes.size())
            return true;
        qCWarning(lcRecording) << "gave up recording to" << m_path << m_file.errorString();
        return false;
    }

    QMutex m_mutex;
    QWaitCondition m_idle;
    std::vector<Event> m_pending; // with the next six, under m_mutex
    qint64 m_pendingSize = 0;
    qint64 m_dropped = 0;
    qint64 m_droppedAt = 0;
    bool m_working = false;
    bool m_done = false;
    bool m_full = false;

    const QString m_path;
    const qint64 m_cap;
    QByteArray m_header;
    QFile m_file; // from here on only the one worker's
    Utf8Stream m_utf8;
    qint64 m_size = 0;
};

AsciicastWriter::AsciicastWriter(QString path, int columns, int rows, const QString &title,
                                 qint64 cap, QObject *parent)
    : QObject(parent), m_sink(std::make_shared<Sink>(std::move(path), cap))
{
    m_clock.start();
    QByteArray shownTitle;
    appendJsonText(shownTitle, title.left(TitleMax).toUtf8());
    m_sink->setHeader("{\"version\": 2, \"width\": " + QByteArray::number(columns)
                      + ", \"height\": " + QByteArray::number(rows)
                      + ", \"timestamp\": " + QByteArray::number(QDateTime::currentSecsSinceEpoch())
                      + ", \"title\": \"" + shownTitle
                      + "\", \"env\": {\"TERM\": \"xterm-256color\", \"SHELL\": \"/bin/bash\"}}\n");
    m_timer.setSingleShot(true);
    m_timer.setInterval(FlushMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, [this] { m_sink->start(); });
    m_timer.start();
}

AsciicastWriter::~AsciicastWriter()
{
    m_sink->start();
}

void AsciicastWriter::output(const QByteArray &bytes)
{
    add('o', bytes);
}

void AsciicastWriter::resized(int columns, int rows)
{
    add('r', QByteArray::number(columns) + 'x' + QByteArray::number(rows));
}

void AsciicastWriter::ended(const QString &reason)
{
    add('m', "ended: " + reason.left(ReasonMax).toUtf8(), true);
}

void AsciicastWriter::flush()
{
    m_sink->wait();
    m_sink->start();
    m_sink->wait();
}

void AsciicastWriter::add(char kind, const QByteArray &bytes, bool last)
{
    if (bytes.isEmpty())
        return;
    if (m_sink->add({m_clock.nsecsElapsed() / 1000, kind, bytes, last}))
        m_sink->start();
    else if (!m_timer.isActive())
        m_timer.start();
}

} // namespace quarry::terminal
