// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/terminals/terminal.h"

#include <algorithm>
#include <utility>

namespace quarry::sandbox {

Terminal::Terminal(Kind kind, QString name) : m_kind(kind), m_name(std::move(name)) { }

std::unique_ptr<TerminalViewer> Terminal::attach()
{
    auto viewer = std::unique_ptr<TerminalViewer>(new TerminalViewer(shared_from_this()));
    m_viewers.append(viewer.get());
    return viewer;
}

Result<void> Terminal::takeOver()
{
    return {
        ErrorCode::WrongState,
        QStringLiteral("\"%1\" is a person's shell: there is nobody to take it from.").arg(m_name)};
}

Result<void> Terminal::giveBack()
{
    return {
        ErrorCode::WrongState,
        QStringLiteral("\"%1\" is a person's shell: there is nobody to give it to.").arg(m_name)};
}

void Terminal::abandon(const QString &reason)
{
    if (!m_state.ended)
        setEnded(reason, {});
}

void Terminal::addOutput(const QByteArray &bytes)
{
    m_output.append(bytes);
    const QList<TerminalViewer *> viewers = m_viewers;
    for (TerminalViewer *viewer : viewers) {
        if (m_viewers.contains(viewer))
            viewer->announce();
    }
}

void Terminal::setState(TerminalState state)
{
    m_state = std::move(state);
    Q_EMIT stateChanged();
}

void Terminal::setEnded(const QString &reason, std::optional<int> exitCode)
{
    TerminalState last = m_state;
    last.ended = true;
    last.readOnly = true;
    last.takenOver = false;
    last.endReason = reason;
    last.exitCode = exitCode;
    setState(std::move(last));
}

qint64 Terminal::lag() const
{
    qint64 most = 0;
    for (const TerminalViewer *viewer : m_viewers) {
        if (!viewer->m_stalled)
            most = std::max(most, m_output.end() - viewer->m_position);
    }
    return most;
}

void Terminal::dropStalledViewers()
{
    for (TerminalViewer *viewer : std::as_const(m_viewers)) {
        if (!viewer->m_hasRead && !viewer->atEnd())
            viewer->m_stalled = true;
        viewer->m_hasRead = false;
    }
}

// ---- TerminalViewer

TerminalViewer::TerminalViewer(std::shared_ptr<Terminal> terminal)
    : m_terminal(std::move(terminal)), m_position(m_terminal->m_output.begin())
{
    connect(m_terminal.get(), &Terminal::stateChanged, this, &TerminalViewer::stateChanged);
}

TerminalViewer::~TerminalViewer()
{
    m_terminal->m_viewers.removeOne(this);
    m_terminal->viewersMoved();
}

QByteArray TerminalViewer::read(qsizetype max)
{
    const TerminalOutput &output = m_terminal->m_output;
    if (m_position < output.begin()) {
        m_skipped += output.begin() - m_position;
        m_position = output.begin();
    }
    const QByteArray bytes = output.read(m_position, max);
    m_position += bytes.size();
    m_hasRead = true;
    m_stalled = false;
    m_announced = m_announced && !atEnd();
    m_terminal->viewersMoved();
    return bytes;
}

qint64 TerminalViewer::takeSkipped()
{
    return std::exchange(m_skipped, 0);
}

bool TerminalViewer::atEnd() const
{
    return m_position >= m_terminal->m_output.end();
}

void TerminalViewer::announce()
{
    if (!std::exchange(m_announced, true))
        Q_EMIT readyRead();
}

} // namespace quarry::sandbox
