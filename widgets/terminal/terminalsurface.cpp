// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/terminal/terminalsurface.h"

#include <QElapsedTimer>
#include <QFile>

#include <algorithm>
#include <utility>

namespace quarry::widgets {

namespace {

// Fed between two looks at the clock: a fraction of a millisecond of work.
constexpr qsizetype Portion = 16 << 10;

terminal::Emulator::Options options(terminal::Listener *listener)
{
    terminal::Emulator::Options options;
    options.listener = listener;
    return options;
}

} // namespace

void TerminalSurface::News::folderChanged(const std::string &, const std::string &path)
{
    folder = QString::fromStdString(path);
}

void TerminalSurface::News::clipboardRequested(const std::string &bytes)
{
    clipboard = QString::fromStdString(bytes);
}

void TerminalSurface::News::marked(terminal::MarkKind kind, std::uint64_t, int code)
{
    if (kind == terminal::MarkKind::Output)
        running = true;
    if (kind == terminal::MarkKind::End && std::exchange(running, false)) {
        ended = true;
        exitCode = code;
    }
}

TerminalSurface::TerminalSurface(int columns, int rows, QObject *parent)
    : QObject(parent), m_emulator(columns, rows, options(&m_news))
{
    m_next.setSingleShot(true);
    m_next.setInterval(0);
    connect(&m_next, &QTimer::timeout, this, &TerminalSurface::feedSlice);
}

void TerminalSurface::spillTo(const QString &folder)
{
    m_emulator.history().spillTo(QFile::encodeName(folder).toStdString());
}

void TerminalSurface::resize(int columns, int rows)
{
    const terminal::Screen &screen = m_emulator.screen();
    if (columns == screen.columns() && rows == screen.rows())
        return;
    m_emulator.resize(std::clamp(columns, 1, terminal::Screen::MaximumSize),
                      std::clamp(rows, 1, terminal::Screen::MaximumSize));
    Q_EMIT changed();
}

void TerminalSurface::receive(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return;
    m_queue.push_back(bytes);
    m_pending += bytes.size();
    if (!m_next.isActive())
        m_next.start();
}

void TerminalSurface::addNote(const QString &text)
{
    receive("\r\n\x1b[0;7m " + text.toUtf8() + " \x1b[0m\r\n");
}

void TerminalSurface::feedSlice()
{
    QElapsedTimer clock;
    clock.start();
    qint64 fed = 0;
    while (!m_queue.empty() && clock.elapsed() < Slice.count()) {
        const QByteArray &first = m_queue.front();
        const qsizetype size = std::min(Portion, first.size() - m_head);
        m_emulator.feed(std::string_view(first.constData() + m_head, std::size_t(size)));
        fed += size;
        m_head += size;
        if (m_head == first.size()) {
            m_queue.pop_front();
            m_head = 0;
        }
    }
    m_pending -= fed;
    ++m_slices;
    if (!m_queue.empty())
        m_next.start();
    tell();
    if (fed > 0) {
        Q_EMIT changed();
        Q_EMIT consumed(fed);
    }
}

void TerminalSurface::tell()
{
    if (const std::string replies = m_emulator.takeReplies(); !replies.empty())
        Q_EMIT replied(QByteArray::fromStdString(replies));
    if (std::exchange(m_news.title, false))
        Q_EMIT titleChanged();
    if (std::exchange(m_news.bell, false))
        Q_EMIT rang();
    if (std::exchange(m_news.ended, false))
        Q_EMIT commandEnded(m_news.exitCode);
    if (const QString text = std::exchange(m_news.clipboard, {}); !text.isEmpty())
        Q_EMIT clipboardRequested(text);
}

std::uint64_t TerminalSurface::cursorLine() const
{
    const terminal::Screen &screen = m_emulator.screen();
    return screen.history().end() + std::uint64_t(screen.cursor().row);
}

qint64 TerminalSurface::lineCount() const
{
    return qint64(cursorLine() - m_emulator.screen().history().begin()) + 1;
}

QString TerminalSurface::title() const
{
    return QString::fromStdString(m_emulator.title());
}

} // namespace quarry::widgets
