// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/terminalrelay.h"

#include <algorithm>
#include <utility>

namespace quarry::widgets {

namespace {
constexpr qint64 PieceMax = 64 << 10;
}

TerminalRelay::TerminalRelay(std::weak_ptr<sandbox::Terminal> terminal, qint64 credit)
    : m_terminal(std::move(terminal)), m_credit(credit)
{
}

void TerminalRelay::begin()
{
    const std::shared_ptr<sandbox::Terminal> terminal = m_terminal.lock();
    if (!terminal) {
        sandbox::TerminalState gone;
        gone.ended = true;
        gone.readOnly = true;
        gone.endReason = tr("The terminal is gone.");
        Q_EMIT stateTold(gone);
        return;
    }
    m_viewer = terminal->attach();
    connect(m_viewer.get(), &sandbox::TerminalViewer::readyRead, this, &TerminalRelay::pump);
    connect(m_viewer.get(), &sandbox::TerminalViewer::stateChanged, this,
            &TerminalRelay::tellState);
    tellState();
    pump();
}

void TerminalRelay::tellState()
{
    pump(); // what came before an end is shown before it, as far as there is room
    Q_EMIT stateTold(m_viewer->terminal().state());
}

void TerminalRelay::grant(qint64 bytes)
{
    m_credit += bytes;
    if (m_viewer)
        pump();
}

// Reading may make room for more, which comes from inside of read().
void TerminalRelay::pump()
{
    if (std::exchange(m_pumping, true))
        return;
    while (m_credit > 0 && !m_viewer->atEnd()) {
        const QByteArray bytes = m_viewer->read(std::min(m_credit, PieceMax));
        if (const qint64 lost = m_viewer->takeSkipped(); lost > 0)
            Q_EMIT skipped(lost);
        m_credit -= bytes.size();
        Q_EMIT received(bytes);
    }
    m_pumping = false;
}

void TerminalRelay::told(const Result<void> &result)
{
    if (!result)
        Q_EMIT refused(result.error().message);
}

void TerminalRelay::type(const QByteArray &bytes)
{
    if (m_viewer)
        told(m_viewer->terminal().write(bytes));
}

void TerminalRelay::resize(int columns, int rows)
{
    if (m_viewer)
        m_viewer->terminal().resize(rows, columns);
}

void TerminalRelay::takeOver()
{
    if (m_viewer)
        told(m_viewer->terminal().takeOver());
}

void TerminalRelay::giveBack()
{
    if (m_viewer)
        told(m_viewer->terminal().giveBack());
}

void TerminalRelay::close()
{
    if (m_viewer)
        told(m_viewer->terminal().close());
}

} // namespace quarry::widgets
